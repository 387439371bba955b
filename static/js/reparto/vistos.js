// "Visto": that a person has opened a ticket is on the phone's disk first, then seen, and said until the server has it.

export class Vistos {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {number[]} [parts.toSay] what the server was not told yet
   * @param {import("./diario.js").Diario} parts.diario
   * @param {import("./linea.js").Linea} parts.linea
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ dia, toSay = [], diario, linea, hub }) {
    this.dia = dia;
    this.toSay = new Set(toSay);
    this.diario = diario;
    this.linea = linea;
    this.hub = hub;
    hub.on("seen", (id) => id !== null && this.mark([id]));
    hub.on("visto", (ids) => this.mark(ids));
    hub.on("connected", () => {
      for (const id of this.toSay) this.#say(id);
    });
  }

  /** Resolves when they are marked on the disk. */
  async mark(ids) {
    const nuevos = ids.filter((id) => !this.dia.vistos.has(id));
    if (!nuevos.length) return;
    await this.diario.save(nuevos);
    for (const id of nuevos) {
      this.dia.vistos.add(id);
      this.toSay.add(id);
      this.#say(id);
    }
    // Whatever was written meanwhile did not know of them.
    this.diario.save();
    this.hub.tell("draw");
  }

  async #say(id) {
    try {
      await this.linea.say("visto", { ticket_id: id });
      this.toSay.delete(id);
    } catch {
      // Said again at the next connect.
    }
  }
}
