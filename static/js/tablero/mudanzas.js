// Moves: shown at once, sent with a clave, taken back honestly when the server says no. Pure: `mandar` is given.
import { nuevaClave } from "../page/clave.js";
import { SinRed } from "../stream/requests.js";

const RECORDADAS = 20;

export class Mudanzas {
  /**
   * @param {object} parts
   * @param {import("./store.js").Almacen} parts.almacen
   * @param {(metodo: string, url: string, datos?: object, opciones?: object) => Promise<object>} parts.mandar
   * @param {(ids: number[], columnas: Set) => void} parts.pintar
   * @param {(suceso: object) => void} parts.contar tells the person what came of it
   * @param {number[]} [parts.esperas] milliseconds of each try: after the first a move counts as not confirmed
   */
  constructor({ almacen, mandar, pintar, contar, esperas = [5_000, 5_000] }) {
    Object.assign(this, { almacen, mandar, pintar, contar, esperas });
    this.hechas = [];
    this.enVuelo = new Map();
    this.oidas = new Map();
    this.deshaciendo = Promise.resolve();
  }

  /** Moves tickets (in this order) to a repartidor or null, in front of `antes_de` or last. */
  async mover({ ids, repartidor_id, antes_de = null, forzar = false }) {
    const mudanza = { clave: nuevaClave(), ids, repartidor_id, antes_de };
    const antes = this.#columnas(ids);
    this.almacen.superponer(mudanza);
    this.pintar(ids, this.#columnas(ids, antes));
    // A ticket whose last move was not answered yet, or is being taken back, has no version to move: one after the other.
    const previas = [
      ...new Set(ids.map((id) => this.enVuelo.get(id)).filter(Boolean)),
      this.deshaciendo,
    ];
    const esta = this.#llevar(mudanza, forzar, previas);
    for (const id of ids) this.enVuelo.set(id, esta);
    await esta;
    for (const id of ids) if (this.enVuelo.get(id) === esta) this.enVuelo.delete(id);
  }

  async #llevar(mudanza, forzar, previas) {
    const { almacen } = this;
    const { ids, clave, repartidor_id, antes_de } = mudanza;
    await Promise.all(previas);
    const tickets = ids.map((id) => ({ id, version: almacen.tickets.get(id).version }));
    const cuerpo = { clave, tickets, repartidor_id, antes_de };
    if (forzar) cuerpo.forzar = true;
    this.oidas.set(clave, []);
    let respuesta = await this.#pedir("/api/mudanzas", cuerpo, () => {
      almacen.dudar(clave);
      this.pintar(ids, this.#columnas(ids));
    });
    // No answer, but its novedades came: it was done.
    const oidas = this.oidas.get(clave);
    this.oidas.delete(clave);
    if (!respuesta && oidas.length) respuesta = { resultados: oidas };
    const tocadas = this.#columnas(ids);
    almacen.soltar(clave);
    if (respuesta) this.#asentar(respuesta.resultados ?? [], mudanza);
    this.pintar(ids, this.#columnas(ids, tocadas));
    if (!respuesta) return void this.contar({ que: "sin_respuesta", mudanza });
    this.#informar(respuesta, mudanza);
  }

  /** Told of each novedad: one of an own move says that the server has it. */
  oir({ clave, ticket }) {
    if (ticket)
      this.oidas
        .get(clave)
        ?.push({ id: ticket.id, ok: true, version: ticket.version, lugar: ticket.lugar });
  }

  /** Takes back the newest own move that has not been taken back. One after the other: each lies over the one before it. */
  deshacer(clave) {
    this.deshaciendo = Promise.all([...this.enVuelo.values(), this.deshaciendo]).then(() =>
      this.#deshacer(clave ?? this.hechas.at(-1)),
    );
    return this.deshaciendo;
  }

  async #deshacer(clave) {
    if (!clave) return;
    const respuesta = await this.#pedir(`/api/mudanzas/${clave}/deshacer`, {});
    // Not answered it can be asked for again; the same clave gives the same answer.
    if (!respuesta) return void this.contar({ que: "sin_respuesta" });
    this.hechas = this.hechas.filter((otra) => otra !== clave);
    const resultados = respuesta.resultados ?? [];
    const ids = resultados.map((uno) => uno.id).filter((id) => this.almacen.tickets.has(id));
    const antes = this.#columnas(ids);
    for (const uno of resultados) if (uno.ticket) this.almacen.poner(uno.ticket);
    this.pintar(ids, this.#columnas(ids, antes));
    this.contar({ que: "deshecha", resultados, detalle: respuesta.detail });
  }

  #columnas(ids, suma = new Set()) {
    for (const id of ids) if (this.almacen.tickets.has(id)) suma.add(this.almacen.columna(id));
    return suma;
  }

  /** Asks twice with the same clave; null when nobody answered. A refusal is an answer. */
  async #pedir(url, cuerpo, alDudar) {
    for (const espera of this.esperas) {
      const hasta = Date.now() + espera;
      try {
        return await this.mandar("POST", url, cuerpo, { espera });
      } catch (error) {
        if (!(error instanceof SinRed)) return error.cuerpo ?? { detail: error.message };
      }
      if (espera === this.esperas[0]) alDudar?.();
      // A line that is cut fails at once: the second try comes when there is a chance that it is back.
      await new Promise((listo) => setTimeout(listo, hasta - Date.now()));
    }
    return null;
  }

  /** Writes the answer into the store; its novedad, which says the same, may come before or after. */
  #asentar(resultados, mudanza) {
    for (const uno of resultados) {
      if (uno.ticket) this.almacen.poner(uno.ticket);
      if (!uno.ok) continue;
      const ticket = this.almacen.tickets.get(uno.id);
      if (!ticket || ticket.version >= uno.version) continue;
      const nombre =
        mudanza.repartidor_id === null
          ? null
          : this.almacen.repartidores.get(mudanza.repartidor_id)?.nombre;
      const cambio = ticket.repartidor_id !== mudanza.repartidor_id;
      const estado = !cambio
        ? ticket.estado
        : mudanza.repartidor_id === null
          ? "pendiente"
          : "asignado";
      const acuses = cambio
        ? { recibido_en: null, visto_en: null, asignado_en: new Date().toISOString() }
        : {};
      this.almacen.poner({
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

  #informar(respuesta, mudanza) {
    const resultados = respuesta.resultados ?? [];
    const bien = resultados.filter((uno) => uno.ok);
    const mal = resultados.filter((uno) => !uno.ok);
    if (bien.length) {
      this.hechas = [...this.hechas, mudanza.clave].slice(-RECORDADAS);
      this.contar({
        que: "movida",
        mudanza,
        ids: bien.map((uno) => uno.id),
        ancla_perdida: respuesta.ancla_perdida ?? bien.some((uno) => uno.ancla_perdida),
      });
    }
    if (mal.length) this.contar({ que: "rechazada", mudanza, resultados: mal });
    if (!resultados.length) this.contar({ que: "error", mudanza, detalle: respuesta.detail });
  }
}
