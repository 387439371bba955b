// Which act comes next at the door, and which one takes another back. Pure.

/** The one act that comes next, with the words on its button. */
export function siguienteAccion(ticket) {
  if (ticket.estado === "asignado") return { accion: "iniciar", texto: "Salgo para allá" };
  if (ticket.estado === "en_camino" && !ticket.llego_en)
    return { accion: "llegar", texto: "Llegué" };
  if (ticket.estado === "en_camino") return { accion: "entregar", texto: "Entregar" };
  return null;
}

/** Which act takes another one back, within 30 s. `llegar` has none: it only stamps a time. */
export const CONTRARIA = { iniciar: "volver", entregar: "corregir", fallar: "corregir" };
export const DESHACER_MS = 30_000;
