// Several tickets at once: Ctrl or Shift and a click, the box of a card, a long press on a touch screen, a whole column.
// What the filter hides stays selected, is said in the bar, and no act touches it.
import { ABIERTOS } from "../words/acciones.js";
import { notify } from "../page/avisos.js";
import { cuantos, pesosJustos, seCobra } from "../words/formats.js";
import { fields, setText } from "../page/template.js";
import { mensajeDe, request } from "../stream/requests.js";
import { listenDedo } from "./dedo.js";
import { cuantosBultos } from "./tarjeta.js";

export class Seleccion {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.raiz
   * @param {HTMLElement} parts.barra
   * @param {import("./store.js").Store} parts.store
   * @param {(id: number) => boolean} parts.pasa whether the filter shows a ticket
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ raiz, barra, store, pasa, hub }) {
    this.raiz = raiz;
    this.barra = barra;
    this.store = store;
    this.pasa = pasa;
    this.hub = hub;
    this.elegidas = new Set();
    this.parte = fields(barra);
    this.ultima = null;
    this.parte.mover.addEventListener("click", () => hub.tell("destino", this.enOrden()));
    this.parte.cancelar.addEventListener("click", () => this.release());
    this.parte.prioridad.addEventListener("change", () =>
      this.#prioritize(this.parte.prioridad.value),
    );
    raiz.addEventListener("change", (event) => {
      if (event.target.matches(".tarjeta-elegir"))
        this.choose([idDe(event.target)], event.target.checked);
    });
    listenDedo(this);
    hub.on("drawn", () => this.elegidas.size && this.review());
    hub.on("replaced", () => this.review());
    hub.on("novedad", ({ ticket_id }) => this.elegidas.has(ticket_id) && this.review());
    hub.on("moving", (ids) => ids.every((id) => this.elegidas.has(id)) && this.release(ids));
  }

  /** Takes a click that selects; false when it is an ordinary one. */
  toca(event, tarjeta) {
    if (event.target.closest(".tarjeta-elegir, button"))
      return event.target.matches(".tarjeta-elegir");
    const id = idDe(tarjeta);
    if (event.shiftKey) this.#rango(id);
    else if (event.ctrlKey || event.metaKey || this.tactil) this.toggle(id);
    else return false;
    event.preventDefault();
    // The keys that act on the selection act on a focused card.
    tarjeta.querySelector("a").focus({ preventScroll: true });
    return true;
  }

  toggle(id) {
    this.choose([id], !this.elegidas.has(id));
  }

  choose(ids, si = true) {
    for (const id of ids) this.elegidas[si ? "add" : "delete"](id);
    this.ultima = si ? (ids.at(-1) ?? null) : null;
    this.#cambio(ids);
  }

  /** Lets go of all, or of these. */
  release(ids = [...this.elegidas]) {
    const tenia = this.barra.contains(document.activeElement);
    for (const id of ids) this.elegidas.delete(id);
    this.#cambio(ids);
    if (tenia && this.barra.hidden) this.hub.tell("focus", this.ultima ?? ids[0]);
  }

  /** To the bar with what can be done with them. */
  goToBarra() {
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
      .flatMap((columna) => this.store.orden(columna))
      .filter((id) => this.elegidas.has(id) && this.pasa(id));
  }

  /** What a drag of this card takes along; dragging an unselected one ends the selection. */
  conEste(id) {
    if (this.elegidas.size && !this.elegidas.has(id)) this.release();
    return this.con(id);
  }

  /** Forgets what closed meanwhile, and says how many there are. */
  review() {
    for (const id of this.elegidas)
      if (!ABIERTOS.has(this.store.tickets.get(id)?.estado)) this.elegidas.delete(id);
    this.#show();
  }

  #cambio(ids) {
    if (!this.elegidas.size) this.tactil = false;
    this.#show();
    this.hub.tell("tickets", ids);
  }

  #show() {
    const { parte, barra } = this;
    const tickets = [...this.elegidas].filter(this.pasa).map((id) => this.store.tickets.get(id));
    const ocultos = this.elegidas.size - tickets.length;
    barra.hidden = !this.elegidas.size;
    document.documentElement.toggleAttribute("data-seleccionando", !barra.hidden);
    if (barra.hidden) return;
    parte.mover.disabled = parte.prioridad.disabled = !tickets.length;
    setText(
      parte.ocultos,
      ocultos
        ? `y ${cuantos(ocultos, "oculto", "ocultos")} por el filtro, que no se ${ocultos === 1 ? "toca" : "tocan"}`
        : "",
    );
    const bultos = tickets.reduce((suma, uno) => suma + cuantosBultos(uno.productos), 0);
    const cobrar = tickets.reduce((suma, uno) => suma + (seCobra(uno) ? Number(uno.total) : 0), 0);
    const todos = tickets.length > 100 ? "Imprimir los primeros 100" : "Imprimir";
    setText(parte.imprimir, tickets.length ? todos : "");
    parte.imprimir.href = `/tickets/imprimir?ids=${this.enOrden().slice(0, 100)}`;
    setText(parte.cuantos, cuantos(tickets.length, "seleccionado", "seleccionados"));
    setText(
      parte.suma,
      `${cuantos(bultos, "producto", "productos")} · Cobrar ${pesosJustos(cobrar)}`,
    );
  }

  /** From the one selected last to this one, when both are in one column. */
  #rango(id) {
    const columna = this.store.columna(id);
    const orden = this.store.orden(columna);
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
    this.choose(rango);
    this.ultima = id;
  }

  async #prioritize(prioridad) {
    this.parte.prioridad.value = "";
    const ids = this.enOrden();
    const mal = [];
    for (const id of ids) {
      const { version, numero } = this.store.tickets.get(id);
      try {
        const ticket = await request("PATCH", `/api/tickets/${id}`, { version, prioridad });
        this.hub.tell("put", ticket);
      } catch (error) {
        mal.push(`${numero}: ${mensajeDe(error)}`);
      }
    }
    const bien = ids.length - mal.length;
    if (bien) notify(`Prioridad ${prioridad} en ${cuantos(bien, "ticket", "tickets")}.`);
    if (mal.length)
      notify(`La prioridad no cambió en ${cuantos(mal.length, "ticket", "tickets")}.`, {
        error: true,
        detalle: mal,
      });
  }
}

const idDe = (elemento) => Number(elemento.closest(".tarjeta").dataset.id);
