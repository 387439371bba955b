// Which screen is seen stands in the address: going there, back, and what an address says.

export class Lugar {
  /**
   * @param {object} parts
   * @param {import("./vista.js").Vista} parts.vista
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ vista, dia, hub }) {
    this.vista = vista;
    this.dia = dia;
    this.hub = hub;
    addEventListener("popstate", () => this.follow());
    hub.on("open", (id) => this.#open(id));
    hub.on("back", () => this.#back());
    hub.on("go", (url) => this.#go(url));
    hub.on("closed", () => this.follow());
  }

  /** To a ticket. */
  #open(id) {
    const url = `/reparto/tickets/${id}`;
    if (this.vista.id === null) history.pushState({ apilado: true }, "", url);
    else history.replaceState(history.state, "", url);
    this.follow();
  }

  /** To the list. */
  #back() {
    if (this.vista.id === null) return this.vista.pestana === "recorrido" || this.#go("/reparto");
    if (history.state?.apilado) history.back();
    else this.#go("/reparto");
  }

  #go(url) {
    history.replaceState(null, "", url);
    this.follow();
  }

  /** Shows what the address says. */
  follow() {
    const en = /^\/reparto\/tickets\/(\d+)$/.exec(location.pathname);
    const id = en && this.dia.see(Number(en[1])) ? Number(en[1]) : null;
    this.vista.show(id, { "#caja": "caja", "#mas": "mas" }[location.hash]);
    this.hub.tell("seen", id);
    this.hub.tell("draw");
  }
}
