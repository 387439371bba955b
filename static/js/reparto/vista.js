// Draws the phone's screens from the day: which of them is seen, and the one thing to do now.
import { setAttribute, fields, setText } from "../page/template.js";
import { Detalle } from "./detalle.js";
import { Lista } from "./lista.js";
import { siguienteAccion } from "./pasos.js";
import { Situacion } from "./situacion.js";

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
    this.turno = turno;
    this.sesion = sesion;
    this.hub = hub;
    /** @type {number | null} */
    this.id = null;
    this.pestana = "recorrido";
    /** @type {{texto: string, turno?: boolean, ticket?: Json, accion?: string} | null} what the main button does */
    this.pide = null;
    this.parte = fields(document.body);
    this.pestanas = [...document.querySelectorAll("[data-pestana]")];
    this.parte.principal.addEventListener("click", () => this.#principal());
    this.parte.noPude.addEventListener("click", () => this.#perform(this.id, "fallar"));
    this.parte.entregarYa.addEventListener("click", () => this.#perform(this.id, "entregar"));
    const situacion = new Situacion({ dia, reloj, hub });
    this.lista = new Lista({ dia, turno, central, sesion, situacion, hub });
    this.detalle = new Detalle({ dia, yo, situacion });
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
    if (ticket) this.detalle.draw(ticket);
    else if (ve === "recorrido") this.lista.draw();
    this.#botonPrincipal(ticket, ve);
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
