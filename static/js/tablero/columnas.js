// Draws the board from the store: one column a repartidor, patched card by card, once per animation frame.
import { ABIERTOS } from "../words/acciones.js";
import { campos, clonar, ordenar, texto } from "../page/template.js";
import { ordenDeColumnas, SIN_ASIGNAR } from "./store.js";
import { dibujarCabeza, dibujarCuentas, dibujarHechos } from "./columna.js";
import { filtra } from "./criterio.js";
import { Foco, tabular } from "./focus.js";
import { llenarTarjeta, nuevaTarjeta } from "./tarjeta.js";

/** A column shows this many cards at first; "Ver más" shows the rest. The search looks through all. */
const PRIMERAS = 40;
/** For so long it draws in one frame. */
const CUADRO_MS = 8;
/** For so long a column under a dragged card holds still. */
const DETENIDA_MS = 3_000;

export class Columnas {
  /**
   * @param {HTMLElement} raiz
   * @param {import("./store.js").Almacen} almacen
   * @param {object} opciones
   * @param {() => number} opciones.reloj
   * @param {Record<string, string>} opciones.filtro what is shown, as the header says (criterio.js)
   * @param {{fijadas: number[]}} opciones.preferencias
   * @param {Set<number>} opciones.elegidas ids of the selected tickets
   * @param {import("./nuevos.js").Nuevos} opciones.nuevos
   * @param {(id: number) => string} opciones.miran which other admin is at a ticket, in words
   * @param {Function} [opciones.alCrearTarjeta]
   * @param {Function} [opciones.alCrearColumna]
   * @param {Function} [opciones.alDibujar]
   */
  constructor(raiz, almacen, opciones) {
    Object.assign(this, { raiz, almacen, opciones });
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
    this.#crear(SIN_ASIGNAR, raiz.querySelector("[data-columna=sin]"));
  }

  /** Draws everything anew at the next frame. */
  pintarTodo() {
    this.pintar(this.columnas.keys());
    this.pintarRepartidor();
  }

  /** Draws these columns at the next frame. */
  pintar(columnas) {
    for (const columna of columnas) this.sucias.add(columna);
    if (this.sucias.size) this.#pedirCuadro();
  }

  /** Draws the columns of these tickets at the next frame. */
  pintarTickets(ids) {
    this.pintar(
      [...ids].filter((id) => this.almacen.tickets.has(id)).map((id) => this.almacen.columna(id)),
    );
  }

  /** A repartidor came, went or changed presence. */
  pintarRepartidor() {
    this.estructura = true;
    this.#pedirCuadro();
  }

  /** While the person drags, opens a menu or has the focus in it, columns do not change their order. */
  aquietar(quieta) {
    if (quieta === this.quieta) return;
    this.quieta = quieta;
    // Whoever is off duty can be given tickets too, so they have to be seen.
    if (quieta) this.fueraAbierta = this.fuera.open;
    this.fuera.open = quieta || this.fueraAbierta;
    if (!quieta) this.pintarRepartidor();
  }

  /** The column under the dragged card holds still for a while, so that the target does not slide; null: none. */
  detener(columna) {
    if (columna === this.detenida?.columna) return;
    this.detenida = columna === null ? null : { columna, hasta: performance.now() + DETENIDA_MS };
    this.#pedirCuadro();
  }

  resaltar(id) {
    this.resaltadas.add(id);
    setTimeout(() => {
      this.resaltadas.delete(id);
      this.tarjetas.get(id)?.classList.remove("nueva");
    }, 4_000);
  }

  #pedirCuadro() {
    if (this.cuadro) return;
    this.cuadro = true;
    const dibujar = () => {
      this.cuadro = false;
      this.dibujar();
    };
    if (document.hidden) setTimeout(dibujar, 50);
    else requestAnimationFrame(dibujar);
  }

  /** Draws what is marked now; called by itself once a frame. */
  dibujar() {
    const devolverFoco = this.foco.recordar();
    const hasta = performance.now() + CUADRO_MS;
    if (this.estructura) this.#estructurar();
    const { detenida } = this;
    const espera =
      detenida && performance.now() < detenida.hasta && this.sucias.delete(detenida.columna);
    const sucias = [];
    for (const columna of this.sucias) {
      // Both ends of a move always in one frame; of many, the rest at the next: a click in between is not kept waiting.
      if (sucias.length > 3 && performance.now() > hasta) {
        this.#pedirCuadro();
        break;
      }
      this.sucias.delete(columna);
      sucias.push(columna);
      if (this.columnas.has(columna)) this.#dibujarColumna(columna);
    }
    if (espera) {
      this.sucias.add(detenida.columna);
      setTimeout(() => this.#pedirCuadro(), detenida.hasta - performance.now());
    }
    // A column came to have tickets off duty, or lost its last one.
    if (this.estructura) this.#estructurar();
    devolverFoco();
    this.opciones.alDibujar?.(sucias);
  }

  #estructurar() {
    const { almacen, opciones } = this;
    this.estructura = false;
    const activos = [...almacen.repartidores.values()].filter(
      (uno) => uno.activo || almacen.orden(uno.id).length || almacen.debe(uno.id),
    );
    const orden = ordenDeColumnas(activos, opciones.preferencias.fijadas);
    for (const uno of orden) {
      if (!this.columnas.has(uno.id))
        this.#crear(
          uno.id,
          this.tira.querySelector(`[data-columna="${uno.id}"]`) ?? clonar("columna"),
        );
      dibujarCabeza(this.columnas.get(uno.id), uno, opciones.reloj());
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
    ordenar(this.tira, en);
    const fuera = orden
      .filter((uno) => !visible(uno))
      .map((uno) => this.columnas.get(uno.id).ficha);
    ordenar(this.fueraLista, fuera);
    this.fuera.hidden = fuera.length === 0;
    this.nadie.hidden = orden.length > 0;
    texto(this.fuera.querySelector("[data-campo=titulo]"), `Fuera de turno (${fuera.length})`);
    opciones.alEstructurar?.(orden.filter(visible));
  }

  /** Whether a repartidor has a column, and not only a token. */
  #visible(id) {
    const { filtro, preferencias } = this.opciones;
    if (filtro.repartidor && filtro.repartidor !== String(id)) return false;
    return (
      this.almacen.repartidores.get(id)?.en_turno ||
      preferencias.fijadas.includes(id) ||
      this.almacen.orden(id).length > 0 ||
      this.almacen.debe(id)
    );
  }

  #crear(id, elemento) {
    const parte = campos(elemento.querySelector("header"));
    for (const uno of elemento.querySelectorAll(":scope > [data-campo]"))
      parte[uno.dataset.campo] = uno;
    Object.assign(parte, parte.hechos && campos(parte.hechos));
    const columna = { id, elemento, parte, todas: false };
    if (id !== SIN_ASIGNAR) {
      elemento.dataset.columna = id;
      parte.nombre.id = `columna-${id}`;
      elemento.setAttribute("aria-labelledby", parte.nombre.id);
      columna.ficha = clonar("ficha");
      columna.ficha.dataset.columna = id;
      columna.suyo = campos(columna.ficha);
      this.opciones.alCrearColumna?.(id, columna.ficha);
    }
    parte.mas.addEventListener("click", () => {
      columna.todas = true;
      this.pintar([id]);
    });
    parte.nuevos.addEventListener("click", () => {
      // They may stand behind "Ver más".
      columna.todas = true;
      this.sucias.add(id);
      this.dibujar();
      this.opciones.nuevos.mostrar(columna.ids);
    });
    parte.hechos?.addEventListener("toggle", () => this.pintar([id]));
    this.columnas.set(id, columna);
    this.sucias.add(id);
    this.opciones.alCrearColumna?.(id, elemento);
  }

  #dibujarColumna(id) {
    const columna = this.columnas.get(id);
    const { parte } = columna;
    const { filtro, reloj, nuevos } = this.opciones;
    const ahora = reloj();
    const { almacen } = this;
    const orden = almacen.orden(id);
    const filtrada = filtra(filtro);
    const pasan = filtrada ? orden.filter((uno) => almacen.coincide(uno, filtro, ahora)) : orden;
    const visibles =
      columna.todas || pasan.length <= PRIMERAS + 5 ? pasan : pasan.slice(0, PRIMERAS);
    const lugares = new Map(orden.map((uno, lugar) => [uno, lugar + 1]));
    ordenar(
      parte.lista,
      visibles.map((uno) => this.#tarjeta(uno, ahora, lugares.get(uno), orden.length)),
    );
    columna.ids = orden;
    tabular(parte.lista);
    texto(
      parte.mas,
      visibles.length < pasan.length ? `Ver ${pasan.length - visibles.length} más` : "",
    );
    texto(parte.nuevos, nuevos.texto(pasan));
    texto(
      parte.vacio,
      pasan.length
        ? ""
        : filtrada && orden.length
          ? "Ninguno coincide."
          : parte.vacio.dataset.texto,
    );
    if (id === SIN_ASIGNAR)
      return texto(
        parte.cantidad,
        filtrada ? `${pasan.length} de ${orden.length}` : String(orden.length),
      );
    if (Boolean(this.#visible(id)) !== columna.elemento.isConnected) this.estructura = true;
    const hechos = almacen.hechos(id);
    dibujarCabeza(columna, almacen.repartidores.get(id), ahora);
    const hoy = almacen.hechosDe(id, ahora);
    dibujarCuentas(parte, almacen.repartidores.get(id), orden.length, hoy);
    dibujarHechos(
      parte,
      filtrada ? hechos.filter((uno) => almacen.coincide(uno.id, filtro, ahora)) : hechos,
      hoy,
      Boolean(filtro.ver || filtro.estado),
      ahora,
    );
  }

  #tarjeta(id, ahora, posicion, total) {
    const { elegidas, miran, nuevos } = this.opciones;
    let tarjeta = this.tarjetas.get(id);
    if (!tarjeta) {
      tarjeta = nuevaTarjeta(id, this.dibujadas.get(id));
      this.dibujadas.delete(id);
      this.tarjetas.set(id, tarjeta);
      this.opciones.alCrearTarjeta?.(id, tarjeta);
      nuevos.vigilar(id, tarjeta);
    }
    const sobre = this.almacen.sobre.get(id);
    llenarTarjeta(tarjeta, this.almacen.tickets.get(id), {
      sobre,
      ahora,
      posicion,
      total,
      elegida: elegidas.has(id),
      miran: miran(id),
    });
    tarjeta.classList.toggle("nueva", this.resaltadas.has(id));
    return tarjeta;
  }

  /** Removes cards of tickets that are closed, or that the store no longer has. */
  olvidarSobrantes() {
    for (const [id, tarjeta] of this.tarjetas) {
      if (ABIERTOS.has(this.almacen.tickets.get(id)?.estado)) continue;
      tarjeta.remove();
      this.tarjetas.delete(id);
    }
  }
}
