// The outbox: every act is stored before the screen changes, and sent in order until the server has answered; photos in
// a queue of their own behind it. Pure: storage, network and clock are given.
import { Cola } from "./cola.js";

/** The queue of acts. */
export class Bandeja extends Cola {
  /** @param {any} parts as for Cola; `guardado` has `add(registro, fotos)`, too */
  constructor(parts) {
    super({ ...parts, que: "bandeja" });
    this.oneWrites = this.pestanas.oneAtATime("escribir");
  }

  /** @param {Json} registro */
  request({ ticket_id, acto }) {
    return this.send("POST", `/api/tickets/${ticket_id}/acciones`, acto);
  }

  /**
   * Stores an act and its photos in one go; resolves once they are on the phone's disk. Only then may the screen change.
   * @param {Json} registro
   * @param {Json[]} [fotos]
   * @param {() => boolean} [vale] asked once the acts of all pages are known: whether it is still one to be done
   * @returns {Promise<void>}
   */
  add(registro, fotos = [], vale = () => true) {
    return this.oneWrites(async () => {
      await this.reread();
      if (!vale()) return;
      const propio = await this.guardado.add(registro, fotos);
      // What was sent while it was being written is not brought back.
      this.registros = [...this.registros, propio];
      this.say();
      this.pestanas.say();
      this.push();
    });
  }
}

/** The queue of photos: they never stand in the way of acts. */
export class Fotos extends Cola {
  /** @param {any} parts as for Cola, and `bandeja`, which goes first */
  constructor({ bandeja, ...parts }) {
    super({ ...parts, que: "fotos" });
    this.bandeja = bandeja;
  }

  /** @param {Json} foto */
  request({ ticket_id, foto_id, tipo, blob }) {
    const url = `/api/tickets/${ticket_id}/fotos/${foto_id}?tipo=${tipo}`;
    return this.send("PUT", url, blob, { espera: 90_000 });
  }

  puede() {
    return !this.bandeja.pendientes;
  }
}
