// What may be done with a ticket. The table itself is belgrano/contract/acciones.json; the page carries it as JSON, so
// that server, board and phone never differ:
// {accion: {desde: [estados], a: estado | null, quien: {rol: ms | null}, desde_cuando: campo | null}}.

import { ESTADOS } from "./contract.js";

/** The names of the acts that `rol` may do on `ticket` now. */
export function accionesDe(tabla, ticket, rol, ahora) {
  return Object.entries(tabla)
    .filter(
      ([, una]) =>
        una.desde.includes(ticket.estado) && rol in una.quien && aTiempo(una, ticket, rol, ahora),
    )
    .map(([nombre]) => nombre);
}

function aTiempo(una, ticket, rol, ahora) {
  const plazo = una.quien[rol];
  const desde = una.desde_cuando && ticket[una.desde_cuando];
  return plazo === null || !desde || ahora - Date.parse(desde) <= plazo;
}

/** The ticket as it will be after an act, as far as the page can know before the server answers. */
export function despuesDe(tabla, ticket, acto) {
  const regla = tabla[acto.accion];
  if (!regla || !regla.desde.includes(ticket.estado)) return ticket;
  const despues = { ...ticket };
  if (acto.accion === "corregir") despues.estado = ticket.en_camino_en ? "en_camino" : "asignado";
  else if (regla.a) despues.estado = regla.a;
  if (acto.accion === "iniciar")
    Object.assign(despues, { en_camino_en: acto.ocurrido_en, llego_en: null });
  if (acto.accion === "volver") Object.assign(despues, { en_camino_en: null, llego_en: null });
  if (acto.accion === "llegar") despues.llego_en = acto.ocurrido_en;
  if (acto.accion === "corregir")
    Object.assign(despues, { cerrado_en: null, motivo: null, cobrado: null });
  if (acto.accion === "entregar" || acto.accion === "fallar") {
    Object.assign(despues, {
      cerrado_en: acto.ocurrido_en,
      motivo: acto.motivo ?? null,
      cobrado: acto.cobrado ?? null,
    });
  }
  return despues;
}

export const ABIERTOS = new Set(Object.keys(ESTADOS).filter((estado) => ESTADOS[estado].abierto));

export const NOMBRE_DE_ACCION = {
  iniciar: "Salió",
  volver: "Volver a asignado",
  llegar: "Llegó",
  entregar: "Marcar entregado",
  fallar: "No se pudo entregar",
  reintentar: "Reintentar",
  cancelar: "Cancelar ticket",
  corregir: "Corregir",
};
