// Why a move was refused, in words that name who did what and when. Pure.
import { hace, hora } from "../words/formats.js";

/** What somebody did to a ticket, by the name of the change in its history. */
const HIZO = {
  asignado: lleva,
  movido: lleva,
  tomado: () => "tomó la oferta",
  deshecho: (ticket) =>
    `deshizo una mudanza y quedó ${ticket.repartidor_nombre ? `con ${ticket.repartidor_nombre}` : "sin asignar"}`,
  editado: () => "le cambió los datos",
  revisado: () => "cambió el pedido",
  olvidado: () => "borró los datos del cliente",
  iniciar: () => "salió a entregarlo",
  volver: () => "lo volvió a asignado",
  llegar: () => "llegó a la puerta",
  reintentar: () => "lo volvió a la espera",
  corregir: () => "corrigió cómo se cerró",
  baja_del_repartidor: lleva,
};
const CERRO = {
  entregado: "lo entregó",
  fallido: "lo dio por no entregado",
  cancelado: "lo canceló",
};

/** The same said to whoever did it: nobody is told about themselves as about somebody else. */
const VOS = {
  pasó: "pasaste",
  dejó: "dejaste",
  cambió: "cambiaste",
  tomó: "tomaste",
  deshizo: "deshiciste",
  salió: "saliste",
  volvió: "volviste",
  llegó: "llegaste",
  corrigió: "corregiste",
  cerró: "cerraste",
  entregó: "entregaste",
  dio: "diste",
  canceló: "cancelaste",
};
const aVos = (hecho) =>
  hecho
    .split(" ")
    .map((palabra) => VOS[palabra] ?? palabra)
    .join(" ");

function lleva(ticket, de) {
  if (de && de === ticket.repartidor_nombre) return "lo cambió de lugar";
  return ticket.repartidor_nombre ? `lo pasó a ${ticket.repartidor_nombre}` : "lo dejó sin asignar";
}

/**
 * Why a ticket was not moved, in a sentence that names who did what and when.
 * @param {Json} resultado one of `resultados` of a mudanza
 * @param {{destino?: string, lleva?: number, tope?: number, ahora: number, yo?: number}} sobre `yo` reads it
 */
export function textoDeRechazo(resultado, sobre) {
  const razon = razonDe(resultado, sobre);
  return `${resultado.ticket?.numero ?? "El ticket"} no se movió${razon && `: ${razon}`}.`;
}

/**
 * The same without its ticket; empty where nobody knows.
 * @param {Json} resultado
 * @param {Json} sobre
 */
export function razonDe(
  { codigo, ticket, por, que, en, repartidor_de },
  { destino = "ese repartidor", lleva: tiene, tope, ahora, yo },
) {
  const propio = yo !== undefined && por?.id === yo;
  const quien = propio ? "vos" : (por?.nombre ?? "Alguien");
  const hizo = (dicho) => (propio ? aVos(dicho) : dicho);
  const cerrado = CERRO[ticket?.estado] ?? "lo cerró";
  const aLas = ticket?.cerrado_en ? ` a las ${hora(ticket.cerrado_en)}` : "";
  switch (codigo) {
    case "version_vieja":
      return `${quien} ${hizo(HIZO[que]?.(ticket, repartidor_de) ?? "lo cambió")} ${en ? haceEn(en, ahora) : "recién"}`;
    case "cerrado":
      return `${quien} ya ${hizo(cerrado)}${aLas}`;
    case "repartidor_inactivo":
      return `a ${destino} le desactivaron la cuenta`;
    case "sin_lugar":
      return `${destino} ya tiene ${tope ? `${tiene} de ${tope}` : "todos los que puede llevar"}`;
    case "no_existe":
      return "ya no existe";
    default:
      return "";
  }
}

function haceEn(en, ahora) {
  const segundos = Math.max(1, Math.round((ahora - Date.parse(en)) / 1000));
  return segundos < 60 ? `hace ${segundos} s` : hace(en, ahora);
}
