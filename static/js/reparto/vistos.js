// "Visto": that a person has opened a ticket is on the phone's disk first, then seen, and said until the server has it.

export class Vistos {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {number[]} [parts.porDecir] what the server was not told yet
   * @param {(ids: number[]) => Promise<void>} parts.guardar keeps the day as it will be with these seen
   * @param {(id: number) => Promise<void>} parts.decir tells the server; rejects without a line
   * @param {() => void} parts.alCambiar
   */
  constructor({ porDecir = [], ...parts }) {
    Object.assign(this, parts);
    this.porDecir = new Set(porDecir);
  }

  async marcar(ids) {
    const nuevos = ids.filter((id) => !this.dia.vistos.has(id));
    if (!nuevos.length) return;
    await this.guardar(nuevos);
    for (const id of nuevos) {
      this.dia.vistos.add(id);
      this.porDecir.add(id);
      this.#decir(id);
    }
    // Whatever was written meanwhile did not know of them.
    this.guardar([]);
    this.alCambiar();
  }

  /** What is left to be said. */
  decirTodo() {
    for (const id of this.porDecir) this.#decir(id);
  }

  async #decir(id) {
    try {
      await this.decir(id);
      this.porDecir.delete(id);
    } catch {
      // Said again at the next connect.
    }
  }
}
