// The panel of one ticket beside the board: everything about it, with its own URL, kept fresh while it is open.
import { notify } from "../page/avisos.js";
import { setAttribute, fields, setText } from "../page/template.js";
import { mensajeDe, request, Rechazo } from "../stream/requests.js";
import { aparte } from "./aparte.js";
import { Detalle } from "./detalle.js";
import { Edicion } from "./edicion.js";

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
    this.store = store;
    this.tabla = tabla;
    this.reloj = reloj;
    this.mirando = mirando;
    this.hub = hub;
    this.parte = fields(elemento);
    this.id = null;
    this.extra = null;
    this.suelto = null;
    /** @type {Json | undefined} what static/js/aparte.js has for it */
    this.partes = undefined;
    this.parte.cerrar.addEventListener("click", () => this.close());
    this.parte.mover.addEventListener("click", () => hub.tell("destino", [this.id]));
    this.parte.resolver.addEventListener("click", () => this.#resolve());
    this.parte.antes.addEventListener("click", () => this.pass(-1));
    this.parte.despues.addEventListener("click", () => this.pass(1));
    this.parte.copiar.addEventListener("click", () => this.#copy());
    this.parte.copiar.hidden = !navigator.clipboard;
    this.detalle = new Detalle(this);
    this.edicion = new Edicion({
      elemento,
      yo,
      read: () => this.ticket && { ...this.extra, ...this.ticket },
      onSave: (ticket) => this.#guardado(ticket),
    });
    elemento.addEventListener("keydown", (event) => this.#tecla(event));
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
    if (this.edicion.setAside())
      notify(`Quedó sin guardar lo que escribiste en ${numero}.`, {
        queda: true,
        accion: "Seguir",
        onTap: () => this.open(id),
      });
  }

  /** The ticket before or after this one in its column. */
  pass(paso) {
    const otro = this.#vecino(paso);
    if (!otro) return;
    history.replaceState(history.state, "", `/tickets/${otro}`);
    this.show(otro);
  }

  #vecino(paso) {
    if (!this.store.tickets.has(this.id)) return undefined;
    const orden = this.store.orden(this.store.columna(this.id));
    return orden.includes(this.id) ? orden[orden.indexOf(this.id) + paso] : undefined;
  }

  #tecla(event) {
    if (event.defaultPrevented) return;
    if (event.key === "Escape") return this.close();
    const paso = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (
      !paso ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.target.matches("input, textarea, select")
    )
      return;
    event.preventDefault();
    this.pass(paso);
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
    if (this.id === id && this.ticket) this.edicion.resume();
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
      this.partes = partes;
      this.extra = { cliente_email: ticket.cliente_email, historial };
      if (this.store.tickets.has(id)) this.hub.tell("columns", this.store.put(ticket));
      else this.suelto = ticket;
      this.draw();
      this.edicion.review();
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

  /** Told after each change of tickets on the board. */
  cambio(novedad) {
    if (this.id === null || novedad.ticket_id !== this.id) return;
    if (this.suelto && novedad.ticket) this.suelto = novedad.ticket;
    this.draw();
    this.edicion.review(novedad.por);
    clearTimeout(this.pronto);
    this.pronto = setTimeout(() => this.id !== null && this.pull(), 250);
  }

  #guardado(ticket) {
    const { historial, cliente_email, ...publico } = ticket;
    if (this.suelto?.id === ticket.id) this.suelto = publico;
    this.hub.tell("put", publico);
  }

  /** Puts a failed delivery away, or back among those that wait for somebody. */
  async #resolve() {
    const { id, version, numero, resuelto_en } = this.ticket;
    try {
      this.#guardado(
        await request("POST", `/api/tickets/${id}/resuelto`, { version, resuelto: !resuelto_en }),
      );
      notify(`${numero}: ${resuelto_en ? "otra vez por resolver" : "resuelto"}.`);
    } catch (error) {
      if (error.cuerpo?.ticket) this.#guardado(error.cuerpo.ticket);
      notify(mensajeDe(error));
    }
  }

  async #copy() {
    const filas = this.elemento.querySelectorAll("[data-adonde] [data-dato^=cliente_]");
    const partes = [...filas].map((fila) => this.ticket[fila.dataset.dato]);
    await navigator.clipboard.writeText(partes.filter(Boolean).join(", "));
    notify("Copiamos la dirección.");
  }

  draw() {
    const { parte, ticket } = this;
    parte.cuerpo.hidden = !ticket;
    setText(parte.aviso, ticket ? "" : "Buscando el ticket…");
    for (const [boton, paso] of [
      [parte.antes, -1],
      [parte.despues, 1],
    ])
      boton.disabled = !this.#vecino(paso);
    setAttribute(parte.imprimir, "href", `/tickets/${this.id}/imprimir`);
    setText(parte.numero, ticket?.numero ?? "Ticket");
    if (!ticket) return;
    this.detalle.draw(ticket);
  }
}
