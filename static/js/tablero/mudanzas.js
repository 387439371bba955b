// Moves: shown at once, sent with a clave, taken back honestly when the server says no. Pure: `send` is given.
import { newClave } from "../page/clave.js";
import { SinRed } from "../stream/requests.js";

const RECORDADAS = 20;

export class Mudanzas {
  /**
   * @param {object} parts
   * @param {import("./store.js").Store} parts.store
   * @param {(metodo: string, url: string, datos?: Json, opciones?: Json) => Promise<Json>} parts.send
   * @param {(ids: number[], columnas: Set) => void} parts.draw
   * @param {(suceso: Json) => void} parts.count tells the person what came of it
   * @param {number[]} [parts.esperas] milliseconds of each try: after the first a move counts as not confirmed
   */
  constructor({ store, send, draw, count, esperas = [5_000, 5_000] }) {
    this.store = store;
    this.send = send;
    this.draw = draw;
    this.count = count;
    this.esperas = esperas;
    this.hechas = [];
    this.enVuelo = new Map();
    this.oidas = new Map();
    this.deshaciendo = Promise.resolve();
  }

  /** Moves tickets (in this order) to a repartidor or null, in front of `antes_de` or last. */
  async mover({ ids, repartidor_id, antes_de = null, forzar = false }) {
    const mudanza = { clave: newClave(), ids, repartidor_id, antes_de };
    const antes = this.#columnas(ids);
    this.store.overlay(mudanza);
    this.draw(ids, this.#columnas(ids, antes));
    // A ticket whose last move was not answered yet, or is being taken back, has no version to move: one after the other.
    const previas = [
      ...new Set(ids.map((id) => this.enVuelo.get(id)).filter(Boolean)),
      this.deshaciendo,
    ];
    const esta = this.#carry(mudanza, forzar, previas);
    for (const id of ids) this.enVuelo.set(id, esta);
    await esta;
    for (const id of ids) if (this.enVuelo.get(id) === esta) this.enVuelo.delete(id);
  }

  async #carry(mudanza, forzar, previas) {
    const { store } = this;
    const { ids, clave, repartidor_id, antes_de } = mudanza;
    await Promise.all(previas);
    const tickets = ids.map((id) => ({ id, version: store.tickets.get(id).version }));
    const cuerpo = { clave, tickets, repartidor_id, antes_de };
    if (forzar) cuerpo.forzar = true;
    this.oidas.set(clave, []);
    let respuesta = await this.#request("/api/mudanzas", cuerpo, () => {
      store.doubt(clave);
      this.draw(ids, this.#columnas(ids));
    });
    // No answer, but its novedades came: it was done.
    const oidas = this.oidas.get(clave);
    this.oidas.delete(clave);
    if (!respuesta && oidas.length) respuesta = { resultados: oidas };
    const tocadas = this.#columnas(ids);
    store.release(clave);
    if (respuesta) this.#settle(respuesta.resultados ?? [], mudanza);
    this.draw(ids, this.#columnas(ids, tocadas));
    if (!respuesta) return void this.count({ que: "sin_respuesta", mudanza });
    this.#inform(respuesta, mudanza);
  }

  /** Told of each novedad: one of an own move says that the server has it. */
  hear({ clave, ticket }) {
    if (ticket)
      this.oidas
        .get(clave)
        ?.push({ id: ticket.id, ok: true, version: ticket.version, lugar: ticket.lugar });
  }

  /** Takes back the newest own move that has not been taken back. One after the other: each lies over the one before it. */
  undo(clave) {
    this.deshaciendo = Promise.all([...this.enVuelo.values(), this.deshaciendo]).then(() =>
      this.#undo(clave ?? this.hechas.at(-1)),
    );
    return this.deshaciendo;
  }

  async #undo(clave) {
    if (!clave) return;
    const respuesta = await this.#request(`/api/mudanzas/${clave}/deshacer`, {});
    // Not answered it can be asked for again; the same clave gives the same answer.
    if (!respuesta) return void this.count({ que: "sin_respuesta" });
    this.hechas = this.hechas.filter((otra) => otra !== clave);
    const resultados = respuesta.resultados ?? [];
    const ids = resultados.map((uno) => uno.id).filter((id) => this.store.tickets.has(id));
    const antes = this.#columnas(ids);
    for (const uno of resultados) if (uno.ticket) this.store.put(uno.ticket);
    this.draw(ids, this.#columnas(ids, antes));
    this.count({ que: "deshecha", resultados, detalle: respuesta.detail });
  }

  #columnas(ids, suma = new Set()) {
    for (const id of ids) if (this.store.tickets.has(id)) suma.add(this.store.columna(id));
    return suma;
  }

  /** Asks twice with the same clave; null when nobody answered. A refusal is an answer. */
  async #request(url, cuerpo, onDoubt) {
    for (const espera of this.esperas) {
      const hasta = Date.now() + espera;
      try {
        return await this.send("POST", url, cuerpo, { espera });
      } catch (error) {
        if (!(error instanceof SinRed)) return error.cuerpo ?? { detail: error.message };
      }
      if (espera === this.esperas[0]) onDoubt?.();
      // A line that is cut fails at once: the second try comes when there is a chance that it is back.
      await new Promise((listo) => setTimeout(listo, hasta - Date.now()));
    }
    return null;
  }

  /** Writes the answer into the store; its novedad, which says the same, may come before or after. */
  #settle(resultados, mudanza) {
    for (const uno of resultados) {
      if (uno.ticket) this.store.put(uno.ticket);
      if (!uno.ok) continue;
      const ticket = this.store.tickets.get(uno.id);
      if (!ticket || ticket.version >= uno.version) continue;
      const nombre =
        mudanza.repartidor_id === null
          ? null
          : this.store.repartidores.get(mudanza.repartidor_id)?.nombre;
      const cambio = ticket.repartidor_id !== mudanza.repartidor_id;
      const movido = mudanza.repartidor_id === null ? "pendiente" : "asignado";
      const estado = cambio ? movido : ticket.estado;
      const acuses = cambio
        ? { recibido_en: null, visto_en: null, asignado_en: new Date().toISOString() }
        : {};
      this.store.put({
        ...ticket,
        ...acuses,
        estado,
        repartidor_id: mudanza.repartidor_id,
        repartidor_nombre: nombre,
        version: uno.version,
        lugar: uno.lugar,
      });
    }
  }

  #inform(respuesta, mudanza) {
    const resultados = respuesta.resultados ?? [];
    const bien = resultados.filter((uno) => uno.ok);
    const mal = resultados.filter((uno) => !uno.ok);
    if (bien.length) {
      this.hechas = [...this.hechas, mudanza.clave].slice(-RECORDADAS);
      this.count({
        que: "movida",
        mudanza,
        ids: bien.map((uno) => uno.id),
        ancla_perdida: respuesta.ancla_perdida ?? bien.some((uno) => uno.ancla_perdida),
      });
    }
    if (mal.length) this.count({ que: "rechazada", mudanza, resultados: mal });
    if (!resultados.length) this.count({ que: "error", mudanza, detalle: respuesta.detail });
  }
}
