// One card: fills the `<template>` that templates/ticketera/_tarjeta.html draws, and patches only what changed.
import { NOMBRE_DE_ESTADO } from "../nucleo/acciones.js";
import { formaDePago, hace, hora, pesos } from "../nucleo/formatos.js";
import { atributo, campos, clonar, texto } from "../nucleo/plantilla.js";
import { FILTROS } from "./almacen.js";

const PARTES = new WeakMap();
const TONO_DE_ESTADO = { pendiente: "", asignado: "azul", en_camino: "ambar", entregado: "verde", fallido: "rojo", cancelado: "" };
const TONO_DE_PRIORIDAD = { alta: "ambar", urgente: "rojo" };
export const NOMBRE_DE_PRIORIDAD = { baja: "▽ Baja", normal: "", alta: "▲ Alta", urgente: "▲▲ Urgente" };

/** A new card for a ticket id. */
export function nuevaTarjeta(id) {
  const tarjeta = clonar("tarjeta");
  tarjeta.dataset.id = id;
  PARTES.set(tarjeta, campos(tarjeta));
  return tarjeta;
}

/** Writes a ticket into its card. `sobre` is our own move that waits for its answer. */
export function llenarTarjeta(tarjeta, ticket, { sobre, ahora, posicion, total }) {
  const parte = PARTES.get(tarjeta);
  texto(parte.numero, ticket.numero);
  atributo(parte.numero, "href", `/tickets/${ticket.id}`);
  atributo(parte.mover, "aria-label", `Mover ${ticket.numero} a…`);
  chipDeEstado(parte.estado, ticket);
  texto(parte.prioridad, NOMBRE_DE_PRIORIDAD[ticket.prioridad] ?? ticket.prioridad);
  atributo(parte.prioridad, "class", `chip ${TONO_DE_PRIORIDAD[ticket.prioridad] ?? ""}`);
  texto(parte.direccion, ticket.cliente_direccion);
  texto(parte.cliente, `${ticket.cliente_nombre} · ${bultos(ticket.productos)}`);
  texto(parte.cobro, [pesos(ticket.total), formaDePago(ticket.metodo_pago)].filter(Boolean).join(" · "));
  texto(parte.indicaciones, ticket.indicaciones ? `“${ticket.indicaciones}”` : "");
  const acuse = textoDeAcuse(ticket, ahora);
  texto(parte.acuse, acuse.texto);
  atributo(parte.acuse, "class", acuse.clase);
  texto(parte.edad, hace(ticket.creado_en, ahora));
  atributo(tarjeta, "aria-busy", sobre ? "true" : null);
  atributo(tarjeta, "data-prioridad", ticket.prioridad);
  atributo(tarjeta, "data-estado", ticket.estado);
  atributo(parte.numero, "aria-label", nombreAccesible(ticket, acuse.texto, posicion, total));
}

/** Writes a ticket's state into a chip: words and colour. */
export function chipDeEstado(chip, ticket) {
  const llego = ticket.estado === "en_camino" && ticket.llego_en;
  texto(chip, llego ? "Llegó" : NOMBRE_DE_ESTADO[ticket.estado]);
  atributo(chip, "class", `chip ${TONO_DE_ESTADO[ticket.estado]}`);
}

/** How far the ticket has got towards its repartidor's eyes, in words. */
export function textoDeAcuse(ticket, ahora) {
  if (ticket.repartidor_id === null) return { texto: "", clase: "acuse" };
  if (ticket.visto_en) return { texto: `✓✓ Visto ${hora(ticket.visto_en)}`, clase: "acuse visto" };
  if (FILTROS.sin_ver(ticket, ahora)) return { texto: ticket.recibido_en ? "✓ No lo vio" : "No le llegó", clase: "acuse tarde" };
  if (ticket.recibido_en) return { texto: "✓ Recibido", clase: "acuse" };
  return { texto: "Enviado", clase: "acuse" };
}

/** `5 productos`, counting quantities where they are given. */
export function bultos(productos) {
  const suma = productos.reduce((total, uno) => total + (Number(uno?.cantidad) || 1), 0);
  return suma === 1 ? "1 producto" : `${suma} productos`;
}

/** Two letters of a name. */
export function iniciales(nombre) {
  const palabras = nombre.trim().split(/\s+/);
  return ((palabras[0]?.[0] ?? "") + (palabras.length > 1 ? palabras.at(-1)[0] : "")).toUpperCase();
}

function nombreAccesible(ticket, acuse, posicion, total) {
  const partes = [`Ticket ${ticket.numero}`, ticket.cliente_direccion, NOMBRE_DE_ESTADO[ticket.estado].toLowerCase()];
  if (ticket.prioridad !== "normal") partes.push(`prioridad ${ticket.prioridad}`);
  partes.push(`${pesos(ticket.total)}`);
  if (ticket.repartidor_nombre) partes.push(`de ${ticket.repartidor_nombre}`);
  if (posicion) partes.push(`posición ${posicion} de ${total}`);
  if (acuse) partes.push(acuse.replace(/^✓+ /, "").toLowerCase());
  return partes.join(", ");
}
