// Several tickets at once: Ctrl or Shift and a click, the box of a card, a long press on a touch screen, a whole column.
// What the filter hides stays selected, is said in the bar, and no act touches it.
import { ABIERTOS } from "../words/acciones.js";
import { avisar } from "../page/avisos.js";
import { cuantos, pagaEnLaPuerta, pesosJustos } from "../words/formats.js";
import { campos, texto } from "../page/template.js";
import { mensajeDe, pedir } from "../stream/requests.js";
import { cuantosBultos } from "./tarjeta.js";

const LARGO_MS = 450;
const QUIETO_PX = 10;

export class Seleccion {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.barra
   * @param {import("./store.js").Almacen} parts.almacen
   * @param {Set<number>} parts.elegidas filled here, drawn by the columns
   * @param {(id: number) => boolean} parts.pasa whether the filter shows a ticket
   * @param {(ids: Iterable<number>) => void} parts.pintar
   * @param {(ids: number[]) => void} parts.mover asks where to
   * @param {(ticket: object) => void} parts.poner takes what the server says of a ticket
   * @param {(id: number) => void} parts.enfocar
   */
  constructor({ raiz, barra, almacen, elegidas, pasa, pintar, mover, poner, enfocar }) {
    Object.assign(this, {
      raiz,
      barra,
      almacen,
      elegidas,
      pasa,
      pintar,
      poner,
      enfocar,
      parte: campos(barra),
      ultima: null,
    });
    this.parte.mover.addEventListener("click", () => mover(this.enOrden()));
    this.parte.cancelar.addEventListener("click", () => this.soltar());
    this.parte.prioridad.addEventListener("change", () =>
      this.#priorizar(this.parte.prioridad.value),
    );
    raiz.addEventListener("change", (event) => {
      if (event.target.matches(".tarjeta-elegir"))
        this.elegir([idDe(event.target)], event.target.checked);
    });
    this.#escucharDedo();
  }

  /** Takes a click that selects; false when it is an ordinary one. */
  toca(event, tarjeta) {
    if (event.target.closest(".tarjeta-elegir, button"))
      return event.target.matches(".tarjeta-elegir");
    const id = idDe(tarjeta);
    if (event.shiftKey) this.#rango(id);
    else if (event.ctrlKey || event.metaKey || this.tactil) this.alternar(id);
    else return false;
    event.preventDefault();
    // The keys that act on the selection act on a focused card.
    tarjeta.querySelector("a").focus({ preventScroll: true });
    return true;
  }

  alternar(id) {
    this.elegir([id], !this.elegidas.has(id));
  }

  elegir(ids, si = true) {
    for (const id of ids) this.elegidas[si ? "add" : "delete"](id);
    this.ultima = si ? (ids.at(-1) ?? null) : null;
    this.#cambio(ids);
  }

  /** Lets go of all, or of these. */
  soltar(ids = [...this.elegidas]) {
    const tenia = this.barra.contains(document.activeElement);
    for (const id of ids) this.elegidas.delete(id);
    this.#cambio(ids);
    if (tenia && this.barra.hidden) this.enfocar(this.ultima ?? ids[0]);
  }

  /** To the bar with what can be done with them. */
  irALaBarra() {
    if (!this.barra.hidden) this.parte.mover.focus();
  }

  /** What an act on this card is about: the whole selection when it is one of it. */
  con(id) {
    return this.elegidas.has(id) ? this.enOrden() : [id];
  }

  /** What a key on this card is about: the selection, wherever the focus went on to. */
  porTecla(id) {
    const elegidas = this.enOrden();
    return elegidas.length ? elegidas : [id];
  }

  /** The selected ones that are seen, as they stand on the board: by column, then by their order in it. */
  enOrden() {
    const columnas = [...this.raiz.querySelectorAll("section[data-columna]")].map(({ dataset }) =>
      dataset.columna === "sin" ? "sin" : Number(dataset.columna),
    );
    return columnas
      .flatMap((columna) => this.almacen.orden(columna))
      .filter((id) => this.elegidas.has(id) && this.pasa(id));
  }

  /** What a drag of this card takes along; dragging an unselected one ends the selection. */
  conEste(id) {
    if (this.elegidas.size && !this.elegidas.has(id)) this.soltar();
    return this.con(id);
  }

  /** Forgets what closed meanwhile, and says how many there are. */
  revisar() {
    for (const id of this.elegidas)
      if (!ABIERTOS.has(this.almacen.tickets.get(id)?.estado)) this.elegidas.delete(id);
    this.#mostrar();
  }

  #cambio(ids) {
    if (!this.elegidas.size) this.tactil = false;
    this.#mostrar();
    this.pintar(ids);
  }

  #mostrar() {
    const { parte, barra } = this;
    const tickets = [...this.elegidas].filter(this.pasa).map((id) => this.almacen.tickets.get(id));
    const ocultos = this.elegidas.size - tickets.length;
    barra.hidden = !this.elegidas.size;
    document.documentElement.toggleAttribute("data-seleccionando", !barra.hidden);
    if (barra.hidden) return;
    parte.mover.disabled = parte.prioridad.disabled = !tickets.length;
    texto(
      parte.ocultos,
      ocultos
        ? `y ${cuantos(ocultos, "oculto", "ocultos")} por el filtro, que no se ${ocultos === 1 ? "toca" : "tocan"}`
        : "",
    );
    const bultos = tickets.reduce((suma, uno) => suma + cuantosBultos(uno.productos), 0);
    const cobrar = tickets.reduce(
      (suma, uno) => suma + (pagaEnLaPuerta(uno.metodo_pago) ? Number(uno.total) : 0),
      0,
    );
    texto(
      parte.imprimir,
      tickets.length > 100 ? "Imprimir los primeros 100" : tickets.length ? "Imprimir" : "",
    );
    parte.imprimir.href = `/tickets/imprimir?ids=${this.enOrden().slice(0, 100)}`;
    texto(parte.cuantos, cuantos(tickets.length, "seleccionado", "seleccionados"));
    texto(
      parte.suma,
      `${cuantos(bultos, "producto", "productos")} · Cobrar ${pesosJustos(cobrar)}`,
    );
  }

  /** From the one selected last to this one, when both are in one column. */
  #rango(id) {
    const columna = this.almacen.columna(id);
    const orden = this.almacen.orden(columna);
    const desde = this.ultima === null ? -1 : orden.indexOf(this.ultima);
    const hasta = orden.indexOf(id);
    const vistos = new Set(
      [...this.raiz.querySelectorAll(`section[data-columna="${columna}"] .tarjeta`)].map(idDe),
    );
    const rango =
      desde < 0
        ? [id]
        : orden
            .slice(Math.min(desde, hasta), Math.max(desde, hasta) + 1)
            .filter((uno) => vistos.has(uno));
    this.elegir(rango);
    this.ultima = id;
  }

  async #priorizar(prioridad) {
    this.parte.prioridad.value = "";
    const ids = this.enOrden();
    const mal = [];
    for (const id of ids) {
      const { version, numero } = this.almacen.tickets.get(id);
      try {
        this.poner(await pedir("PATCH", `/api/tickets/${id}`, { version, prioridad }));
      } catch (error) {
        mal.push(`${numero}: ${mensajeDe(error)}`);
      }
    }
    const bien = ids.length - mal.length;
    if (bien) avisar(`Prioridad ${prioridad} en ${cuantos(bien, "ticket", "tickets")}.`);
    if (mal.length)
      avisar(`La prioridad no cambió en ${cuantos(mal.length, "ticket", "tickets")}.`, {
        error: true,
        detalle: mal,
      });
  }

  /** A finger that stays on a card selects it, and from then on a tap does. */
  #escucharDedo() {
    let espera = null;
    let desde = null;
    const dejar = () => clearTimeout(espera);
    this.raiz.addEventListener("pointerdown", (event) => {
      dejar();
      const tarjeta = event.target.closest(".tarjeta");
      if (!tarjeta || event.pointerType === "mouse" || event.target.closest("button, input"))
        return;
      desde = event;
      espera = setTimeout(() => {
        navigator.vibrate?.(10);
        this.tactil = true;
        this.pulsada = true;
        this.alternar(idDe(tarjeta));
      }, LARGO_MS);
    });
    this.raiz.addEventListener("pointermove", (event) => {
      if (
        desde &&
        Math.hypot(event.clientX - desde.clientX, event.clientY - desde.clientY) > QUIETO_PX
      )
        dejar();
    });
    for (const fin of ["pointerup", "pointercancel"]) this.raiz.addEventListener(fin, dejar);
    // The press itself is no click, and opens no menu of the browser.
    this.raiz.addEventListener("contextmenu", (event) => this.pulsada && event.preventDefault());
    this.raiz.addEventListener(
      "click",
      (event) => {
        if (!this.pulsada) return;
        this.pulsada = false;
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true },
    );
    this.raiz.addEventListener("pointerdown", () => (this.pulsada = false), { capture: true });
  }
}

const idDe = (elemento) => Number(elemento.closest(".tarjeta").dataset.id);
