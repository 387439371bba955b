// What has not left this phone yet, acts and photos: sends it, counts it, says it in words.
import { callar } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";

export class Envios {
  /**
   * @param {object} parts
   * @param {import("./bandeja.js").Bandeja} parts.bandeja
   * @param {import("./bandeja.js").Fotos} parts.fotos
   * @param {import("./franja.js").Franja} parts.franja
   */
  constructor({ bandeja, fotos, franja }) {
    Object.assign(this, { bandeja, fotos, franja });
  }

  async abrir() {
    await this.bandeja.abrir();
    await this.fotos.abrir();
  }

  /** Another tab may have sent some of it, or stored more. */
  releer() {
    return Promise.all([this.bandeja.releer(), this.fotos.releer()]).catch(() => {});
  }

  empujar() {
    this.bandeja.empujar();
    this.fotos.empujar();
  }

  get pendientes() {
    return this.bandeja.pendientes + this.fotos.pendientes;
  }

  /** Shows how many there are. */
  contar() {
    if (!this.pendientes) callar("quedan");
    this.franja.contar(this.pendientes, this.bandeja.fallas > 0 || this.fotos.fallas > 0);
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
