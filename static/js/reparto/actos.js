// Doing an act on the phone: ask what it needs, store it, and only then change the screen; and taking it back.
import { avisar } from "../nucleo/avisos.js";
import { nuevaClave } from "../nucleo/clave.js";
import { textoDeRechazo } from "./bandeja.js";
import { CONTRARIA, DESHACER_MS } from "./dia.js";
import { preguntarEntrega } from "./entrega.js";
import { preguntarFalla } from "./hojas.js";
import { pide } from "./politica.js";
import { sacudir } from "./timbre.js";

const DICHO = { iniciar: "Saliste", llegar: "Llegaste", entregar: "Entregado", fallar: "No entregado" };

export class Actos {
  /**
   * @param {object} parts
   * @param {import("./bandeja.js").Bandeja} parts.bandeja
   * @param {import("./bandeja.js").Fotos} parts.fotos
   * @param {import("./intentos.js").Intentos} parts.intentos
   * @param {() => object} parts.politica what a delivery is asked for
   * @param {(ticketId: number, pin: string) => Promise<object>} parts.comprobar
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
    const dado = await this.#preguntar(ticket, accion);
    if (dado === null || !(await this.#registrar(ticket, accion, dado))) return;
    this.#hecho(ticket, accion);
  }

  #hecho(ticket, accion) {
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
    this.franja.aviso(texto, grave, { clave: `ticket-${registro.ticket_id}` });
    sacudir();
  }

  async #preguntar(ticket, accion) {
    if (accion === "entregar") return preguntarEntrega(ticket, { pedido: pide(this.politica(), ticket), comprobar: (pin) => this.comprobar(ticket.id, pin) });
    if (accion === "fallar") return preguntarFalla(ticket, this.motivos, this.intentos);
    return {};
  }

  async #registrar(ticket, accion, { acto: dado = {}, fotos = [] } = {}) {
    const acto = { accion, accion_id: nuevaClave(), ocurrido_en: new Date(this.reloj()).toISOString(), ...dado };
    const { id: ticket_id, numero } = ticket;
    try {
      await this.bandeja.agregar({ ticket_id, numero, acto }, fotos.map((foto) => ({ ...foto, ticket_id, numero })));
    } catch {
      if (fotos.length) this.#sinEspacio(ticket, accion, dado);
      else avisar("Tu teléfono no pudo guardar la acción. Liberá espacio y probá otra vez.", { error: true });
      return false;
    }
    if (fotos.length) await this.fotos.abrir();
    return true;
  }

  /** The disk is full: the act is not stopped by its photos. */
  #sinEspacio(ticket, accion, dado) {
    const alTocar = async () => {
      const { fotos: _, firma: __, ...prueba } = dado.prueba ?? {};
      if (await this.#registrar(ticket, accion, { acto: { ...dado, prueba } })) this.#hecho(ticket, accion);
    };
    avisar("Tu teléfono no tiene espacio para la foto. Liberá espacio o seguí sin foto.", { error: true, accion: "Seguir sin foto", alTocar, dura: 60_000 });
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
