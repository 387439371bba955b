// Draws the phone's screens from the day: the list, one ticket, and which of the tabs is seen.
import { contactoDe } from "../stream/contactos.js";
import { PRIORIDADES } from "../words/contract.js";
import { enlaceDeWhatsApp } from "../words/contacto.js";
import { cuantos, hora } from "../words/formats.js";
import { setAttribute, fields, clone, arrange, setText } from "../page/template.js";
import { cobro, estado, franja, lugar, navigateA, saludo } from "./palabras.js";
import { siguienteAccion } from "./pasos.js";
import { recuerdo } from "./recuerdo.js";

export class Vista {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {Json} parts.yo
   * @param {() => number} parts.reloj
   * @param {import("./turno.js").Turno} parts.turno
   * @param {import("./central.js").Central} parts.central
   * @param {import("./sesion.js").Sesion} parts.sesion
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ dia, yo, reloj, turno, central, sesion, hub }) {
    this.dia = dia;
    this.yo = yo;
    this.reloj = reloj;
    this.turno = turno;
    this.central = central;
    this.sesion = sesion;
    this.hub = hub;
    /** @type {number | null} */
    this.id = null;
    this.pestana = "recorrido";
    /** @type {{texto: string, turno?: boolean, ticket?: Json, accion?: string} | null} what the main button does */
    this.pide = null;
    this.enLinea = false;
    this.parte = fields(document.body);
    this.pestanas = [...document.querySelectorAll("[data-pestana]")];
    this.filas = new Map();
    this.parte.principal.addEventListener("click", () => this.#principal());
    this.parte.noPude.addEventListener("click", () => this.#perform(this.id, "fallar"));
    this.parte.entregarYa.addEventListener("click", () => this.#perform(this.id, "entregar"));
    hub.on("line", (es) => (this.enLinea = es === "en-linea"));
    hub.on("draw", () => this.draw());
  }

  /** Shows a ticket, or with null a tab. */
  show(id, pestana = "recorrido") {
    this.id = id;
    this.pestana = pestana;
    this.draw();
    scrollTo(0, 0);
  }

  draw() {
    const { parte } = this;
    const ticket = this.id === null ? null : this.dia.see(this.id);
    const ve = ticket ? "detalle" : this.pestana;
    parte.vistaLista.hidden = ve !== "recorrido";
    parte.vistaDetalle.hidden = ve !== "detalle";
    parte.vistaCaja.hidden = ve !== "caja";
    parte.vistaMas.hidden = ve !== "mas";
    for (const una of this.pestanas)
      setAttribute(
        una,
        "aria-current",
        una.dataset.pestana === (ticket ? "recorrido" : this.pestana) ? "page" : null,
      );
    if (ticket) this.#detalle(ticket);
    else if (ve === "recorrido") this.#lista();
    this.#botonPrincipal(ticket, ve);
  }

  #lista() {
    const { parte } = this;
    const abiertos = this.dia.abiertos();
    const [ahora, ...despues] = abiertos;
    const hechos = this.dia.hechos();
    setText(
      parte.turno,
      this.turno.abierto ? `En turno desde ${hora(this.turno.desde)}` : "Estás fuera de turno",
    );
    parte.terminar.hidden = !this.turno.abierto;
    parte.ahora.hidden = !ahora;
    if (ahora) this.#fila(parte.ahora.firstElementChild, ahora);
    setText(parte.ahoraTitulo, ahora ? `Ahora · 1 de ${despues.length + 1}` : "");
    setText(parte.despuesTitulo, despues.length ? `Después · ${despues.length}` : "");
    const revision = this.dia.enRevision();
    setText(
      parte.revisionTitulo,
      revision.length ? `En revisión de la central · ${revision.length}` : "",
    );
    arrange(
      parte.revision,
      revision.map((uno) => this.#fila(this.#newFila(uno.id), uno)),
    );
    arrange(
      parte.despues,
      despues.map((uno) => this.#orden(this.#fila(this.#newFila(uno.id), uno), uno, abiertos)),
    );
    parte.vacio.hidden = Boolean(ahora);
    const sinTickets = this.turno.abierto
      ? "No tenés tickets. Quedate en línea: te avisamos con sonido."
      : "Empezá el turno para recibir tickets.";
    setText(
      parte.vacioTexto,
      this.sesion.cerrada ? "Entrá de nuevo para ver tu recorrido." : sinTickets,
    );
    parte.hechos.hidden = hechos.length === 0;
    setText(parte.hechosTitulo, `Hechos (${hechos.length})`);
    arrange(
      parte.hechosLista,
      hechos.map((uno) => this.#fila(this.#newFila(uno.id), uno)),
    );
  }

  #newFila(id) {
    if (!this.filas.has(id)) this.filas.set(id, clone("fila"));
    return this.filas.get(id);
  }

  #fila(fila, ticket) {
    const suyo = fields(fila);
    setAttribute(suyo.enlace, "href", `/reparto/tickets/${ticket.id}`);
    setText(suyo.direccion, ticket.cliente_direccion);
    setText(suyo.lugar, lugar(ticket));
    setText(suyo.franja, this.#franja(ticket));
    setText(suyo.cliente, `${ticket.cliente_nombre} · ${ticket.numero}`);
    setText(suyo.cobro, cobro(ticket));
    setText(suyo.prioridad, PRIORIDADES[ticket.prioridad]?.telefono);
    const enviando = this.#enviando(ticket.id);
    setText(suyo.estado, estado(ticket, enviando));
    suyo.orden.hidden = true;
    // "Asignado" alone goes without saying.
    setAttribute(fila, "data-estado", enviando ? "atento" : ticket.estado);
    return fila;
  }

  /** Subir and Bajar; what is under way stays on top. */
  #orden(fila, ticket, abiertos) {
    const { orden, subir, bajar } = fields(fila);
    const [i, primero] = [abiertos.indexOf(ticket), abiertos[0].estado === "en_camino" ? 1 : 0];
    orden.hidden = !this.central.politica.orden_propio || ticket.estado !== "asignado";
    if (orden.hidden) return fila;
    subir.disabled = i <= primero;
    bajar.disabled = i === abiertos.length - 1;
    for (const [boton, dicho] of [
      [subir, "Subir"],
      [bajar, "Bajar"],
    ])
      setAttribute(boton, "aria-label", `${dicho} ${ticket.cliente_direccion}`);
    subir.onclick = () => this.hub.tell("mover", ticket.id, abiertos[i - 1].id);
    bajar.onclick = () => this.hub.tell("mover", ticket.id, abiertos[i + 2]?.id ?? null);
    return fila;
  }

  #franja(ticket) {
    return ticket.estado === "asignado" || ticket.estado === "en_camino"
      ? franja(ticket, this.reloj())
      : "";
  }

  #enviando(id) {
    if (!this.dia.actos.some((uno) => uno.ticket_id === id))
      return this.dia.juzgado(id) ? "en revisión" : "";
    return this.enLinea ? "enviando…" : "por enviar";
  }

  #detalle(ticket) {
    const { parte } = this;
    setText(parte.dNumero, ticket.numero);
    setText(parte.dEstado, estado(ticket, this.#enviando(ticket.id)));
    setText(parte.dPrioridad, PRIORIDADES[ticket.prioridad]?.telefono);
    setText(parte.dDireccion, ticket.cliente_direccion);
    setText(parte.dLugar, lugar(ticket));
    setText(parte.dFranja, this.#franja(ticket));
    setText(parte.dIndicaciones, ticket.indicaciones);
    setText(parte.dCliente, ticket.cliente_nombre);
    setText(parte.dCobro, cobro(ticket));
    setText(parte.dIntento, ticket.intento > 1 ? `Es el intento número ${ticket.intento}.` : "");
    setAttribute(parte.navegar, "href", navigateA(ticket, recuerdo("navegar", "")));
    const productos = ticket.productos.map((uno) => {
      const fila = clone("producto");
      setText(
        fields(fila).nombre,
        typeof uno === "string" ? uno : `${uno.cantidad ?? 1} × ${uno.nombre ?? ""}`,
      );
      return fila;
    });
    setText(
      parte.dProductosTitulo,
      productos.length ? cuantos(productos.length, "producto", "productos") : "",
    );
    parte.dProductos.replaceChildren(...productos);
    const abierto = ticket.estado === "asignado" || ticket.estado === "en_camino";
    const juzgado = abierto && this.dia.juzgado(ticket.id);
    setText(
      parte.dRevision,
      juzgado
        ? "Lo que hiciste está en revisión: la central decide. No hace falta que hagas nada más."
        : "",
    );
    parte.noPude.hidden = !abierto || juzgado;
    setText(parte.entregarYa, juzgado ? "Completar la entrega" : "Ya lo entregué");
    // Whoever is at the door already should not have to tap through the steps before; what was missing there may still be added.
    parte.entregarYa.hidden =
      !abierto || (!juzgado && siguienteAccion(ticket)?.accion === "entregar");
    this.#contacto(ticket);
  }

  async #contacto(ticket) {
    const { parte } = this;
    const contacto = await contactoDe(ticket.cliente_telefono);
    if (this.id !== ticket.id) return;
    parte.llamar.hidden = !contacto.llamar;
    if (contacto.llamar) setAttribute(parte.llamar, "href", `tel:${contacto.llamar}`);
    parte.whatsapp.hidden = !contacto.whatsapp;
    if (contacto.whatsapp)
      setAttribute(
        parte.whatsapp,
        "href",
        enlaceDeWhatsApp(contacto.whatsapp, saludo(ticket, this.yo)),
      );
    setText(parte.dTelefono, contacto.texto);
    parte.dOtros.replaceChildren(
      ...(contacto.otros ?? []).map((otro) => this.#otroNumero(ticket, otro)),
    );
  }

  /** A second number that was written beside the first. */
  #otroNumero(ticket, { llamar, whatsapp, texto: escrito }) {
    const fila = clone("otro-numero");
    const suyo = fields(fila);
    setText(suyo.numero, escrito);
    setAttribute(suyo.llamar, "href", `tel:${llamar}`);
    setAttribute(suyo.llamar, "aria-label", `Llamar al ${escrito}`);
    suyo.whatsapp.hidden = !whatsapp;
    if (whatsapp) {
      setAttribute(suyo.whatsapp, "href", enlaceDeWhatsApp(whatsapp, saludo(ticket, this.yo)));
      setAttribute(suyo.whatsapp, "aria-label", `WhatsApp al ${escrito}`);
    }
    return fila;
  }

  /** The one thing to do now: on a ticket its next act, on the list that of the first ticket, off duty the turno. */
  #botonPrincipal(ticket, ve) {
    const uno = ticket ?? this.dia.abiertos()[0];
    const accion = uno && !this.dia.juzgado(uno.id) ? siguienteAccion(uno) : null;
    const { principal, principalTexto, principalDe } = this.parte;
    if (this.sesion.cerrada || ve === "caja" || ve === "mas") this.pide = null;
    else if (!ticket && !this.turno.abierto) this.pide = { turno: true, texto: "Empezar turno" };
    else this.pide = accion ? { ticket: uno, ...accion } : null;
    principal.hidden = !this.pide;
    setText(principalTexto, this.pide?.texto);
    setText(principalDe, !ticket && this.pide?.ticket ? uno.cliente_direccion : "");
    setAttribute(principal, "data-accion", this.pide?.accion ?? (this.pide ? "turno" : null));
  }

  #principal() {
    if (this.pide?.turno) this.turno.change(true);
    else if (this.pide) this.#perform(this.pide.ticket.id, this.pide.accion);
  }

  #perform(id, accion) {
    this.hub.tell("perform", this.dia.see(id), accion);
  }
}
