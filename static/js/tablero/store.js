// What the board knows: the server's tickets and repartidores, and our own moves that it has not answered yet.
// Pure: no page, no socket. The server's word always wins; an unanswered move only lies over it.
import { ABIERTOS } from "../words/acciones.js";
import { byText, diaDe } from "../words/formats.js";
import { FILTROS, pasa, porResolver, isForgotten, textoDe } from "./criterio.js";
import { Cuentas } from "./cuentas.js";

/** The key of the column without a repartidor. */
export const SIN_ASIGNAR = "sin";

/** The column's key of a repartidor id or null. */
export const columnaDe = (repartidorId) => repartidorId ?? SIN_ASIGNAR;

export class Store {
  /** @param {Json} foto answer of `GET /api/tablero` @param {Json[]} [conflictos] the open ones */
  constructor(foto, conflictos = []) {
    this.conflictos = new Map(conflictos.map((uno) => [uno.id, uno]));
    this.sobre = new Map();
    this.replace(foto);
  }

  /** Takes a whole snapshot. Moves that wait for an answer stay over it. */
  replace(foto) {
    this.tickets = new Map();
    this.columnas = new Map();
    this.textos = new Map();
    if (foto.repartidores) this.putRepartidores(foto.repartidores);
    for (const ticket of foto.tickets) this.put(ticket);
    this.cuentas = new Cuentas(foto);
    for (const id of [...this.sobre.keys()]) if (!this.tickets.has(id)) this.sobre.delete(id);
    this.acknowledge(foto.acuses ?? []);
  }

  putRepartidores(repartidores) {
    this.repartidores = new Map(repartidores.map((uno) => [uno.id, uno]));
  }

  /**
   * Puts what the server says about one ticket; an older version than the known one is ignored.
   * @returns {Set<number|string>} keys of the columns it touches
   */
  put(ticket) {
    const antes = this.tickets.get(ticket.id);
    const tocadas = new Set();
    if (antes && antes.version > ticket.version) return tocadas;
    if (antes) {
      tocadas.add(this.columna(antes.id));
      this.columnas.get(columnaDe(antes.repartidor_id))?.delete(antes.id);
      // An acuse changes no version, so a novedad of the same one may be older than it.
      if (antes.version === ticket.version && antes.repartidor_id === ticket.repartidor_id) {
        ticket = {
          ...ticket,
          recibido_en: ticket.recibido_en ?? antes.recibido_en,
          visto_en: ticket.visto_en ?? antes.visto_en,
        };
      }
    }
    this.tickets.set(ticket.id, ticket);
    this.textos.delete(ticket.id);
    if (ABIERTOS.has(ticket.estado)) this.#lista(columnaDe(ticket.repartidor_id)).add(ticket.id);
    else this.sobre.delete(ticket.id);
    tocadas.add(this.columna(ticket.id));
    if (ticket.repartidor_id !== null) tocadas.add(ticket.repartidor_id);
    return tocadas;
  }

  #lista(columna) {
    if (!this.columnas.has(columna)) this.columnas.set(columna, new Set());
    return this.columnas.get(columna);
  }

  /** Applies one novedad of the tablero's stream; returns the columns it touches. */
  apply(novedad) {
    if (novedad.conflicto) {
      if (novedad.conflicto.decision) this.conflictos.delete(novedad.conflicto.id);
      else this.conflictos.set(novedad.conflicto.id, novedad.conflicto);
    }
    if (!novedad.ticket) return new Set();
    const tocadas = this.put(novedad.ticket);
    this.cuentas.apply(novedad);
    return tocadas;
  }

  /** Takes acuses (recibido, visto); they change no version. Returns the columns they touch: a reconnect brings them all. */
  acknowledge(acuses) {
    const tocadas = new Set();
    for (const acuse of acuses) {
      const ticket = this.tickets.get(acuse.ticket_id);
      if (
        !ticket ||
        (ticket.recibido_en === acuse.recibido_en && ticket.visto_en === acuse.visto_en)
      )
        continue;
      this.tickets.set(ticket.id, {
        ...ticket,
        recibido_en: acuse.recibido_en,
        visto_en: acuse.visto_en,
      });
      tocadas.add(this.columna(ticket.id));
    }
    return tocadas;
  }

  /** Where the card is shown: an unanswered move before the server's word. */
  columna(id) {
    const sobre = this.sobre.get(id);
    return columnaDe(sobre ? sobre.repartidor_id : this.tickets.get(id).repartidor_id);
  }

  /** Lays a move over tickets until `release`. A newer move of the same ticket takes its place. */
  overlay({ clave, ids, repartidor_id, antes_de }) {
    for (const id of ids)
      this.sobre.set(id, { clave, repartidor_id, antes_de, orden: ids.indexOf(id) });
  }

  /** Marks a move that the server has not confirmed in time. */
  doubt(clave) {
    for (const [id, sobre] of this.sobre)
      if (sobre.clave === clave) this.sobre.set(id, { ...sobre, dudoso: true });
  }

  /** Ends a move's overlay, where no newer move lies over the ticket. */
  release(clave) {
    for (const [id, sobre] of [...this.sobre]) if (sobre.clave === clave) this.sobre.delete(id);
  }

  /** The ids of a column's open tickets in order, with unanswered moves in place. */
  orden(columna) {
    const firmes = [];
    for (const id of this.columnas.get(columna) ?? []) if (!this.sobre.has(id)) firmes.push(id);
    const lugar = (id) => this.tickets.get(id).lugar ?? "";
    firmes.sort((a, b) => byText(lugar(a), lugar(b)) || a - b);
    for (const [id, sobre] of this.sobre) {
      if (columnaDe(sobre.repartidor_id) !== columna) continue;
      const ante = sobre.antes_de === null ? -1 : firmes.indexOf(sobre.antes_de);
      firmes.splice(ante < 0 ? firmes.length : ante, 0, id);
    }
    return firmes;
  }

  /** Closed tickets of a repartidor that the board knows, the latest first; how many there were today the counts say. */
  hechos(repartidorId) {
    return [...this.tickets.values()]
      .filter((ticket) => ticket.repartidor_id === repartidorId && !ABIERTOS.has(ticket.estado))
      .sort((a, b) => (a.cerrado_en < b.cerrado_en ? 1 : -1));
  }

  /** Whether something of a repartidor failed and waits for somebody. */
  debe(repartidorId) {
    for (const ticket of this.tickets.values())
      if (ticket.repartidor_id === repartidorId && porResolver(ticket)) return true;
    return false;
  }

  /** How many closed tickets a repartidor has today. */
  hechosDe(repartidorId, ahora) {
    return this.cuentas.de(ahora, this.tickets.values()).hechos.get(repartidorId) ?? 0;
  }

  /** Forgets what a new board would not be given: what was closed more than a day ago, but what failed after a week. */
  prune(ahora) {
    for (const [id, ticket] of this.tickets) {
      if (!isForgotten(ticket, ahora)) continue;
      this.tickets.delete(id);
      this.textos.delete(id);
    }
  }

  /**
   * The numbers in the header.
   * @returns {Record<string, number>}
   */
  conteos(ahora) {
    const hoy = diaDe(ahora);
    /** @type {Record<string, number>} */
    const suma = { abiertos: 0, deAntes: 0 };
    for (const filtro of Object.keys(FILTROS)) suma[filtro] = 0;
    for (const ticket of this.tickets.values()) {
      if (porResolver(ticket) && diaDe(Date.parse(ticket.cerrado_en)) < hoy) suma.deAntes += 1;
      if (ABIERTOS.has(ticket.estado)) suma.abiertos += 1;
      for (const filtro of Object.keys(FILTROS))
        if (FILTROS[filtro](ticket, ahora)) suma[filtro] += 1;
    }
    // Of what is closed the board has the newest only: how many there were today says the server.
    const { estados } = this.cuentas.de(ahora, this.tickets.values());
    return { ...suma, fallido: estados.fallido, entregado: estados.entregado };
  }

  /** Whether a ticket is shown under a filter (criterio.js). */
  matches(id, filtro, ahora) {
    const ticket = this.tickets.get(id);
    return pasa(ticket, filtro, ahora, () => {
      if (!this.textos.has(id)) this.textos.set(id, textoDe(ticket));
      return this.textos.get(id);
    });
  }
}
