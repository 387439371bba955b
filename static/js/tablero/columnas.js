// Draws the board from the store: one column a repartidor, patched card by card, once per animation frame.
import { ABIERTOS } from "../words/acciones.js";
import { fields, clone, arrange, setText } from "../page/template.js";
import { ordenDeColumnas, SIN_ASIGNAR } from "./store.js";
import { drawCabeza, drawCuentas, drawHechos, presencias } from "./columna.js";
import { filtra } from "./criterio.js";
import { Foco, makeTabbable } from "./focus.js";
import { fillTarjeta, newTarjeta } from "./tarjeta.js";

/** A column shows this many cards at first; "Ver más" shows the rest. The search looks through all. */
const PRIMERAS = 40;
/** For so long it draws in one frame. */
const CUADRO_MS = 8;
/** For so long a column under a dragged card holds still. */
const DETENIDA_MS = 3_000;

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
    this.tira = raiz.querySelector("[data-tira]");
    this.fuera = raiz.querySelector("[data-fuera]");
    this.nadie = raiz.querySelector("[data-nadie]");
    this.fueraLista = raiz.querySelector("[data-fuera-lista]");
    this.foco = new Foco(this);
    this.tarjetas = new Map();
    this.columnas = new Map();
    this.sucias = new Set();
    this.resaltadas = new Set();
    this.quieta = false;
    this.detenida = null;
    // What the server drew is kept: the first look at the board is not drawn twice.
    this.dibujadas = new Map(
      [...raiz.querySelectorAll(".tarjeta[data-id]")].map((uno) => [Number(uno.dataset.id), uno]),
    );
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
    hub.on("replaced", () => {
      this.forgetLeftOver();
      this.redrawAll();
    });
    hub.on("age", () => this.forgetLeftOver());
    hub.on("hold", (si) => this.quiet(si));
    hub.on("over", (columna) => this.stop(columna));
    hub.on("hand", (ids) => {
      this.quiet(ids !== null);
      if (ids === null) this.stop(null);
    });
    hub.on("highlight", (id) => this.highlight(id));
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
    for (const columna of columnas) this.sucias.add(columna);
    if (this.sucias.size) this.#requestCuadro();
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
    this.#requestCuadro();
  }

  /** While the person drags, opens a menu or has the focus in it, columns do not change their order. */
  quiet(quieta) {
    if (quieta === this.quieta) return;
    this.quieta = quieta;
    // Whoever is off duty can be given tickets too, so they have to be seen.
    if (quieta) this.fueraAbierta = this.fuera.open;
    this.fuera.open = quieta || this.fueraAbierta;
    if (!quieta) this.redrawRepartidor();
  }

  /** The column under the dragged card holds still for a while, so that the target does not slide; null: none. */
  stop(columna) {
    if (columna === this.detenida?.columna) return;
    this.detenida = columna === null ? null : { columna, hasta: performance.now() + DETENIDA_MS };
    this.#requestCuadro();
  }

  highlight(id) {
    this.resaltadas.add(id);
    setTimeout(() => {
      this.resaltadas.delete(id);
      this.tarjetas.get(id)?.classList.remove("nueva");
    }, 4_000);
  }

  #requestCuadro() {
    if (this.cuadro) return;
    this.cuadro = true;
    const draw = () => {
      this.cuadro = false;
      this.draw();
    };
    if (document.hidden) setTimeout(draw, 50);
    else requestAnimationFrame(draw);
  }

  /** Draws what is marked now; called by itself once a frame. */
  draw() {
    const giveFocusBack = this.foco.remember();
    const hasta = performance.now() + CUADRO_MS;
    if (this.estructura) this.#layOut();
    const { detenida } = this;
    const espera =
      detenida && performance.now() < detenida.hasta && this.sucias.delete(detenida.columna);
    const sucias = [];
    for (const columna of this.sucias) {
      // Both ends of a move always in one frame; of many, the rest at the next: a click in between is not kept waiting.
      if (sucias.length > 3 && performance.now() > hasta) {
        this.#requestCuadro();
        break;
      }
      this.sucias.delete(columna);
      sucias.push(columna);
      if (this.columnas.has(columna)) this.#drawColumna(columna);
    }
    if (espera) {
      this.sucias.add(detenida.columna);
      setTimeout(() => this.#requestCuadro(), detenida.hasta - performance.now());
    }
    // A column came to have tickets off duty, or lost its last one.
    if (this.estructura) this.#layOut();
    giveFocusBack();
    this.hub.tell("drawn", sucias);
  }

  #layOut() {
    const { store, opciones } = this;
    this.estructura = false;
    const activos = [...store.repartidores.values()].filter(
      (uno) => uno.activo || store.orden(uno.id).length || store.debe(uno.id),
    );
    const orden = ordenDeColumnas(activos, opciones.preferencias.fijadas);
    for (const uno of orden) {
      if (!this.columnas.has(uno.id))
        this.#create(
          uno.id,
          this.tira.querySelector(`[data-columna="${uno.id}"]`) ?? clone("columna"),
        );
      drawCabeza(this.columnas.get(uno.id), uno, opciones.reloj());
      this.columnas
        .get(uno.id)
        .elemento.toggleAttribute("data-fijada", opciones.preferencias.fijadas.includes(uno.id));
    }
    const ids = new Set(orden.map((uno) => uno.id));
    for (const [id, columna] of this.columnas) {
      if (id === SIN_ASIGNAR || ids.has(id)) continue;
      columna.elemento.remove();
      this.columnas.delete(id);
    }
    const puestas = [...this.tira.children];
    const quietos = this.quieta || this.tira.contains(document.activeElement);
    // Where somebody is working no column comes between or goes away; new ones stand last until the hands are off.
    const visible = (uno) =>
      this.#visible(uno.id) || (quietos && this.columnas.get(uno.id).elemento.isConnected);
    let en = orden.filter(visible).map((uno) => this.columnas.get(uno.id).elemento);
    if (quietos)
      en = [
        ...puestas.filter((hijo) => en.includes(hijo)),
        ...en.filter((hijo) => !puestas.includes(hijo)),
      ];
    arrange(this.tira, en);
    const fuera = orden
      .filter((uno) => !visible(uno))
      .map((uno) => this.columnas.get(uno.id).ficha);
    arrange(this.fueraLista, fuera);
    this.fuera.hidden = fuera.length === 0;
    this.nadie.hidden = orden.length > 0;
    setText(this.fuera.querySelector("[data-campo=titulo]"), `Fuera de turno (${fuera.length})`);
    this.hub.tell("columnas", orden.filter(visible));
  }

  /** Whether a repartidor has a column, and not only a token. */
  #visible(id) {
    const { filtro, preferencias } = this.opciones;
    if (filtro.repartidor && filtro.repartidor !== String(id)) return false;
    return (
      this.store.repartidores.get(id)?.en_turno ||
      preferencias.fijadas.includes(id) ||
      this.store.orden(id).length > 0 ||
      this.store.debe(id)
    );
  }

  #create(id, elemento) {
    const parte = fields(elemento.querySelector("header"));
    for (const uno of elemento.querySelectorAll(":scope > [data-campo]"))
      parte[uno.dataset.campo] = uno;
    Object.assign(parte, parte.hechos && fields(parte.hechos));
    const columna = { id, elemento, parte, todas: false };
    if (id !== SIN_ASIGNAR) {
      elemento.dataset.columna = id;
      parte.nombre.id = `columna-${id}`;
      elemento.setAttribute("aria-labelledby", parte.nombre.id);
      columna.ficha = clone("ficha");
      columna.ficha.dataset.columna = id;
      columna.suyo = fields(columna.ficha);
      this.hub.tell("columna", id, columna.ficha);
    }
    parte.mas.addEventListener("click", () => {
      columna.todas = true;
      this.redraw([id]);
    });
    parte.nuevos.addEventListener("click", () => {
      // They may stand behind "Ver más".
      columna.todas = true;
      this.sucias.add(id);
      this.draw();
      this.opciones.nuevos.show(columna.ids);
    });
    parte.hechos?.addEventListener("toggle", () => this.redraw([id]));
    this.columnas.set(id, columna);
    this.sucias.add(id);
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
      visibles.map((uno) => this.#tarjeta(uno, ahora, lugares.get(uno), orden.length)),
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
    if (Boolean(this.#visible(id)) !== columna.elemento.isConnected) this.estructura = true;
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

  #tarjeta(id, ahora, posicion, total) {
    const { elegidas, mirando, nuevos } = this.opciones;
    let tarjeta = this.tarjetas.get(id);
    if (!tarjeta) {
      tarjeta = newTarjeta(id, this.dibujadas.get(id));
      this.dibujadas.delete(id);
      this.tarjetas.set(id, tarjeta);
      this.hub.tell("tarjeta", id, tarjeta);
      nuevos.observe(id, tarjeta);
    }
    const sobre = this.store.sobre.get(id);
    fillTarjeta(tarjeta, this.store.tickets.get(id), {
      sobre,
      ahora,
      posicion,
      total,
      elegida: elegidas.has(id),
      miran: mirando.texto(id),
    });
    tarjeta.classList.toggle("nueva", this.resaltadas.has(id));
    return tarjeta;
  }

  /** Removes cards of tickets that are closed, or that the store no longer has. */
  forgetLeftOver() {
    for (const [id, tarjeta] of this.tarjetas) {
      if (ABIERTOS.has(this.store.tickets.get(id)?.estado)) continue;
      tarjeta.remove();
      this.tarjetas.delete(id);
    }
  }
}
