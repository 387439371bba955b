// What the server says of the day, put into it, and what of that a person is told in words.
import { avisar } from "../nucleo/avisos.js";
import { contactoDe } from "../nucleo/contacto.js";
import { sacudir } from "./timbre.js";

export class Novedades {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./franja.js").Franja} parts.franja
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
    const { dia, franja, vista } = this;
    const clave = `ticket-${novedad.ticket_id}`;
    const { nuevo, retirado, cerrado, cambiado, dicho } = dia.aplicar(novedad, this.reloj());
    if (nuevo) this.#conContacto(nuevo);
    if (retirado) {
      const quien = novedad.por?.nombre ? `: lo movió ${novedad.por.nombre}` : "";
      franja.aviso(`${retirado.numero}, ${retirado.cliente_direccion} ya no es tuyo${quien}. No vayas.`, retirado.estado === "en_camino", { clave });
      sacudir();
    } else if (cerrado) {
      const como = cerrado.estado === "cancelado" ? "lo cancelaron. No hace falta que vayas" : "la central lo cerró";
      franja.aviso(`${cerrado.numero}, ${cerrado.cliente_direccion}: ${como}.`, true, { clave });
      sacudir();
    } else if (dicho) {
      this.#decirCambio(cambiado, dicho);
      sacudir();
    }
    if (vista.id === novedad.ticket_id && !dia.ver(vista.id)) this.lugar.volver();
    // One more or one less: whoever is at the cap is offered nothing, and nobody tells them when they are not any more.
    if (nuevo || novedad.tipo !== "ticket.actualizado") this.ofertas.traer();
    this.pintar();
  }

  /** What the server has instead of what this phone knew: says what left and what changed. */
  reemplazar(tickets) {
    const { idos, cambiados } = this.dia.reemplazar(tickets, this.reloj());
    for (const ido of idos) this.franja.aviso(`${ido.numero}, ${ido.cliente_direccion}: ya no es tuyo. No vayas.`, false, { clave: `ticket-${ido.id}` });
    for (const { ticket, dicho } of cambiados) this.#decirCambio(ticket, dicho);
  }

  /** An offer is ours now; its novedad, which says the same, may come before or after. */
  tomado(ticket) {
    this.dia.asentar(ticket, this.reloj());
    this.#conContacto(ticket);
    this.guardar();
    if (!this.ofertas.actual) avisar(`Es tuyo: ${ticket.cliente_direccion}`, { accion: "Ver", alTocar: () => this.lugar.abrir(ticket.id) });
  }

  #conContacto(ticket) {
    contactoDe(ticket.cliente_telefono).then(() => this.guardar());
  }

  #decirCambio(ticket, dicho) {
    const mas = { clave: `ticket-${ticket.id}`, accion: "Ver", alTocar: () => this.lugar.abrir(ticket.id) };
    this.franja.aviso(`${ticket.numero}. ${dicho}.`, ticket.estado === "en_camino", mas);
  }
}
