// Doing an act on the phone: ask what it needs, store it, and only then change the screen; and taking it back.
import { avisar } from "../nucleo/avisos.js";
import { nuevaClave } from "../nucleo/clave.js";
import { textoDeRechazo } from "./bandeja.js";
import { CONTRARIA, DESHACER_MS } from "./dia.js";
import { preguntarEntrega, preguntarFalla } from "./hojas.js";
import { sacudir } from "./timbre.js";

const DICHO = { iniciar: "Saliste", llegar: "Llegaste", entregar: "Entregado", fallar: "No entregado" };

export class Actos {
  /**
   * @param {object} parts
   * @param {import("./bandeja.js").Bandeja} parts.bandeja
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./franja.js").Franja} parts.franja
   * @param {string[]} parts.motivos
   * @param {() => number} parts.reloj
   * @param {(id: number) => void} parts.visto
   * @param {(id: number) => void} parts.abrir
   * @param {() => void} parts.volver
   */
  constructor(parts) {
    Object.assign(this, parts);
  }

  async hacer(ticket, accion) {
    const extra = await this.#preguntar(ticket, accion);
    if (extra === null || !(await this.#registrar(ticket, accion, extra))) return;
    this.visto(ticket.id);
    if (accion === "entregar" || accion === "fallar") this.volver();
    this.#ofrecerDeshacer(ticket, accion);
  }

  /** The server did not take an act: say so, and show the ticket as it is. */
  rechazado(registro, rechazo) {
    const { grave, texto } = textoDeRechazo(registro, rechazo);
    if (rechazo.cuerpo?.conflicto_id) this.dia.juzgar(registro.ticket_id);
    this.franja.deshacer(null);
    if (rechazo.cuerpo?.ticket) this.dia.asentar(rechazo.cuerpo.ticket, this.reloj());
    this.franja.aviso(texto, grave);
    sacudir();
  }

  async #preguntar(ticket, accion) {
    if (accion === "entregar") return preguntarEntrega(ticket);
    if (accion === "fallar") return preguntarFalla(ticket, this.motivos);
    return {};
  }

  async #registrar(ticket, accion, extra = {}) {
    const acto = { accion, accion_id: nuevaClave(), ocurrido_en: new Date(this.reloj()).toISOString(), ...extra };
    try {
      await this.bandeja.agregar({ ticket_id: ticket.id, numero: ticket.numero, acto });
    } catch {
      avisar("Tu teléfono no pudo guardar la acción. Liberá espacio y probá otra vez.", { error: true });
      return false;
    }
    return true;
  }

  #ofrecerDeshacer(ticket, accion) {
    const contraria = CONTRARIA[accion];
    this.franja.deshacer(contraria ? `${DICHO[accion]}: ${ticket.cliente_direccion}` : null, DESHACER_MS, async () => {
      if (!(await this.#registrar(this.dia.ver(ticket.id) ?? ticket, contraria))) return;
      this.franja.deshacer(null);
      this.abrir(ticket.id);
    });
  }
}
