// The strip of columns: which repartidores stand in it and in which order; who is off duty with nothing to do is a token
// beside it.
import { arrange, setText } from "../page/template.js";

/**
 * In which order the columns of the repartidores stand: pinned ones as they were pinned, then in turno and online, in
 * turno, and off duty with tickets.
 */
export function ordenDeColumnas(repartidores, fijadas = []) {
  const grado = (uno) => {
    if (fijadas.includes(uno.id)) return fijadas.indexOf(uno.id) - fijadas.length;
    if (!uno.en_turno) return 2;
    return uno.en_linea ? 0 : 1;
  };
  return [...repartidores].sort(
    (a, b) => grado(a) - grado(b) || a.nombre.localeCompare(b.nombre, "es"),
  );
}

export class Tira {
  /**
   * @param {HTMLElement} raiz
   * @param {object} parts
   * @param {import("./store.js").Store} parts.store
   * @param {Record<string, string>} parts.filtro what is shown, as the header says (criterio.js)
   * @param {{fijadas: number[]}} parts.preferencias
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor(raiz, { store, filtro, preferencias, hub }) {
    this.store = store;
    this.filtro = filtro;
    this.preferencias = preferencias;
    this.hub = hub;
    this.tira = raiz.querySelector("[data-tira]");
    this.fuera = raiz.querySelector("[data-fuera]");
    this.nadie = raiz.querySelector("[data-nadie]");
    this.fueraLista = raiz.querySelector("[data-fuera-lista]");
    this.quieta = false;
  }

  /** While somebody drags or has a menu open, columns do not change their order. Whether that ended now. */
  quiet(quieta) {
    if (quieta === this.quieta) return false;
    this.quieta = quieta;
    // Whoever is off duty can be given tickets too, so they have to be seen.
    if (quieta) this.fueraAbierta = this.fuera.open;
    this.fuera.open = quieta || this.fueraAbierta;
    return !quieta;
  }

  /** The repartidores that the board speaks of, in the order of their columns. */
  orden() {
    const { store } = this;
    const suyos = [...store.repartidores.values()].filter(
      (uno) => uno.activo || store.orden(uno.id).length || store.debe(uno.id),
    );
    return ordenDeColumnas(suyos, this.preferencias.fijadas);
  }

  /** The column of a repartidor that the server drew. */
  drawn(id) {
    return this.tira.querySelector(`[data-columna="${id}"]`);
  }

  /** Whether a repartidor has a column, and not only a token. */
  shows(id) {
    const { store, filtro, preferencias } = this;
    if (filtro.repartidor && filtro.repartidor !== String(id)) return false;
    return Boolean(
      store.repartidores.get(id)?.en_turno ||
      preferencias.fijadas.includes(id) ||
      store.orden(id).length > 0 ||
      store.debe(id),
    );
  }

  /**
   * Puts columns and tokens where they belong.
   * @param {Json[]} orden repartidores
   * @param {Map<number | string, Json>} columnas of each of them, as newColumna of columna.js makes them
   */
  arrange(orden, columnas) {
    const puestas = [...this.tira.children];
    const quietos = this.quieta || this.tira.contains(document.activeElement);
    // Where somebody is working no column comes between or goes away; new ones stand last until the hands are off.
    const visible = (uno) =>
      this.shows(uno.id) || (quietos && columnas.get(uno.id).elemento.isConnected);
    let en = orden.filter(visible).map((uno) => columnas.get(uno.id).elemento);
    if (quietos)
      en = [
        ...puestas.filter((hijo) => en.includes(hijo)),
        ...en.filter((hijo) => !puestas.includes(hijo)),
      ];
    arrange(this.tira, en);
    const fuera = orden.filter((uno) => !visible(uno)).map((uno) => columnas.get(uno.id).ficha);
    arrange(this.fueraLista, fuera);
    this.fuera.hidden = fuera.length === 0;
    this.nadie.hidden = orden.length > 0;
    setText(this.fuera.querySelector("[data-campo=titulo]"), `Fuera de turno (${fuera.length})`);
    this.hub.tell("columnas", orden.filter(visible));
  }
}
