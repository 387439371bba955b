// The panel of one ticket beside the board: everything about it, with its own URL, kept fresh while it is open.
import { accionesDe, NOMBRE_DE_ACCION, NOMBRE_DE_MOTIVO } from "../nucleo/acciones.js";
import { contactoDe, enlaceDeMapa, enlaceDeWhatsApp } from "../nucleo/contacto.js";
import { fechaHora, formaDePago, pesos } from "../nucleo/formatos.js";
import { atributo, campos, clonar, texto } from "../nucleo/plantilla.js";
import { pedir, Rechazo } from "../nucleo/red.js";
import { lineaDeHistorial } from "./historial.js";
import { chipDeEstado, NOMBRE_DE_PRIORIDAD } from "./tarjeta.js";

export class Panel {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.elemento
   * @param {import("./almacen.js").Almacen} parts.almacen
   * @param {object} parts.tabla the acts table
   * @param {() => number} parts.reloj
   * @param {{mover: Function, actuar: Function, editar: Function, pintar: Function}} parts.hacer
   */
  constructor({ elemento, almacen, tabla, reloj, hacer }) {
    Object.assign(this, { elemento, almacen, tabla, reloj, hacer, parte: campos(elemento), id: null, extra: null });
    this.parte.cerrar.addEventListener("click", () => this.cerrar());
    this.parte.mover.addEventListener("click", () => this.hacer.mover(this.id));
    this.parte.editar.addEventListener("click", () => this.hacer.editar({ ...this.ticket, ...this.extra }));
    elemento.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.cerrar();
    });
    addEventListener("popstate", () => this.seguirUrl());
    this.seguirUrl();
  }

  get ticket() {
    return this.almacen.tickets.get(this.id) ?? this.suelto;
  }

  /** Opens a ticket under its own URL; Back closes it. */
  abrir(id, desde) {
    this.volver = desde ?? document.activeElement;
    if (this.id === null) this.urlAnterior = location.pathname.startsWith("/tickets/") ? "/tablero" : location.pathname + location.search;
    if (this.id === null) history.pushState({ apilado: true }, "", `/tickets/${id}`);
    else history.replaceState(history.state, "", `/tickets/${id}`);
    this.mostrar(id);
    this.parte.cerrar.focus();
  }

  cerrar() {
    if (history.state?.apilado) history.back();
    else {
      history.replaceState(null, "", this.urlAnterior ?? "/tablero");
      this.seguirUrl();
    }
  }

  seguirUrl() {
    const en = /^\/tickets\/(\d+)$/.exec(location.pathname);
    if (en) return void this.mostrar(Number(en[1]));
    const estaba = this.id !== null;
    this.id = null;
    this.elemento.hidden = true;
    document.documentElement.classList.remove("con-panel");
    if (estaba && this.volver?.isConnected) this.volver.focus();
  }

  async mostrar(id) {
    this.id = id;
    this.extra = null;
    this.suelto = null;
    this.elemento.hidden = false;
    document.documentElement.classList.add("con-panel");
    this.pintar();
    await this.traer();
  }

  /** Asks for what the board does not have: e-mail, history, and tickets closed long ago. */
  async traer() {
    const id = this.id;
    try {
      const { historial, ...ticket } = await pedir("GET", `/api/tickets/${id}`);
      if (this.id !== id) return;
      this.extra = { cliente_email: ticket.cliente_email, historial };
      if (this.almacen.tickets.has(id)) this.hacer.pintar(this.almacen.poner(ticket));
      else this.suelto = ticket;
      this.pintar();
    } catch (error) {
      if (this.id !== id) return;
      const falta = error instanceof Rechazo && error.status === 404;
      texto(this.parte.aviso, falta ? "Ese ticket no existe." : "No pudimos traer el historial. Mostramos lo último que sabemos.");
    }
  }

  /** Told after each change of tickets on the board. */
  cambio(novedad) {
    if (this.id === null || novedad.ticket_id !== this.id) return;
    if (this.suelto && novedad.ticket) this.suelto = novedad.ticket;
    this.pintar();
    clearTimeout(this.pronto);
    this.pronto = setTimeout(() => this.id !== null && this.traer(), 250);
  }

  pintar() {
    const { parte, ticket } = this;
    this.parte.cuerpo.hidden = !ticket;
    texto(parte.aviso, ticket ? "" : "Buscando el ticket…");
    if (!ticket) return;
    texto(parte.numero, ticket.numero);
    chipDeEstado(parte.estado, ticket);
    texto(parte.prioridad, NOMBRE_DE_PRIORIDAD[ticket.prioridad]);
    texto(parte.intento, ticket.intento > 1 ? `Intento ${ticket.intento}` : "");
    texto(parte.repartidor, ticket.repartidor_nombre);
    texto(parte.cliente, ticket.cliente_nombre + (ticket.tipo_cliente === "comerciante" ? " (comerciante)" : ""));
    texto(parte.direccion, ticket.cliente_direccion);
    atributo(parte.mapa, "href", enlaceDeMapa(ticket));
    texto(parte.indicaciones, ticket.indicaciones);
    texto(parte.email, this.extra?.cliente_email ?? "");
    texto(parte.total, pesos(ticket.total));
    texto(parte.pago, formaDePago(ticket.metodo_pago));
    const cobrado = ticket.cobrado === null || ticket.cobrado === undefined ? "" : `Cobrado: ${pesos(ticket.cobrado)}`;
    const motivo = ticket.motivo ? `${NOMBRE_DE_MOTIVO[ticket.motivo] ?? ticket.motivo}${ticket.nota ? `: ${ticket.nota}` : ""}` : (ticket.nota ?? "");
    texto(parte.cierre, [motivo, cobrado].filter(Boolean).join(" · "));
    this.#productos(ticket);
    this.#recorrido(ticket);
    this.#contacto(ticket);
    this.#acciones(ticket);
    const historial = this.extra?.historial ?? [];
    parte.historial.replaceChildren(...historial.map((uno) => lineaDeHistorial(clonar("suceso"), uno)));
  }

  #productos(ticket) {
    const filas = ticket.productos.map((uno) => {
      const fila = clonar("producto");
      const suyo = campos(fila);
      texto(suyo.nombre, typeof uno === "string" ? uno : (uno.nombre ?? ""));
      texto(suyo.cantidad, typeof uno === "string" ? "" : `${uno.cantidad ?? 1} ×`);
      const subtotal = typeof uno === "string" ? null : (uno.subtotal ?? (uno.precio != null ? uno.precio * (uno.cantidad ?? 1) : null));
      texto(suyo.subtotal, subtotal === null ? "" : pesos(subtotal));
      return fila;
    });
    this.parte.productos.replaceChildren(...filas);
  }

  #recorrido(ticket) {
    const pasos = [
      ["Entró", ticket.creado_en],
      ["Asignado", ticket.asignado_en],
      ["Recibido en el teléfono", ticket.recibido_en],
      ["Visto", ticket.visto_en],
      ["Salió", ticket.en_camino_en],
      ["Llegó", ticket.llego_en],
      ["Cerrado", ticket.cerrado_en],
    ];
    const filas = pasos.filter(([, en]) => en).map(([que, en]) => {
      const fila = clonar("paso");
      texto(campos(fila).que, que);
      texto(campos(fila).en, fechaHora(en));
      return fila;
    });
    this.parte.recorrido.replaceChildren(...filas);
  }

  async #contacto(ticket) {
    const { parte } = this;
    const contacto = await contactoDe(ticket.cliente_telefono);
    if (this.id !== ticket.id) return;
    texto(parte.telefono, contacto.texto);
    atributo(parte.telefono, "href", contacto.llamar ? `tel:${contacto.llamar}` : null);
    parte.whatsapp.hidden = !contacto.whatsapp;
    if (contacto.whatsapp) {
      const saludo = `Hola ${ticket.cliente_nombre}, te escribimos de Belgrano Ahorro por tu pedido ${ticket.numero}.`;
      atributo(parte.whatsapp, "href", enlaceDeWhatsApp(contacto.whatsapp, saludo));
    }
  }

  #acciones(ticket) {
    const nombres = accionesDe(this.tabla, ticket, "admin", this.reloj());
    const botones = nombres.map((nombre) => {
      const boton = clonar("boton-accion");
      boton.textContent = NOMBRE_DE_ACCION[nombre] ?? nombre;
      boton.classList.toggle("peligro", nombre === "cancelar" || nombre === "fallar");
      boton.addEventListener("click", () => this.hacer.actuar(ticket, nombre));
      return boton;
    });
    this.parte.acciones.replaceChildren(...botones);
    this.parte.mover.hidden = !["pendiente", "asignado", "en_camino"].includes(ticket.estado);
  }
}
