// The panel of one ticket beside the board: everything about it, with its own URL, kept fresh while it is open.
import { MOTIVOS, PRIORIDADES } from "../words/contract.js";
import { ABIERTOS, accionesDe, NOMBRE_DE_ACCION } from "../words/acciones.js";
import { notify } from "../page/avisos.js";
import { contactoDe } from "../stream/contactos.js";
import { enlaceDeMapa, enlaceDeWhatsApp } from "../words/contacto.js";
import { fechaHora, formaDePago, pesos } from "../words/formats.js";
import { lugarDudoso } from "../words/lugar.js";
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { mensajeDe, request, Rechazo } from "../stream/requests.js";
import { aparte } from "./aparte.js";
import { Edicion, legible } from "./edicion.js";
import { chipDeEstado } from "./tarjeta.js";

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
    this.parte.cerrar.addEventListener("click", () => this.close());
    this.parte.mover.addEventListener("click", () => hub.tell("destino", [this.id]));
    this.parte.resolver.addEventListener("click", () => this.#resolve());
    this.parte.antes.addEventListener("click", () => this.pass(-1));
    this.parte.despues.addEventListener("click", () => this.pass(1));
    this.parte.copiar.addEventListener("click", () => this.#copy());
    this.parte.copiar.hidden = !navigator.clipboard;
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
    chipDeEstado(parte.estado, ticket);
    setText(parte.urgencia, PRIORIDADES[ticket.prioridad]?.tarjeta);
    setText(parte.intento, ticket.intento > 1 ? `Intento ${ticket.intento}` : "");
    setText(parte.repartidor, ticket.repartidor_nombre);
    setText(parte.miran, this.mirando.texto(ticket.id));
    setText(
      parte.negocio,
      [ticket.negocio, ticket.tipo_cliente === "comerciante" ? "comerciante" : ""]
        .filter(Boolean)
        .join(" · "),
    );
    const todo = { ...this.extra, ...ticket };
    for (const { fila } of this.edicion.filas.values()) {
      const valor = legible(todo, fila.dataset.dato, this.reloj());
      const lugar = fila.querySelector("[data-valor]");
      if (lugar) setText(lugar, valor);
      fila.classList.toggle("vacio-dato", !valor);
    }
    setAttribute(parte.mapa, "href", enlaceDeMapa(ticket));
    setText(parte.lejos, lugarDudoso(ticket.cliente_lat, ticket.cliente_lng));
    setText(parte.total, pesos(ticket.total));
    const cobrado =
      ticket.cobrado == null
        ? ""
        : `Cobrado: ${pesos(ticket.cobrado)}${ticket.medio ? ` (${formaDePago(ticket.medio)})` : ""}`;
    const motivo = ticket.motivo
      ? `${MOTIVOS[ticket.motivo]?.oficina ?? ticket.motivo}${ticket.nota ? `: ${ticket.nota}` : ""}`
      : (ticket.nota ?? "");
    const resuelto = ticket.resuelto_en ? `Resuelto ${fechaHora(ticket.resuelto_en)}` : "";
    setText(parte.cierre, [motivo, cobrado, resuelto].filter(Boolean).join(" · "));
    this.#productos(ticket);
    parte.recorrido.replaceChildren(
      ...(this.partes?.recorrido(ticket) ?? []).map(([que, en]) => linea("paso", { que, en })),
    );
    const suyos = [...this.store.conflictos.values()].filter((uno) => uno.ticket_id === this.id);
    parte.conflictos.replaceChildren(
      ...suyos.map(({ repartidor, accion, ocurrido_en }) => {
        const como = accion === "entregar" ? "entregado" : "no entregado";
        return linea("conflicto", {
          texto: `${repartidor.nombre} lo marcó ${como}, ${fechaHora(ocurrido_en)}. Falta decidir.`,
        });
      }),
    );
    this.#contacto(ticket);
    this.#acciones(ticket);
    this.#historial(ticket);
  }

  #productos(ticket) {
    const filas = ticket.productos.map((uno) => {
      const suelto = typeof uno === "string";
      const subtotal = suelto
        ? null
        : (uno.subtotal ?? (uno.precio != null ? uno.precio * (uno.cantidad ?? 1) : null));
      return linea("producto", {
        nombre: suelto ? uno : uno.nombre,
        cantidad: suelto ? "" : `${uno.cantidad ?? 1} ×`,
        subtotal: subtotal === null ? "" : pesos(subtotal),
      });
    });
    this.parte.productos.replaceChildren(...filas);
  }

  #historial(ticket) {
    const historial = this.extra?.historial ?? [];
    const filas = historial.map((uno) => this.partes.lineaDeHistorial(clone("suceso"), uno));
    const vuelta = historial.length && this.partes.undoable(historial, ticket);
    if (vuelta) {
      const boton = filas[vuelta.lugar].querySelector("button");
      setText(boton, vuelta.nombre);
      boton.addEventListener("click", () =>
        vuelta.clave
          ? this.hub.tell("undo", vuelta.clave)
          : this.hub.tell("mover", { ids: [this.id], repartidor_id: null }),
      );
    }
    this.parte.historial.replaceChildren(...filas.reverse());
  }

  async #contacto(ticket) {
    const { parte } = this;
    const contacto = await contactoDe(ticket.cliente_telefono);
    if (this.id !== ticket.id) return;
    // Of several numbers each is a link by itself: nobody should call the first by the digits of the second.
    setText(parte.telefonoEscrito, contacto.primero ? contacto.texto : "");
    setText(parte.telefono, contacto.primero ?? contacto.texto);
    setAttribute(parte.telefono, "href", contacto.llamar ? `tel:${contacto.llamar}` : null);
    const saludo = `Hola ${ticket.cliente_nombre}, te escribimos de Belgrano Ahorro por tu pedido ${ticket.numero}.`;
    writeA(parte.whatsapp, contacto.whatsapp, saludo);
    const filas = (contacto.otros ?? []).map((otro) => {
      const fila = linea("otro-numero", { llamar: otro.texto });
      const { llamar, escribir: write } = fields(fila);
      setAttribute(llamar, "href", `tel:${otro.llamar}`);
      writeA(write, otro.whatsapp, saludo);
      return fila;
    });
    parte.otrosNumeros.replaceChildren(...filas);
  }

  #acciones(ticket) {
    const nombres = accionesDe(this.tabla, ticket, "admin", this.reloj());
    // What did not change is not drawn again: it may have the focus.
    if (this.parte.acciones.dataset.son !== `${ticket.id}:${nombres}`) {
      this.parte.acciones.dataset.son = `${ticket.id}:${nombres}`;
      const botones = nombres.map((nombre) => {
        const boton = clone("boton-accion");
        boton.textContent = NOMBRE_DE_ACCION[nombre] ?? nombre;
        boton.classList.toggle("peligro", nombre === "cancelar" || nombre === "fallar");
        boton.addEventListener("click", () => this.hub.tell("act", this.ticket, nombre));
        return boton;
      });
      this.parte.acciones.replaceChildren(...botones);
    }
    this.parte.mover.hidden = !ABIERTOS.has(ticket.estado);
    this.parte.resolver.hidden = ticket.estado !== "fallido";
    setText(
      this.parte.resolver,
      ticket.resuelto_en ? "Todavía no está resuelto" : "Ya está resuelto",
    );
  }
}

/** A button to a chat, hidden where the number has none. */
function writeA(boton, numero, mensaje) {
  boton.hidden = !numero;
  setAttribute(boton, "href", numero && enlaceDeWhatsApp(numero, mensaje));
}

/** A clone of a template with texts in its parts. */
function linea(plantilla, textos) {
  const fila = clone(plantilla);
  const parte = fields(fila);
  for (const [nombre, valor] of Object.entries(textos)) setText(parte[nombre], valor);
  return fila;
}
