// The outbox: every act is stored before the screen changes, and sent in order until the server has answered; photos in
// a queue of their own behind it. Pure: storage, network and clock are given.
import { Cola } from "./cola.js";

/** The queue of acts. */
export class Bandeja extends Cola {
  /** @param {object} parts as for Cola; `send(metodo, url, datos)`, `guardado.add(registro, fotos)`, and `oneWrites`, as `oneAtATime` */
  constructor({ send, oneWrites = (write) => write(), ...parts }) {
    super({
      ...parts,
      send: ({ ticket_id, acto }) => send("POST", `/api/tickets/${ticket_id}/acciones`, acto),
    });
    this.oneWrites = oneWrites;
  }

  /**
   * Stores an act and its photos in one go; resolves once they are on the phone's disk. Only then may the screen change.
   * @param {() => boolean} [vale] asked once the acts of all pages are known: whether it is still one to be done
   */
  add(registro, fotos = [], vale = () => true) {
    return this.oneWrites(async () => {
      await this.reread();
      if (!vale()) return;
      const propio = await this.guardado.add(registro, fotos);
      // What was sent while it was being written is not brought back.
      this.registros = [...this.registros, propio];
      this.onChange(this.registros);
      this.tellOthers();
      this.push();
    });
  }
}

/** The queue of photos: they never stand in the way of acts. */
export class Fotos extends Cola {
  constructor({ send, ...parts }) {
    const url = ({ ticket_id, foto_id, tipo }) =>
      `/api/tickets/${ticket_id}/fotos/${foto_id}?tipo=${tipo}`;
    super({ ...parts, send: (foto) => send("PUT", url(foto), foto.blob, { espera: 90_000 }) });
  }
}
