// The repartidor's day: the server's tickets with the acts of this phone that it does not know yet laid over them.
// Pure: no page, no socket, no storage.
import { ABIERTOS, despuesDe } from "../words/acciones.js";
import { byText } from "../words/formats.js";
import { cambiosDe } from "./cambios.js";

/** Closed tickets are forgotten after this long. */
export const GUARDAR_CERRADOS_MS = 2 * 3_600_000;

export class Dia {
  /**
   * @param {object} parts
   * @param {Json} parts.tabla the acts table
   * @param {Json[]} parts.tickets the open ones, from the server
   * @param {{ticket: Json, en: number}[]} [parts.cerrados] closed lately, from this phone
   * @param {number[]} [parts.vistos] ids opened on this phone
   * @param {number[]} [parts.juzgados] ids whose delivery waits for an admin
   */
  constructor({ tabla, tickets, cerrados = [], vistos = [], juzgados = [] }) {
    this.tabla = tabla;
    this.tickets = new Map(tickets.map((uno) => [uno.id, uno]));
    this.cerrados = new Map(cerrados.map((uno) => [uno.ticket.id, uno]));
    this.vistos = new Set(vistos);
    this.actos = [];
    this.retirados = new Set();
    this.juzgados = new Set(juzgados);
    for (const id of this.tickets.keys()) this.cerrados.delete(id);
  }

  /** The acts that wait to be sent, oldest first. */
  putActos(actos) {
    this.actos = actos;
  }

  /** A ticket as this phone sees it, or undefined. */
  see(id) {
    const ticket = this.#sabido(id);
    return ticket && this.#conActos(ticket);
  }

  /** A ticket as the server said last, or undefined. */
  #sabido(id) {
    return this.tickets.get(id) ?? this.cerrados.get(id)?.ticket;
  }

  #conActos(ticket) {
    return this.actos
      .filter((uno) => uno.ticket_id === ticket.id)
      .reduce((hasta, uno) => despuesDe(this.tabla, hasta, uno.acto), ticket);
  }

  /** Whether it is theirs still, or was when they closed it: what was taken away is only kept to show what unsent acts were about. */
  sigue(id) {
    return (
      this.tickets.has(id) || (this.cerrados.has(id) && !ABIERTOS.has(this.#sabido(id).estado))
    );
  }

  /** Whether unsent acts (of another page too) have done it already: the same tap once more is no second act. */
  alreadyDone(id, accion) {
    const antes = this.#sabido(id);
    const ultimo = this.actos.findLast((uno) => uno.ticket_id === id);
    if (!antes || !ultimo) return false;
    const { desde } = this.tabla[accion];
    return (
      ultimo.acto.accion === accion ||
      (desde.includes(antes.estado) && !desde.includes(this.#conActos(antes).estado))
    );
  }

  /** Open tickets in the order of the route; the one under way first. */
  abiertos() {
    const vistos = [...this.tickets.keys(), ...this.#toSend()].map((id) => this.see(id));
    const abiertos = [
      ...new Map(vistos.filter(Boolean).map((uno) => [uno.id, uno])).values(),
    ].filter((uno) => ABIERTOS.has(uno.estado));
    const lugar = (uno) => uno.lugar ?? "";
    return abiertos
      .filter((uno) => !this.juzgado(uno.id))
      .sort(
        (a, b) =>
          Number(b.estado === "en_camino") - Number(a.estado === "en_camino") ||
          byText(lugar(a), lugar(b)) ||
          a.id - b.id,
      );
  }

  /** Open ones that wait for an admin: there is nothing more to do at the door. */
  enRevision() {
    return [...this.juzgados]
      .filter((id) => this.juzgado(id))
      .map((id) => this.see(id))
      .filter((uno) => uno && ABIERTOS.has(uno.estado));
  }

  /** Whether an admin decides what became of it; not while another act of this phone is on its way. */
  juzgado(id) {
    return this.juzgados.has(id) && !this.actos.some((uno) => uno.ticket_id === id);
  }

  /** Closed ones, the latest first; those that the server does not know yet too. */
  hechos() {
    const ids = new Set([...this.tickets.keys(), ...this.cerrados.keys()]);
    return [...ids]
      .map((id) => this.see(id))
      .filter((uno) => !ABIERTOS.has(uno.estado))
      .sort((a, b) => ((a.cerrado_en ?? "") < (b.cerrado_en ?? "") ? 1 : -1));
  }

  #toSend() {
    return this.actos.map((uno) => uno.ticket_id).filter((id) => this.cerrados.has(id));
  }

  /** Tickets that nobody has opened on any phone: they ring. */
  nuevos() {
    return this.abiertos().filter(
      (uno) => uno.estado === "asignado" && !uno.visto_en && !this.vistos.has(uno.id),
    );
  }

  /**
   * Applies one novedad.
   * @returns {{nuevo?: Json, retirado?: Json, cerrado?: Json, cambiado?: Json, dicho?: string}} what the person should hear of
   */
  apply(novedad, ahora) {
    const id = novedad.ticket_id;
    const antes = this.tickets.get(id);
    if (novedad.tipo === "ticket.retirado") {
      this.tickets.delete(id);
      this.vistos.delete(id);
      this.retirados.add(id);
      // With acts still to be sent the ticket is kept, to show what they were about.
      if (antes && this.actos.some((uno) => uno.ticket_id === id))
        this.cerrados.set(id, { ticket: antes, en: ahora });
      // Whoever delivered it has been told already what became of that.
      const sabido =
        this.juzgados.delete(id) || (antes && !ABIERTOS.has(this.#conActos(antes).estado));
      return antes && !sabido ? { retirado: antes } : {};
    }
    const ticket = novedad.ticket;
    // An act's answer may have overtaken what happened before it.
    if (this.#sabido(id)?.version > ticket.version) return {};
    if (!ABIERTOS.has(ticket.estado)) {
      this.tickets.delete(id);
      this.cerrados.set(id, { ticket, en: ahora });
      // Closed on this phone, or as it said: an admin accepted what had waited for a proof.
      const aceptado = this.juzgados.delete(id) && ticket.estado !== "cancelado";
      const mio = aceptado || (antes && this.#conActos(antes).estado === ticket.estado);
      return antes && !mio ? { cerrado: ticket } : {};
    }
    // What was closed on this phone and is open again (corregir) is nothing new.
    const nuevo = !antes && !this.cerrados.has(id);
    this.cerrados.delete(id);
    this.retirados.delete(id);
    this.tickets.set(id, ticket);
    if (nuevo) return { nuevo: ticket };
    const dicho = antes ? cambiosDe(antes, ticket) : "";
    return dicho ? { cambiado: this.see(id), dicho } : {};
  }

  /**
   * Takes a whole snapshot: the open tickets and nothing else.
   * @returns {{idos: Json[], cambiados: {ticket: Json, dicho: string}[]}} those that left without an act of this
   *   phone, and those that changed
   */
  replace(tickets, ahora) {
    const antes = this.tickets;
    const idos = [];
    this.retirados.clear();
    this.tickets = new Map(tickets.map((uno) => [uno.id, uno]));
    const cambiados = tickets.flatMap((uno) => {
      const dicho = antes.has(uno.id) ? cambiosDe(antes.get(uno.id), uno) : "";
      return dicho ? [{ ticket: this.see(uno.id), dicho }] : [];
    });
    for (const [id, ticket] of antes) {
      if (this.tickets.has(id)) continue;
      if (this.actos.some((uno) => uno.ticket_id === id))
        this.cerrados.set(id, { ticket, en: ahora });
      else if (!this.juzgados.delete(id)) idos.push(ticket);
    }
    for (const id of this.tickets.keys()) this.cerrados.delete(id);
    return { idos, cambiados };
  }

  /** Whose day it was has left, or may not come in any more: only what is unsent stays. */
  empty() {
    this.tickets.clear();
    this.cerrados.clear();
    this.vistos.clear();
  }

  /** The server's answer to an act: the ticket as it is now. */
  settle(ticket, ahora) {
    if (this.#sabido(ticket.id)?.version > ticket.version) return;
    if (ABIERTOS.has(ticket.estado)) {
      // The answer was overtaken: by now it is somebody else's.
      if (this.retirados.has(ticket.id)) return;
      this.tickets.set(ticket.id, ticket);
      this.cerrados.delete(ticket.id);
    } else {
      this.tickets.delete(ticket.id);
      this.juzgados.delete(ticket.id);
      this.cerrados.set(ticket.id, { ticket, en: ahora });
    }
  }

  /** The server did not take a delivery: it has become a conflicto, and its ticket leaves without another word. */
  judge(id) {
    if (this.tickets.has(id)) this.juzgados.add(id);
  }

  /**
   * What the server says that still waits, of those that waited (`antes`) when it was asked.
   * @returns {Json[]} the open ones that an admin has given back: they are to be delivered after all
   */
  review(esperan, antes) {
    const devueltos = antes.filter((id) => this.juzgados.has(id) && !esperan.includes(id));
    for (const id of devueltos) this.juzgados.delete(id);
    for (const id of esperan) this.judge(id);
    return devueltos.map((id) => this.see(id)).filter((uno) => uno && ABIERTOS.has(uno.estado));
  }

  /** Forgets closed tickets after two hours. Gives whether there were any. */
  forget(ahora) {
    const antes = this.cerrados.size;
    for (const [id, uno] of this.cerrados) {
      const espera = this.actos.some((acto) => acto.ticket_id === id);
      if (!espera && ahora - uno.en > GUARDAR_CERRADOS_MS) this.cerrados.delete(id);
    }
    return this.cerrados.size !== antes;
  }

  /** The telephones of what is open: no other is kept. */
  telefonos() {
    return new Set([...this.tickets.values()].map((uno) => uno.cliente_telefono));
  }

  /** What is written to the phone's storage, with these seen besides: of what is closed neither telephone nor goods. */
  toSave(vistosMas = []) {
    const cerrados = [...this.cerrados.values()].map(({ ticket, en }) => ({
      en,
      ticket: { ...ticket, cliente_telefono: "", productos: [], indicaciones: "" },
    }));
    const siguen = (ids) => [...ids].filter((id) => this.tickets.has(id));
    return {
      tickets: [...this.tickets.values()],
      cerrados,
      vistos: siguen([...this.vistos, ...vistosMas]),
      juzgados: siguen(this.juzgados),
    };
  }
}
