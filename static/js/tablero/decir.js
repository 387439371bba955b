// What came of a move, in words that name who did what and when.
import { avisar } from "../nucleo/avisos.js";
import { cuantos, hace, hora } from "../nucleo/formatos.js";
import { columnaDe } from "./almacen.js";
import { topeDe } from "./columna.js";

/**
 * @param {object} parts
 * @param {import("./almacen.js").Almacen} parts.almacen
 * @param {{mover: Function, deshacer: (clave: string) => void, ver: (id: number) => void, resaltar: (id: number) => void}} parts.hacer
 * @returns {(suceso: object) => void}
 */
export function prepararDecir({ almacen, reloj, hacer }) {
  let quitar = () => {};
  return function decir(suceso) {
    const { que, mudanza } = suceso;
    if (que === "movida") movida(suceso);
    else if (que === "rechazada") for (const uno of suceso.resultados) rechazada(uno, mudanza);
    else if (que === "deshecha") deshecha(suceso);
    else if (que === "sin_respuesta") {
      const cual = mudanza && almacen.tickets.get(mudanza.ids[0]);
      const quienes = !cual ? "" : mudanza.ids.length > 1 ? ` ${mudanza.ids.length} tickets volvieron a donde estaban.` : ` ${cual.numero} volvió a ${nombreDe(cual.repartidor_id)}.`;
      avisar(`Sin respuesta del servidor.${quienes}`, { error: true, ...(mudanza && { accion: "Reintentar", alTocar: () => hacer.mover(mudanza) }) });
    } else avisar(suceso.detalle ?? "No se pudo mover.", { error: true });
  };

  function nombreDe(id) {
    return id === null ? "Sin asignar" : (almacen.repartidores.get(id)?.nombre ?? "ese repartidor");
  }

  function movida({ ids, mudanza, ancla_perdida }) {
    const orden = almacen.orden(columnaDe(mudanza.repartidor_id));
    const cuales = ids.length === 1 ? almacen.tickets.get(ids[0]).numero : cuantos(ids.length, "ticket", "tickets");
    const perdida = ancla_perdida ? " El ticket que seguía ya no estaba: quedó al final." : "";
    quitar();
    quitar = avisar(`${cuales} → ${nombreDe(mudanza.repartidor_id)}, posición ${orden.indexOf(ids[0]) + 1} de ${orden.length}.${perdida}`, {
      accion: "Deshacer",
      alTocar: () => hacer.deshacer(mudanza.clave),
    });
  }

  function rechazada(uno, mudanza) {
    const insistir = uno.codigo === "sin_lugar" && { accion: "Mover igual", alTocar: () => hacer.mover({ ...mudanza, ids: [uno.id], forzar: true }) };
    const ver = uno.ticket && !insistir && { accion: "Ver", alTocar: () => hacer.ver(uno.id) };
    avisar(textoDeRechazo(uno, { destino: nombreDe(mudanza.repartidor_id), ...carga(mudanza), ahora: reloj() }), { error: true, ...(insistir || ver) });
    hacer.resaltar(uno.id);
  }

  function carga({ repartidor_id }) {
    return { lleva: almacen.orden(columnaDe(repartidor_id)).length, tope: topeDe(almacen.repartidores.get(repartidor_id)) };
  }

  function deshecha({ resultados, detalle }) {
    quitar();
    const mal = resultados.filter((uno) => !uno.ok);
    for (const uno of mal) avisar(`No se puede deshacer. ${textoDeRechazo(uno, { destino: uno.ticket?.repartidor_nombre, ahora: reloj() })}`, { error: true });
    if (!resultados.length) avisar(detalle ?? "No se puede deshacer.", { error: true });
    else if (!mal.length) avisar("Deshecho: todo volvió a su lugar.");
  }
}

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
