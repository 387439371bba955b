// What the server answered to an act or a photo: put into the day, kept, and said where a person must know.
import { textoDeRechazo } from "./rechazo.js";
import { esProblema } from "./problemas.js";
import { shake } from "./timbre.js";

export class Respuestas {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./caja.js").Caja} parts.caja
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {Json} parts.problemas their storage
   * @param {import("./diario.js").Diario} parts.diario
   * @param {import("./pestanas.js").Pestanas} parts.pestanas what one tab was answered the others know, too
   * @param {() => number} parts.reloj
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ dia, caja, fijos, problemas, diario, pestanas, reloj, hub }) {
    this.dia = dia;
    this.caja = caja;
    this.fijos = fijos;
    this.problemas = problemas;
    this.diario = diario;
    this.pestanas = pestanas;
    this.reloj = reloj;
    this.hub = hub;
    pestanas.hear((ticket) => ticket && dia.settle(ticket, reloj()));
  }

  /** To an act; resolves when it is kept, and only then may the act itself go. */
  async acto(registro, { respuesta: ticket, rechazo }) {
    if (ticket) {
      this.dia.settle(ticket, this.reloj());
      const { accion } = registro.acto;
      if (accion === "entregar" || accion === "corregir") this.caja.contestado(registro);
      // Before the act leaves the disk: else the others would take its ticket for one that somebody else closed.
      this.pestanas.say(ticket);
    } else {
      this.#rechazado(registro, rechazo);
      if (esProblema(registro, rechazo)) {
        await this.problemas.add({ ...registro, detalle: rechazo.message });
        this.#sayProblema();
      }
      this.hub.tell("catchUp");
    }
    await this.diario.save();
  }

  /** To a photo. */
  foto(foto, { rechazo }) {
    if (rechazo)
      this.fijos.say("rechazo", {
        ticket_id: foto.ticket_id,
        mensaje: `${foto.numero}: una foto no se pudo guardar. ${rechazo.message}`,
      });
  }

  /** The server did not take an act: say so, and show the ticket as it is. */
  #rechazado(registro, rechazo) {
    const { ticket_id } = registro;
    const { clase, grave, texto: mensaje } = textoDeRechazo(registro, rechazo);
    if (rechazo.cuerpo?.conflicto_id) this.dia.judge(ticket_id);
    this.hub.tell("rechazado", ticket_id);
    if (rechazo.cuerpo?.ticket) this.dia.settle(rechazo.cuerpo.ticket, this.reloj());
    this.fijos.say(clase, { ticket_id, mensaje, grave });
    shake();
  }

  #sayProblema() {
    this.fijos.aviso(
      "El sistema no aceptó una entrega. La guardamos en este teléfono: avisale a la central.",
      true,
      { clave: "problemas", accion: "Ver", onTap: () => this.hub.tell("go", "/reparto#mas") },
    );
    this.hub.tell("permisos");
    this.hub.tell("draw");
  }
}
