// Why a move was refused, in words that name who did what and when. Pure.
import { hace, hora } from "../nucleo/formatos.js";

/** What somebody did to a ticket, by the name of the change in its history. */
const HIZO = {
  asignado: lleva,
  movido: lleva,
  tomado: () => "tomó la oferta",
  deshecho: (ticket) => `deshizo una mudanza y quedó ${ticket.repartidor_nombre ? `con ${ticket.repartidor_nombre}` : "sin asignar"}`,
  editado: () => "le cambió los datos",
  iniciar: () => "salió a entregarlo",
  volver: () => "lo volvió a asignado",
  llegar: () => "llegó a la puerta",
  reintentar: () => "lo volvió a la espera",
  corregir: () => "corrigió cómo se cerró",
  baja_del_repartidor: lleva,
};
const CERRO = { entregado: "lo entregó", fallido: "lo dio por no entregado", cancelado: "lo canceló" };

function lleva(ticket, de) {
  if (de && de === ticket.repartidor_nombre) return "lo cambió de lugar";
  return ticket.repartidor_nombre ? `lo pasó a ${ticket.repartidor_nombre}` : "lo dejó sin asignar";
}

/**
 * Why a ticket was not moved, in a sentence that names who did what and when.
 * @param {object} resultado one of `resultados` of a mudanza
 * @param {{destino?: string, lleva?: number, tope?: number, ahora: number}} sobre
 */
export function textoDeRechazo({ codigo, ticket, por, que, en, repartidor_de }, { destino = "ese repartidor", lleva: tiene, tope, ahora }) {
  const numero = ticket?.numero ?? "El ticket";
  const quien = por?.nombre ?? "Alguien";
  switch (codigo) {
    case "version_vieja":
      return `${numero} no se movió: ${quien} ${HIZO[que]?.(ticket, repartidor_de) ?? "lo cambió"} ${en ? haceEn(en, ahora) : "recién"}.`;
    case "cerrado":
      return `${numero} no se movió: ${quien} ya ${CERRO[ticket?.estado] ?? "lo cerró"}${ticket?.cerrado_en ? ` a las ${hora(ticket.cerrado_en)}` : ""}.`;
    case "repartidor_inactivo":
      return `${numero} no se movió: a ${destino} le desactivaron la cuenta.`;
    case "sin_lugar":
      return `${numero} no se movió: ${destino} ya tiene ${tope ? `${tiene} de ${tope}` : "todos los que puede llevar"}.`;
    case "no_existe":
      return `${numero} no se movió: ya no existe.`;
    default:
      return `${numero} no se movió.`;
  }
}

function haceEn(en, ahora) {
  const segundos = Math.max(1, Math.round((ahora - Date.parse(en)) / 1000));
  return segundos < 60 ? `hace ${segundos} s` : hace(en, ahora);
}
