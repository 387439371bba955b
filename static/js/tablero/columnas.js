// Draws the board from the store: one column a repartidor, patched card by card, once per animation frame.
import { ABIERTOS } from "../nucleo/acciones.js";
import { campos, clonar, ordenar, texto } from "../nucleo/plantilla.js";
import { ordenDeColumnas, SIN_ASIGNAR } from "./almacen.js";
import { dibujarCabeza, dibujarCarga, dibujarHechos } from "./columna.js";
import { llenarTarjeta, nuevaTarjeta } from "./tarjeta.js";

/** A column shows this many cards at first; "Ver más" shows the rest. The search looks through all. */
const PRIMERAS = 40;

export class Columnas {
  /**
   * @param {HTMLElement} raiz
   * @param {import("./almacen.js").Almacen} almacen
   * @param {{tope: number, reloj: () => number, alCrearTarjeta?: Function, alCrearColumna?: Function}} opciones
   */
  constructor(raiz, almacen, opciones) {
    Object.assign(this, { almacen, opciones });
    this.tira = raiz.querySelector("[data-tira]");
    this.fuera = raiz.querySelector("[data-fuera]");
    this.nadie = raiz.querySelector("[data-nadie]");
    this.fueraLista = raiz.querySelector("[data-fuera-lista]");
    this.tarjetas = new Map();
    this.columnas = new Map();
    this.sucias = new Set();
    this.nuevas = new Set();
    this.consulta = "";
    this.filtro = null;
    this.quieta = false;
    this.#crear(SIN_ASIGNAR, raiz.querySelector("[data-columna=sin]"));
  }

  /** Draws everything anew at the next frame. */
  pintarTodo() {
    for (const columna of this.columnas.keys()) this.sucias.add(columna);
    this.estructura = true;
    this.#pedirCuadro();
  }

  /** Draws these columns at the next frame. */
  pintar(columnas) {
    for (const columna of columnas) this.sucias.add(columna);
    if (columnas.size ?? columnas.length) this.#pedirCuadro();
  }

  /** A repartidor came, went or changed presence. */
  pintarRepartidor() {
    this.estructura = true;
    this.#pedirCuadro();
  }

  /** While the person drags, opens a menu or has the focus in it, columns do not change their order. */
  aquietar(quieta) {
    this.quieta = quieta;
    // Whoever is off duty can be given tickets too, so they have to be seen.
    if (quieta) this.fuera.open = true;
    if (!quieta) this.pintarRepartidor();
  }

  resaltar(id) {
    this.nuevas.add(id);
    setTimeout(() => {
      this.nuevas.delete(id);
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
    const foco = document.activeElement;
    if (this.estructura) this.#estructurar();
    const sucias = [...this.sucias];
    this.sucias.clear();
    for (const columna of sucias) if (this.columnas.has(columna)) this.#dibujarColumna(columna);
    // A column came to have tickets off duty, or lost its last one.
    if (this.estructura) this.#estructurar();
    // The focus follows its card into another column.
    if (foco !== document.activeElement && foco?.isConnected) foco.focus({ preventScroll: false });
    this.opciones.alDibujar?.(sucias);
  }

  #estructurar() {
    const { almacen } = this;
    this.estructura = false;
    const activos = [...almacen.repartidores.values()].filter((uno) => uno.activo || almacen.orden(uno.id).length);
    const visible = (uno) => this.#visible(uno.id);
    const orden = ordenDeColumnas(activos);
    for (const uno of orden) {
      if (!this.columnas.has(uno.id)) this.#crear(uno.id, clonar("columna"));
      dibujarCabeza(this.columnas.get(uno.id), uno, this.opciones.reloj());
    }
    const ids = new Set(orden.map((uno) => uno.id));
    for (const [id, columna] of this.columnas) {
      if (id === SIN_ASIGNAR || ids.has(id)) continue;
      columna.elemento.remove();
      this.columnas.delete(id);
    }
    const puestas = [...this.tira.children].filter((hijo) => hijo.isConnected);
    const quietos = this.quieta || this.tira.contains(document.activeElement);
    let en = orden.filter(visible).map((uno) => this.columnas.get(uno.id).elemento);
    // Where somebody is working columns keep their places; new ones come last until the hands are off.
    if (quietos) en = [...puestas.filter((hijo) => en.includes(hijo)), ...en.filter((hijo) => !puestas.includes(hijo))];
    ordenar(this.tira, en);
    const fuera = orden.filter((uno) => !visible(uno)).map((uno) => this.columnas.get(uno.id).ficha);
    ordenar(this.fueraLista, fuera);
    this.fuera.hidden = fuera.length === 0;
    this.nadie.hidden = orden.length > 0;
    texto(this.fuera.querySelector("[data-campo=titulo]"), `Fuera de turno (${fuera.length})`);
  }

  /** Whether a repartidor has a column, and not only a token. */
  #visible(id) {
    return this.almacen.repartidores.get(id)?.en_turno || this.almacen.orden(id).length > 0;
  }

  #crear(id, elemento) {
    const parte = campos(elemento);
    const columna = { id, elemento, parte, todas: false };
    if (id !== SIN_ASIGNAR) {
      elemento.dataset.columna = id;
      parte.nombre.id = `columna-${id}`;
      elemento.setAttribute("aria-labelledby", parte.nombre.id);
      columna.ficha = clonar("ficha");
      columna.ficha.dataset.columna = id;
      columna.suyo = campos(columna.ficha);
      this.opciones.alCrearColumna?.(id, columna.ficha, null);
    }
    parte.mas.addEventListener("click", () => {
      columna.todas = true;
      this.pintar([id]);
    });
    parte.hechos?.addEventListener("toggle", () => this.pintar([id]));
    this.columnas.set(id, columna);
    this.sucias.add(id);
    this.opciones.alCrearColumna?.(id, elemento, parte.lista);
  }

  #dibujarColumna(id) {
    const columna = this.columnas.get(id);
    const { parte } = columna;
    const ahora = this.opciones.reloj();
    const { almacen, consulta, filtro } = this;
    const orden = almacen.orden(id);
    const filtrada = Boolean(consulta || filtro);
    const pasan = filtrada ? orden.filter((uno) => almacen.coincide(uno, consulta, filtro, ahora)) : orden;
    const visibles = columna.todas || pasan.length <= PRIMERAS + 5 ? pasan : pasan.slice(0, PRIMERAS);
    const elementos = visibles.map((uno) => this.#tarjeta(uno, ahora, orden.indexOf(uno) + 1, orden.length));
    ordenar(parte.lista, elementos);
    this.#ponerParada(parte.lista);
    texto(parte.mas, visibles.length < pasan.length ? `Ver ${pasan.length - visibles.length} más` : "");
    texto(parte.cantidad, filtrada ? `${pasan.length} de ${orden.length}` : String(orden.length));
    texto(parte.vacio, pasan.length ? "" : filtrada && orden.length ? "Ninguno coincide." : parte.vacio.dataset.texto);
    if (id === SIN_ASIGNAR) return;
    if (this.#visible(id) !== columna.elemento.isConnected) this.estructura = true;
    dibujarCabeza(columna, almacen.repartidores.get(id), ahora);
    dibujarCarga(parte, orden.length, this.opciones.tope);
    const hechos = almacen.hechos(id).filter((uno) => !filtrada || almacen.coincide(uno.id, consulta, filtro, ahora));
    dibujarHechos(parte, hechos, Boolean(filtro));
  }

  #tarjeta(id, ahora, posicion, total) {
    let tarjeta = this.tarjetas.get(id);
    if (!tarjeta) {
      tarjeta = nuevaTarjeta(id);
      this.tarjetas.set(id, tarjeta);
      this.opciones.alCrearTarjeta?.(id, tarjeta);
    }
    const ticket = this.almacen.tickets.get(id);
    llenarTarjeta(tarjeta, ticket, { sobre: this.almacen.sobre.get(id), ahora, posicion, total });
    tarjeta.classList.toggle("nueva", this.nuevas.has(id));
    return tarjeta;
  }

  /** One Tab stop a column: the card where one was last, else the first. */
  #ponerParada(lista) {
    const paradas = [...lista.children];
    const actual = paradas.find((uno) => uno.contains(document.activeElement)) ?? paradas.find((uno) => uno.dataset.parada) ?? paradas[0];
    for (const uno of paradas) this.#tabulable(uno, uno === actual);
  }

  /** Makes this card its column's Tab stop. */
  parar(tarjeta) {
    for (const uno of tarjeta.parentElement.children) this.#tabulable(uno, uno === tarjeta);
  }

  #tabulable(tarjeta, si) {
    if (si) tarjeta.dataset.parada = "si";
    else delete tarjeta.dataset.parada;
    const indice = si ? 0 : -1;
    for (const foco of tarjeta.querySelectorAll("a, button")) if (foco.tabIndex !== indice) foco.tabIndex = indice;
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
