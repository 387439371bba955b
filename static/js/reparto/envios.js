// What has not left this phone yet, acts and photos: sends it, counts it, says it in words.
import { hush } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";

export class Envios {
  /**
   * @param {object} parts
   * @param {import("./bandeja.js").Bandeja} parts.bandeja
   * @param {import("./bandeja.js").Fotos} parts.fotos
   * @param {import("./franja.js").Franja} parts.franja
   * @param {import("./pestanas.js").Pestanas} parts.pestanas
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ bandeja, fotos, franja, pestanas, hub }) {
    this.bandeja = bandeja;
    this.fotos = fotos;
    this.franja = franja;
    hub.on("bandeja", (registros) => {
      this.#count();
      if (!registros.length) fotos.push();
    });
    hub.on("fotos", () => this.#count());
    for (const cuando of ["connected", "shown", "online"]) hub.on(cuando, () => this.#push());
    pestanas.hear(() => this.#reread());
  }

  async open() {
    await this.bandeja.open();
    await this.fotos.open();
  }

  /** Another tab may have sent some of it, or stored more. */
  #reread() {
    return Promise.all([this.bandeja.reread(), this.fotos.reread()]).catch(() => {});
  }

  #push() {
    this.bandeja.push();
    this.fotos.push();
  }

  get pendientes() {
    return this.bandeja.pendientes + this.fotos.pendientes;
  }

  /** Shows how many there are. */
  #count() {
    if (!this.pendientes) hush("quedan");
    this.franja.count(this.pendientes, this.bandeja.fallas > 0 || this.fotos.fallas > 0);
  }

  /** What is unsent, in words; empty with nothing. */
  quedan() {
    if (!this.pendientes) return "";
    const cosas = [
      this.bandeja.pendientes && cuantos(this.bandeja.pendientes, "acción", "acciones"),
      this.fotos.pendientes && cuantos(this.fotos.pendientes, "foto", "fotos"),
    ];
    return `Te ${this.pendientes === 1 ? "queda" : "quedan"} ${cosas.filter(Boolean).join(" y ")} por enviar.`;
  }
}
