// The tickets before and after the panel's in its column: two buttons and two arrows.

export class Vecinos {
  /** @param {import("./panel.js").Panel} panel */
  constructor(panel) {
    const { elemento, parte } = panel;
    this.panel = panel;
    parte.antes.addEventListener("click", () => this.#pass(-1));
    parte.despues.addEventListener("click", () => this.#pass(1));
    elemento.addEventListener("keydown", (event) => this.#tecla(event));
  }

  /** Says which of the two there are. */
  draw() {
    const { antes, despues } = this.panel.parte;
    antes.disabled = !this.#vecino(-1);
    despues.disabled = !this.#vecino(1);
  }

  #vecino(paso) {
    const { store, id } = this.panel;
    if (!store.tickets.has(id)) return undefined;
    const orden = store.orden(store.columna(id));
    return orden.includes(id) ? orden[orden.indexOf(id) + paso] : undefined;
  }

  #pass(paso) {
    const otro = this.#vecino(paso);
    if (!otro) return;
    history.replaceState(history.state, "", `/tickets/${otro}`);
    this.panel.show(otro);
  }

  #tecla(event) {
    const paso = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.defaultPrevented || !paso || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    this.#pass(paso);
  }
}
