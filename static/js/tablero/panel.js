// The panel of one ticket beside the board: everything about it, with its own URL, kept fresh while it is open.
import { notify } from "../page/avisos.js";
import { setAttribute, fields, setText } from "../page/template.js";
import { request, Rechazo } from "../stream/requests.js";
import { aparte, withAparte } from "./aparte.js";
import { Detalle } from "./detalle.js";
import { Vecinos } from "./vecinos.js";

export class Panel {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.elemento
   * @param {import("./store.js").Store} parts.store
   * @param {object} parts.tabla the acts table
   * @param {() => number} parts.reloj
   * @param {number} parts.yo
   * @param {import("./mirando.js").Mirando} parts.mirando
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ elemento, store, tabla, reloj, yo, mirando, hub }) {
    this.elemento = elemento;
    this.yo = yo;
    this.store = store;
    this.tabla = tabla;
    this.reloj = reloj;
    this.mirando = mirando;
    this.hub = hub;
    this.parte = fields(elemento);
    this.id = null;
    this.extra = null;
    this.suelto = null;
    /** @type {Json | undefined} what static/js/aparte.js has for it, once it is there */
    this.partes = undefined;
    /** @type {import("./edicion.js").Edicion | undefined} its own */
    this.edicion = undefined;
    this.parte.cerrar.addEventListener("click", () => this.close());
    this.parte.mover.addEventListener("click", () => hub.tell("destino", [this.id]));
    const resolve = withAparte((partes) =>
      partes.resolve(this.ticket, (ticket) => this.#guardado(ticket)),
    );
    this.parte.resolver.addEventListener("click", resolve);
    this.detalle = new Detalle(this);
    this.vecinos = new Vecinos(this);
    const edit = withAparte((partes, campo) => this.#take(partes).open(campo));
    elemento.addEventListener("click", (event) => {
      const fila = event.target.closest("[data-editar]")?.closest("[data-dato]");
      if (fila) edit(fila.dataset.dato);
    });
    elemento.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
    addEventListener("popstate", () => this.followUrl());
    hub.on("open", (id, desde) => this.open(id, desde));
    for (const que of ["novedad", "cambio"]) hub.on(que, (novedad) => this.cambio(novedad));
    hub.on("miran", (ids) => ids.includes(this.id) && this.draw());
    this.followUrl();
  }

  get ticket() {
    return this.store.tickets.get(this.id) ?? this.suelto;
  }

  /** Opens a ticket under its own URL; Back closes it. */
  open(id, desde) {
    this.volver = desde ?? document.activeElement;
    if (this.id === null)
      this.urlAnterior = location.pathname.startsWith("/tickets/")
        ? "/tablero"
        : location.pathname + location.search;
    if (this.id === null) history.pushState({ apilado: true }, "", `/tickets/${id}`);
    else history.replaceState(history.state, "", `/tickets/${id}`);
    this.show(id);
    this.parte.cerrar.focus();
  }

  close() {
    if (history.state?.apilado) history.back();
    else {
      history.replaceState(null, "", this.urlAnterior ?? "/tablero");
      this.followUrl();
    }
  }

  followUrl() {
    const en = /^\/tickets\/(\d+)$/.exec(location.pathname);
    if (en) return void this.show(Number(en[1]));
    const estaba = this.id;
    if (estaba === null) return;
    this.#setAside();
    this.id = this.suelto = null;
    this.elemento.hidden = true;
    this.hub.tell("panel", null);
    document.documentElement.classList.remove("con-panel");
    // The card may have been drawn anew, or be another one since the arrows.
    const tarjeta = document.querySelector(`.tarjeta[data-id="${estaba}"] a`) ?? this.volver;
    if (tarjeta?.isConnected) tarjeta.focus();
    else this.hub.tell("focus", estaba);
  }

  #setAside() {
    const numero = this.ticket?.numero;
    const id = this.id;
    if (this.edicion?.setAside())
      notify(`Quedó sin guardar lo que escribiste en ${numero}.`, {
        queda: true,
        accion: "Seguir",
        onTap: () => this.open(id),
      });
  }

  async show(id) {
    if (this.id !== null) this.#setAside();
    this.id = id;
    this.extra = null;
    this.suelto = null;
    this.elemento.dataset.id = id;
    this.elemento.hidden = false;
    this.elemento.scrollTop = 0;
    document.documentElement.classList.add("con-panel");
    this.hub.tell("panel", id);
    this.parte.fotos.replaceChildren();
    this.draw();
    // The board made room for the panel: the card that it is about is in what is left.
    document
      .querySelector(`.tarjeta[data-id="${id}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
    await this.pull();
    if (this.id === id && this.ticket) this.edicion?.resume();
  }

  /** Asks for what the board does not have: e-mail, history, photos, and tickets closed long ago. */
  async pull() {
    const id = this.id;
    try {
      const [{ historial, ...ticket }, partes] = await Promise.all([
        request("GET", `/api/tickets/${id}`),
        aparte(),
      ]);
      if (this.id !== id) return;
      const edicion = this.#take(partes);
      this.extra = { cliente_email: ticket.cliente_email, historial };
      if (this.store.tickets.has(id)) this.hub.tell("columns", this.store.put(ticket));
      else this.suelto = ticket;
      this.draw();
      edicion.review();
      partes.fillPrueba(this.parte, ticket, () => this.id === id);
    } catch (error) {
      if (this.id !== id) return;
      const falta = error instanceof Rechazo && error.status === 404;
      setText(
        this.parte.aviso,
        falta
          ? "Ese ticket no existe."
          : "No pudimos traer el historial. Mostramos lo último que sabemos.",
      );
    }
  }

  /** Takes what static/js/aparte.js has for it; gives what edits its fields. */
  #take(partes) {
    this.partes = partes;
    this.edicion ??= new partes.Edicion(this.elemento, {
      yo: this.yo,
      read: () => this.ticket && { ...this.extra, ...this.ticket },
      onSave: (ticket) => this.#guardado(ticket),
    });
    return this.edicion;
  }

  /** Told after each change of tickets on the board. */
  cambio(novedad) {
    if (this.id === null || novedad.ticket_id !== this.id) return;
    if (this.suelto && novedad.ticket) this.suelto = novedad.ticket;
    this.draw();
    this.edicion?.review(novedad.por);
    clearTimeout(this.pronto);
    this.pronto = setTimeout(() => this.id !== null && this.pull(), 250);
  }

  #guardado(ticket) {
    const { historial, cliente_email, ...publico } = ticket;
    if (this.suelto?.id === ticket.id) this.suelto = publico;
    this.hub.tell("put", publico);
  }

  draw() {
    const { parte, ticket } = this;
    parte.cuerpo.hidden = !ticket;
    setText(parte.aviso, ticket ? "" : "Buscando el ticket…");
    this.vecinos.draw();
    setAttribute(parte.imprimir, "href", `/tickets/${this.id}/imprimir`);
    setText(parte.numero, ticket?.numero ?? "Ticket");
    if (!ticket) return;
    this.detalle.draw(ticket);
  }
}
