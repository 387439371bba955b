// How a ticket stands just now: by the clock, and by what of it the server does not have yet.
import { franja } from "./palabras.js";

export class Situacion {
  /** @param {{dia: import("./dia.js").Dia, reloj: () => number, hub: import("../page/hub.js").Hub}} parts */
  constructor({ dia, reloj, hub }) {
    this.dia = dia;
    this.reloj = reloj;
    this.enLinea = false;
    hub.on("line", (estado) => (this.enLinea = estado === "en-linea"));
  }

  /** Empty once it is closed. */
  franja(ticket) {
    return ticket.estado === "asignado" || ticket.estado === "en_camino"
      ? franja(ticket, this.reloj())
      : "";
  }

  /** What is said of an act that the server does not have yet, or of a delivery that the central reviews. */
  enviando(id) {
    if (!this.dia.actos.some((uno) => uno.ticket_id === id))
      return this.dia.juzgado(id) ? "en revisión" : "";
    return this.enLinea ? "enviando…" : "por enviar";
  }
}
