// What the server says of the day, put into it, and what of that a person is told in words.
import { avisar } from "../page/avisos.js";
import { contactoDe } from "../words/contacto.js";
import { sacudir } from "./timbre.js";

export class Novedades {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./vista.js").Vista} parts.vista
   * @param {import("./lugar.js").Lugar} parts.lugar
   * @param {import("./oferta.js").Ofertas} parts.ofertas
   * @param {() => number} parts.reloj
   * @param {() => Promise<void>} parts.guardar
   * @param {() => void} parts.pintar
   */
  constructor(parts) {
    Object.assign(this, parts);
  }

  /** One novedad. */
  aplicar(novedad) {
    const { dia, fijos, vista } = this;
    const ticket_id = novedad.ticket_id;
    const { nuevo, retirado, cerrado, cambiado, dicho } = dia.aplicar(novedad, this.reloj());
    if (nuevo) {
      fijos.esSuyo(ticket_id);
      this.#conContacto(nuevo);
    }
    if (retirado) {
      const quien = novedad.por?.nombre ? `: lo movió ${novedad.por.nombre}` : "";
      fijos.decir("retirado", {
        ticket_id,
        mensaje: `${[retirado.numero, retirado.cliente_direccion].filter(Boolean).join(", ")} ya no es tuyo${quien}. No vayas.`,
        grave: retirado.estado === "en_camino",
      });
      sacudir();
    } else if (cerrado) {
      const como =
        cerrado.estado === "cancelado"
          ? "lo cancelaron. No hace falta que vayas"
          : "la central lo cerró";
      fijos.decir("retirado", {
        ticket_id,
        mensaje: `${cerrado.numero}, ${cerrado.cliente_direccion}: ${como}.`,
        grave: true,
      });
      sacudir();
    } else if (dicho) {
      this.#decirCambio(cambiado, dicho);
      sacudir();
    }
    if (vista.id === ticket_id && !dia.ver(vista.id)) this.lugar.volver();
    // One more or one less: whoever is at the cap is offered nothing, and nobody tells them when they are not any more.
    if (nuevo || novedad.tipo !== "ticket.actualizado") this.ofertas.traer();
    this.pintar();
  }

  /** What the server has instead of what this phone knew: says what left and what changed. */
  reemplazar(tickets) {
    const { idos, cambiados } = this.dia.reemplazar(tickets, this.reloj());
    for (const { id } of tickets) this.fijos.esSuyo(id);
    for (const ido of idos)
      this.fijos.decir("retirado", {
        ticket_id: ido.id,
        mensaje: `${ido.numero}, ${ido.cliente_direccion}: ya no es tuyo. No vayas.`,
      });
    for (const { ticket, dicho } of cambiados) this.#decirCambio(ticket, dicho);
  }

  /** An offer is ours now; its novedad, which says the same, may come before or after. */
  tomado(ticket) {
    this.dia.asentar(ticket, this.reloj());
    this.#conContacto(ticket);
    this.guardar();
    if (!this.ofertas.actual)
      avisar(`Es tuyo: ${ticket.cliente_direccion}`, {
        accion: "Ver",
        alTocar: () => this.lugar.abrir(ticket.id),
      });
  }

  #conContacto(ticket) {
    contactoDe(ticket.cliente_telefono).then(() => this.guardar());
  }

  #decirCambio(ticket, dicho) {
    this.fijos.decir("cambio", {
      ticket_id: ticket.id,
      mensaje: `${ticket.numero}. ${dicho}.`,
      grave: ticket.estado === "en_camino",
      ver: true,
    });
  }
}
