// Draws the list: what is next, what comes after it, what is done.
import { PRIORIDADES } from "../words/contract.js";
import { hora } from "../words/formats.js";
import { setAttribute, fields, clone, arrange, setText } from "../page/template.js";
import { cobro, estado, lugar } from "./palabras.js";

export class Lista {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./turno.js").Turno} parts.turno
   * @param {import("./central.js").Central} parts.central
   * @param {import("./sesion.js").Sesion} parts.sesion
   * @param {import("./situacion.js").Situacion} parts.situacion
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ dia, turno, central, sesion, situacion, hub }) {
    this.dia = dia;
    this.turno = turno;
    this.central = central;
    this.sesion = sesion;
    this.situacion = situacion;
    this.hub = hub;
    this.parte = fields(document.body);
    this.filas = new Map();
  }

  draw() {
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
    setText(suyo.franja, this.situacion.franja(ticket));
    setText(suyo.cliente, `${ticket.cliente_nombre} · ${ticket.numero}`);
    setText(suyo.cobro, cobro(ticket));
    setText(suyo.prioridad, PRIORIDADES[ticket.prioridad]?.telefono);
    const enviando = this.situacion.enviando(ticket.id);
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
}
