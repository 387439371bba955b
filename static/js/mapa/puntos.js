// What the map knows: the board's columns with their tickets in order, and how each ticket and repartidor is shown.
// Pure: no page, no Leaflet.
import { ESTADOS, PRIORIDADES } from "../words/contract.js";
import { cuantos, distancia, hace, iniciales } from "../words/formats.js";
import { lugarDudoso } from "../words/lugar.js";

/** A position older than this is no position any more. */
const POSICION_VALE_MS = 30 * 60_000;
const POSICION_FRESCA_MS = 5 * 60_000;
/** A fix no worse than this is where its pin stands. */
const SE_NOTA_M = 50;

export class Puntos {
  constructor() {
    this.columnas = new Map();
    this.tickets = new Map();
  }

  /**
   * Takes a column as the board has it now.
   * @param {{id: number|string, quien: {nombre: string, ubicacion: Json|null}|null, tickets: Json[]}} columna
   *   tickets `{id, lat, lng, texto, estado, llego, prioridad, vence, pasa}` in the order of the route
   * @returns {Set<number>} ids of the tickets that have to be drawn anew or taken away
   */
  receive({ id, quien, tickets }) {
    const tocados = new Set();
    const antes = this.columnas.get(id)?.tickets ?? [];
    this.columnas.set(id, { id, quien, tickets });
    tickets.forEach((ticket, indice) => {
      /** @type {Json} */
      const nuevo = {
        ...ticket,
        columna: id,
        quien: quien?.nombre ?? null,
        puesto: quien ? indice + 1 : 0,
        de: quien ? tickets.length : 0,
      };
      nuevo.huella = Object.values(nuevo).join("\u0000");
      if (this.tickets.get(ticket.id)?.huella !== nuevo.huella) tocados.add(ticket.id);
      this.tickets.set(ticket.id, nuevo);
    });
    const quedan = new Set(tickets.map((uno) => uno.id));
    for (const uno of antes) {
      // Another column may have taken it already.
      if (quedan.has(uno.id) || this.tickets.get(uno.id)?.columna !== id) continue;
      this.tickets.delete(uno.id);
      tocados.add(uno.id);
    }
    if (!quien && id !== "sin") this.columnas.delete(id);
    return tocados;
  }

  /** Tickets that no pin can stand for. */
  sinLugar() {
    return [...this.tickets.values()].filter((uno) => !tieneLugar(uno));
  }

  /** The points of a repartidor's way: where they are, if that is known, and their tickets in order. */
  recorrido(columnaId, ahora) {
    const columna = this.columnas.get(columnaId);
    if (!columna) return [];
    const puntos = columna.tickets.filter(tieneLugar).map((uno) => [uno.lat, uno.lng]);
    if (edad(columna.quien?.ubicacion, ahora))
      puntos.unshift([columna.quien.ubicacion.lat, columna.quien.ubicacion.lng]);
    return puntos;
  }

  /** Everything that has a place now, as `[lat, lng]`; a doubtful one only where there is no other. */
  lugares(ahora) {
    const tickets = [...this.tickets.values()].filter(tieneLugar).map((uno) => [uno.lat, uno.lng]);
    const gente = [...this.columnas.values()].filter((una) => edad(una.quien?.ubicacion, ahora));
    const todos = [
      ...tickets,
      ...gente.map((una) => [una.quien.ubicacion.lat, una.quien.ubicacion.lng]),
    ];
    const ciertos = todos.filter((lugar) => !lugarDudoso(...lugar));
    return ciertos.length ? ciertos : todos;
  }
}

export function tieneLugar(ticket) {
  return ticket.lat !== null && ticket.lng !== null;
}

/** How a ticket's pin looks and what it is called. Late and urgent are said by signs and words, not by colour alone. */
export function rotulo(ticket, ahora) {
  const tarde = ticket.vence !== null && ticket.vence < ahora;
  const camino = ticket.estado === "en_camino";
  const donde = ticket.quien ? `${ticket.puesto} de ${ticket.de} de ${ticket.quien}` : "";
  const prioridad = PRIORIDADES[ticket.prioridad]?.mapa ?? "";
  const dichos = [
    camino && ticket.llego ? "llegó" : ESTADOS[ticket.estado]?.oficina.toLowerCase(),
    donde,
  ];
  if (prioridad) dichos.push(`prioridad ${ticket.prioridad}`);
  if (tarde) dichos.push("atrasado");
  return {
    prioridad,
    quien: ticket.quien ? iniciales(ticket.quien) : "S/A",
    orden: ticket.puesto ? String(ticket.puesto) : "",
    camino: (camino && (ticket.llego ? "■" : "▶")) || "",
    tarde: tarde ? "tarde" : "",
    detalle: dichos.filter(Boolean).join(", "),
  };
}

/**
 * How old and how exact a position is: in words, whether it is to be drawn faded, and the metres around it within which
 * they are (0: where the pin stands). null when there is none that counts.
 */
export function edad(ubicacion, ahora) {
  if (!ubicacion) return null;
  const hecha = Date.parse(ubicacion.en);
  if (!(ahora - hecha < POSICION_VALE_MS)) return null;
  const radio = ubicacion.precision_m > SE_NOTA_M ? ubicacion.precision_m : 0;
  const donde = radio ? `, a ±${distancia(radio)}` : "";
  return {
    texto: hace(ubicacion.en, ahora) + donde,
    vieja: ahora - hecha >= POSICION_FRESCA_MS,
    radio,
  };
}

/** `3 tickets sin ubicación`; nothing when all have one. */
export function textoSinLugar(cantidad) {
  return cantidad ? `${cuantos(cantidad, "ticket", "tickets")} sin ubicación` : "";
}
