// The cards: each made once, filled whenever its column is drawn, and forgotten with its ticket.
import { ABIERTOS } from "../words/acciones.js";
import { fillTarjeta, newTarjeta } from "./tarjeta.js";

/** For so long a card is marked as new. */
const NUEVA_MS = 4_000;

export class Tarjetas {
  /**
   * @param {HTMLElement} raiz
   * @param {object} parts
   * @param {import("./store.js").Store} parts.store
   * @param {Set<number>} parts.elegidas ids of the selected tickets
   * @param {import("./nuevos.js").Nuevos} parts.nuevos
   * @param {import("./mirando.js").Mirando} parts.mirando which other admin is at a ticket, in words
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor(raiz, { store, elegidas, nuevos, mirando, hub }) {
    this.store = store;
    this.elegidas = elegidas;
    this.nuevos = nuevos;
    this.mirando = mirando;
    this.hub = hub;
    this.hechas = new Map();
    this.resaltadas = new Set();
    // What the server drew is kept: the first look at the board is not drawn twice.
    this.dibujadas = new Map(
      [...raiz.querySelectorAll(".tarjeta[data-id]")].map((uno) => [Number(uno.dataset.id), uno]),
    );
    hub.on("highlight", (id) => this.#highlight(id));
    for (const que of ["replaced", "age"]) hub.on(que, () => this.#forgetLeftOver());
  }

  /** The card of a ticket, where there is one. */
  get(id) {
    return this.hechas.get(id);
  }

  /** Gives a ticket's card, filled, the `posicion`th of `total` in its column. */
  draw(id, ahora, posicion, total) {
    const tarjeta = this.hechas.get(id) ?? this.#create(id);
    fillTarjeta(tarjeta, this.store.tickets.get(id), {
      sobre: this.store.sobre.get(id),
      ahora,
      posicion,
      total,
      elegida: this.elegidas.has(id),
      miran: this.mirando.texto(id),
    });
    tarjeta.classList.toggle("nueva", this.resaltadas.has(id));
    return tarjeta;
  }

  #create(id) {
    const tarjeta = newTarjeta(id, this.dibujadas.get(id));
    this.dibujadas.delete(id);
    this.hechas.set(id, tarjeta);
    this.hub.tell("tarjeta", id, tarjeta);
    this.nuevos.observe(id, tarjeta);
    return tarjeta;
  }

  #highlight(id) {
    this.resaltadas.add(id);
    setTimeout(() => {
      this.resaltadas.delete(id);
      this.hechas.get(id)?.classList.remove("nueva");
    }, NUEVA_MS);
  }

  /** Removes cards of tickets that are closed, or that the store no longer has. */
  #forgetLeftOver() {
    for (const [id, tarjeta] of this.hechas) {
      if (ABIERTOS.has(this.store.tickets.get(id)?.estado)) continue;
      tarjeta.remove();
      this.hechas.delete(id);
    }
  }
}
