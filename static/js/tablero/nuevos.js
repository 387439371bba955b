// Tickets that came in and were not on the screen yet: counted at their column, in the title, and when a filter hides them.
import { cuantos } from "../words/formats.js";

const TITULO = document.title;

export class Nuevos {
  /** @param {import("../page/hub.js").Hub} hub told of the column when one comes into view */
  constructor(hub) {
    this.ids = new Set();
    this.tarjetas = new Map();
    this.vigia = new IntersectionObserver((entradas) => {
      for (const { isIntersecting, target } of entradas) {
        const id = Number(target.dataset.id);
        if (!isIntersecting || !this.ids.has(id) || document.hidden) continue;
        this.forget(id);
        hub.tell("tickets", [id]);
      }
    });
    // What came in while the tab was away is on the screen when one comes back to it.
    document.addEventListener("visibilitychange", () => {
      for (const tarjeta of this.tarjetas.values()) this.vigia.unobserve(tarjeta);
      if (!document.hidden)
        for (const tarjeta of this.tarjetas.values()) this.vigia.observe(tarjeta);
    });
  }

  arrive(id) {
    this.ids.add(id);
    this.#titular();
  }

  forget(id) {
    const tarjeta = this.tarjetas.get(id);
    if (tarjeta) this.vigia.unobserve(tarjeta);
    this.tarjetas.delete(id);
    if (this.ids.delete(id)) this.#titular();
  }

  /** Told of each card that is made. */
  observe(id, tarjeta) {
    if (!this.ids.has(id)) return;
    this.tarjetas.set(id, tarjeta);
    this.vigia.observe(tarjeta);
  }

  /** What a column says of those out of sight. */
  texto(ids) {
    const suyos = this.ids.size ? ids.filter((id) => this.ids.has(id)).length : 0;
    return suyos ? `${cuantos(suyos, "nuevo", "nuevos")} ↓` : "";
  }

  /** Brings the first of these that was not seen into view. */
  show(ids) {
    const id = ids.find((uno) => this.tarjetas.has(uno));
    this.tarjetas.get(id)?.scrollIntoView({ block: "center" });
  }

  #titular() {
    document.title = this.ids.size ? `(${this.ids.size}) ${TITULO}` : TITULO;
  }
}
