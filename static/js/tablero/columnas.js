// Draws the board from the store: one column a repartidor, patched card by card, once per animation frame.
import { clone, arrange, setText } from "../page/template.js";
import { drawCabeza, drawCuentas, drawHechos, newColumna, presencias } from "./columna.js";
import { filtra } from "./criterio.js";
import { Cuadros } from "./cuadros.js";
import { Foco, makeTabbable } from "./focus.js";
import { SIN_ASIGNAR } from "./store.js";
import { Tarjetas } from "./tarjetas.js";
import { Tira } from "./tira.js";

/** A column shows this many cards at first; "Ver más" shows the rest. The search looks through all. */
const PRIMERAS = 40;

export class Columnas {
  /**
   * @param {HTMLElement} raiz
   * @param {import("./store.js").Store} store
   * @param {object} opciones
   * @param {() => number} opciones.reloj
   * @param {Record<string, string>} opciones.filtro what is shown, as the header says (criterio.js)
   * @param {{fijadas: number[]}} opciones.preferencias
   * @param {Set<number>} opciones.elegidas ids of the selected tickets
   * @param {import("./nuevos.js").Nuevos} opciones.nuevos
   * @param {import("./mirando.js").Mirando} opciones.mirando which other admin is at a ticket, in words
   * @param {import("../page/hub.js").Hub} opciones.hub
   */
  constructor(raiz, store, opciones) {
    const { hub } = opciones;
    this.raiz = raiz;
    this.store = store;
    this.opciones = opciones;
    this.hub = hub;
    this.tira = new Tira(raiz, { store, ...opciones });
    this.tarjetas = new Tarjetas(raiz, { store, ...opciones });
    this.foco = new Foco(this);
    this.columnas = new Map();
    this.cuadros = new Cuadros(() => this.draw());
    this.#create(SIN_ASIGNAR, raiz.querySelector("[data-columna=sin]"));
    this.#listen();
  }

  #listen() {
    const { hub } = this;
    hub.on("all", () => this.redrawAll());
    hub.on("columns", (columnas) => this.redraw(columnas));
    hub.on("tickets", (ids) => this.redrawTickets(ids));
    hub.on("layout", () => this.redrawRepartidor());
    hub.on("novedad", (_novedad, tocadas) => this.redraw(tocadas));
    hub.on("presencia", (uno, cambia) => {
      if (cambia) this.redrawRepartidor();
      this.redraw([uno.id]);
    });
    hub.on("replaced", () => this.redrawAll());
    hub.on("hold", (si) => this.#quiet(si));
    hub.on("over", (columna) => this.cuadros.stop(columna));
    hub.on("hand", (ids) => {
      this.#quiet(ids !== null);
      if (ids === null) this.cuadros.stop(null);
    });
    hub.on("focus", (id) => this.foco.focus(id));
    // Without a line nobody is claimed to be online.
    hub.on("missing", (falta) => {
      if (presencias.viejas === falta) return;
      presencias.viejas = falta;
      this.redrawRepartidor();
    });
  }

  /** Draws everything anew at the next frame. */
  redrawAll() {
    this.redraw(this.columnas.keys());
    this.redrawRepartidor();
  }

  /** Draws these columns at the next frame. */
  redraw(columnas) {
    this.cuadros.mark(columnas);
  }

  /** Draws the columns of these tickets at the next frame. */
  redrawTickets(ids) {
    this.redraw(
      [...ids].filter((id) => this.store.tickets.has(id)).map((id) => this.store.columna(id)),
    );
  }

  /** A repartidor came, went or changed presence. */
  redrawRepartidor() {
    this.estructura = true;
    this.cuadros.request();
  }

  #quiet(quieta) {
    if (this.tira.quiet(quieta)) this.redrawRepartidor();
  }

  /** Draws what is marked now; called by itself once a frame. */
  draw() {
    const desde = performance.now();
    const giveFocusBack = this.foco.remember();
    if (this.estructura) this.#layOut();
    const dibujadas = [];
    for (const columna of this.cuadros.due(desde)) {
      dibujadas.push(columna);
      if (this.columnas.has(columna)) this.#drawColumna(columna);
    }
    // A column came to have tickets off duty, or lost its last one.
    if (this.estructura) this.#layOut();
    giveFocusBack();
    this.hub.tell("drawn", dibujadas);
  }

  #layOut() {
    const { tira, columnas, opciones } = this;
    this.estructura = false;
    const orden = tira.orden();
    for (const uno of orden) {
      if (!columnas.has(uno.id)) this.#create(uno.id, tira.drawn(uno.id) ?? clone("columna"));
      const columna = columnas.get(uno.id);
      drawCabeza(columna, uno, opciones.reloj());
      columna.elemento.toggleAttribute(
        "data-fijada",
        opciones.preferencias.fijadas.includes(uno.id),
      );
    }
    const ids = new Set([SIN_ASIGNAR, ...orden.map((uno) => uno.id)]);
    for (const [id, columna] of columnas) {
      if (ids.has(id)) continue;
      columna.elemento.remove();
      columnas.delete(id);
    }
    tira.arrange(orden, columnas);
  }

  #create(id, elemento) {
    const columna = newColumna(id, elemento);
    const { parte, ficha } = columna;
    if (ficha) this.hub.tell("columna", id, ficha);
    parte.mas.addEventListener("click", () => {
      columna.todas = true;
      this.redraw([id]);
    });
    parte.nuevos.addEventListener("click", () => {
      // They may stand behind "Ver más".
      columna.todas = true;
      this.cuadros.sucias.add(id);
      this.draw();
      this.opciones.nuevos.show(columna.ids);
    });
    parte.hechos?.addEventListener("toggle", () => this.redraw([id]));
    this.columnas.set(id, columna);
    this.cuadros.sucias.add(id);
    this.hub.tell("columna", id, elemento);
  }

  #drawColumna(id) {
    const columna = this.columnas.get(id);
    const { parte } = columna;
    const { filtro, reloj, nuevos } = this.opciones;
    const ahora = reloj();
    const { store } = this;
    const orden = store.orden(id);
    const filtrada = filtra(filtro);
    const pasan = filtrada ? orden.filter((uno) => store.matches(uno, filtro, ahora)) : orden;
    const visibles =
      columna.todas || pasan.length <= PRIMERAS + 5 ? pasan : pasan.slice(0, PRIMERAS);
    const lugares = new Map(orden.map((uno, lugar) => [uno, lugar + 1]));
    arrange(
      parte.lista,
      visibles.map((uno) => this.tarjetas.draw(uno, ahora, lugares.get(uno), orden.length)),
    );
    columna.ids = orden;
    makeTabbable(parte.lista);
    setText(
      parte.mas,
      visibles.length < pasan.length ? `Ver ${pasan.length - visibles.length} más` : "",
    );
    setText(parte.nuevos, nuevos.texto(pasan));
    const vacio = filtrada && orden.length ? "Ninguno coincide." : parte.vacio.dataset.texto;
    setText(parte.vacio, pasan.length ? "" : vacio);
    if (id === SIN_ASIGNAR)
      return setText(
        parte.cantidad,
        filtrada ? `${pasan.length} de ${orden.length}` : String(orden.length),
      );
    if (this.tira.shows(id) !== columna.elemento.isConnected) this.estructura = true;
    const hechos = store.hechos(id);
    drawCabeza(columna, store.repartidores.get(id), ahora);
    const hoy = store.hechosDe(id, ahora);
    drawCuentas(parte, store.repartidores.get(id), orden.length, hoy);
    drawHechos(
      parte,
      filtrada ? hechos.filter((uno) => store.matches(uno.id, filtro, ahora)) : hechos,
      hoy,
      Boolean(filtro.ver || filtro.estado),
      ahora,
    );
  }
}
