// "Recorrido de": whose way is drawn on the map.
import { arrange, setText } from "../page/template.js";

export class Recorrido {
  /**
   * @param {HTMLSelectElement} lista
   * @param {HTMLOptionElement} nadie its choice of nobody
   * @param {object} parts
   * @param {ReturnType<typeof import("./plano.js").createPlano>} parts.plano
   * @param {import("./puntos.js").Puntos} parts.puntos
   * @param {import("./pines.js").Pines} parts.pines
   * @param {() => number} parts.reloj
   */
  constructor(lista, nadie, { plano, puntos, pines, reloj }) {
    this.lista = lista;
    this.nadie = nadie;
    this.plano = plano;
    this.puntos = puntos;
    this.pines = pines;
    this.reloj = reloj;
    lista.addEventListener("change", () => this.trace());
  }

  /** Offers everybody who has a column. */
  draw() {
    const gente = [...this.puntos.columnas.values()]
      .filter((una) => una.quien)
      .sort((a, b) => a.quien.nombre.localeCompare(b.quien.nombre, "es"));
    arrange(this.lista, [this.nadie, ...gente.map((una) => this.#opcion(una))]);
  }

  #opcion({ id, quien }) {
    const una = this.lista.querySelector(`[value="${id}"]`) ?? new Option("", id);
    setText(una, quien.nombre);
    return una;
  }

  /** Chooses somebody, or nobody if it was them. */
  toggle(id) {
    this.lista.value = this.lista.value === String(id) ? "" : String(id);
    this.trace();
  }

  /** Draws the way of the chosen one and marks their pins. */
  trace() {
    const id = Number(this.lista.value) || null;
    this.plano.trace(id === null ? [] : this.puntos.recorrido(id, this.reloj()));
    this.pines.mark(id);
  }
}
