// Which screen is seen stands in the address: going there, back, and what an address says.

export class Lugar {
  /**
   * @param {object} parts
   * @param {import("./vista.js").Vista} parts.vista
   * @param {import("./dia.js").Dia} parts.dia
   * @param {(id: number | null) => void} parts.alIr told which ticket is seen now
   */
  constructor(parts) {
    Object.assign(this, parts);
    addEventListener("popstate", () => this.seguir());
  }

  /** To a ticket. */
  abrir(id) {
    const url = `/reparto/tickets/${id}`;
    if (this.vista.id === null) history.pushState({ apilado: true }, "", url);
    else history.replaceState(history.state, "", url);
    this.seguir();
  }

  /** To the list. */
  volver() {
    if (this.vista.id === null) return this.vista.pestana === "recorrido" || this.ir("/reparto");
    if (history.state?.apilado) history.back();
    else this.ir("/reparto");
  }

  ir(url) {
    history.replaceState(null, "", url);
    this.seguir();
  }

  /** Shows what the address says. */
  seguir() {
    const en = /^\/reparto\/tickets\/(\d+)$/.exec(location.pathname);
    const id = en && this.dia.ver(Number(en[1])) ? Number(en[1]) : null;
    this.vista.mostrar(id, { "#caja": "caja", "#mas": "mas" }[location.hash]);
    this.alIr(id);
  }
}
