// "Visto": that a person has opened a ticket is on the phone's disk first, then seen, and said until the server has it.

export class Vistos {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {number[]} [parts.toSay] what the server was not told yet
   * @param {(ids: number[]) => Promise<void>} parts.save keeps the day as it will be with these seen
   * @param {(id: number) => Promise<void>} parts.say tells the server; rejects without a line
   * @param {() => void} parts.onChange
   */
  constructor({ toSay = [], ...parts }) {
    Object.assign(this, parts);
    this.toSay = new Set(toSay);
  }

  async mark(ids) {
    const nuevos = ids.filter((id) => !this.dia.vistos.has(id));
    if (!nuevos.length) return;
    await this.save(nuevos);
    for (const id of nuevos) {
      this.dia.vistos.add(id);
      this.toSay.add(id);
      this.#say(id);
    }
    // Whatever was written meanwhile did not know of them.
    this.save([]);
    this.onChange();
  }

  /** What is left to be said. */
  sayAll() {
    for (const id of this.toSay) this.#say(id);
  }

  async #say(id) {
    try {
      await this.say(id);
      this.toSay.delete(id);
    } catch {
      // Said again at the next connect.
    }
  }
}
