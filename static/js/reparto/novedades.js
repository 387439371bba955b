// What the server says of the day, put into it, and what of that a person is told in words.
import { notify } from "../page/avisos.js";
import { contactoDe } from "../stream/contactos.js";
import { shake } from "./timbre.js";

export class Novedades {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./vista.js").Vista} parts.vista
   * @param {import("./oferta.js").Ofertas} parts.ofertas
   * @param {() => number} parts.reloj
   * @param {import("./diario.js").Diario} parts.diario
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ dia, fijos, vista, ofertas, reloj, diario, hub }) {
    this.dia = dia;
    this.fijos = fijos;
    this.vista = vista;
    this.ofertas = ofertas;
    this.reloj = reloj;
    this.diario = diario;
    this.hub = hub;
    hub.on("tomado", (ticket) => this.#tomado(ticket));
  }

  /** One novedad. */
  apply(novedad) {
    const { dia, fijos, vista } = this;
    const ticket_id = novedad.ticket_id;
    const { nuevo, retirado, cerrado, cambiado, dicho } = dia.apply(novedad, this.reloj());
    if (nuevo) {
      fijos.esSuyo(ticket_id);
      this.#conContacto(nuevo);
    }
    if (retirado) {
      const cual = [retirado.numero, retirado.cliente_direccion].filter(Boolean).join(", ");
      const quien = novedad.por?.nombre ? `: lo movió ${novedad.por.nombre}` : "";
      fijos.say("retirado", {
        ticket_id,
        mensaje: `${cual} ya no es tuyo${quien}. No vayas.`,
        grave: retirado.estado === "en_camino",
      });
      shake();
    } else if (cerrado) {
      const como =
        cerrado.estado === "cancelado"
          ? "lo cancelaron. No hace falta que vayas"
          : "la central lo cerró";
      fijos.say("retirado", {
        ticket_id,
        mensaje: `${cerrado.numero}, ${cerrado.cliente_direccion}: ${como}.`,
        grave: true,
      });
      shake();
    } else if (dicho) {
      this.#sayCambio(cambiado, dicho);
      shake();
    }
    if (vista.id === ticket_id && !dia.see(vista.id)) this.hub.tell("back");
    // One more or one less: whoever is at the cap is offered nothing, and nobody tells them when they are not any more.
    if (nuevo || novedad.tipo !== "ticket.actualizado") this.ofertas.pull();
    this.hub.tell("draw");
  }

  /** What the server has instead of what this phone knew: says what left and what changed. */
  replace(tickets) {
    const { idos, cambiados } = this.dia.replace(tickets, this.reloj());
    for (const { id } of tickets) this.fijos.esSuyo(id);
    for (const ido of idos)
      this.fijos.say("retirado", {
        ticket_id: ido.id,
        mensaje: `${ido.numero}, ${ido.cliente_direccion}: ya no es tuyo. No vayas.`,
      });
    for (const { ticket, dicho } of cambiados) this.#sayCambio(ticket, dicho);
  }

  /** An offer is ours now; its novedad, which says the same, may come before or after. */
  #tomado(ticket) {
    this.dia.settle(ticket, this.reloj());
    this.#conContacto(ticket);
    this.diario.save();
    if (!this.ofertas.actual)
      notify(`Es tuyo: ${ticket.cliente_direccion}`, {
        accion: "Ver",
        onTap: () => this.hub.tell("open", ticket.id),
      });
  }

  #conContacto(ticket) {
    contactoDe(ticket.cliente_telefono).then(() => this.diario.save());
  }

  #sayCambio(ticket, dicho) {
    this.fijos.say("cambio", {
      ticket_id: ticket.id,
      mensaje: `${ticket.numero}. ${dicho}.`,
      grave: ticket.estado === "en_camino",
      ver: true,
    });
  }
}
