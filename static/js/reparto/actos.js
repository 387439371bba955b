// Doing an act on the phone: ask what it needs, store it, and only then change the screen, its sheet included; and taking
// it back. What cannot be stored is said in words and changes nothing.
import { avisar } from "../page/avisos.js";
import { nuevaClave } from "../page/clave.js";
import { textoDeRechazo } from "./bandeja.js";
import { CONTRARIA, DESHACER_MS } from "./dia.js";
import { preguntarEntrega } from "./entrega.js";
import { preguntarFalla } from "./hojas.js";
import { pide } from "./politica.js";
import { sacudir } from "./timbre.js";

const DICHO = {
  iniciar: "Saliste",
  llegar: "Llegaste",
  entregar: "Entregado",
  fallar: "No entregado",
};

export class Actos {
  /**
   * @param {object} parts
   * @param {import("./bandeja.js").Bandeja} parts.bandeja
   * @param {import("./bandeja.js").Fotos} parts.fotos
   * @param {import("./borrador.js").Borradores} parts.borradores
   * @param {import("./intentos.js").Intentos} parts.intentos
   * @param {() => object} parts.politica what a delivery is asked for
   * @param {(ticketId: number, pin: string) => Promise<object>} parts.comprobar
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./franja.js").Franja} parts.franja
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {string[]} parts.motivos
   * @param {() => number} parts.reloj
   * @param {(id: number) => void} parts.visto
   * @param {(id: number) => void} parts.abrir
   * @param {() => void} parts.volver
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.ocupados = new Set();
  }

  async hacer(ticket, accion) {
    if (!(await this.#unaVez(ticket, () => this.#preguntar(ticket, accion)))) return;
    this.visto(ticket.id);
    if (accion === "entregar" || accion === "fallar") this.volver();
    this.#ofrecerDeshacer(ticket, accion);
  }

  /** A second tap while the first is being written is no second act. */
  async #unaVez({ id }, acto) {
    if (this.ocupados.has(id)) return false;
    this.ocupados.add(id);
    return acto().finally(() => this.ocupados.delete(id));
  }

  /** The server did not take an act: say so, and show the ticket as it is. */
  rechazado(registro, rechazo) {
    const { ticket_id } = registro;
    const { clase, grave, texto: mensaje } = textoDeRechazo(registro, rechazo);
    if (rechazo.cuerpo?.conflicto_id) this.dia.juzgar(ticket_id);
    if (this.ofrecido?.id === ticket_id) this.#noOfrecer();
    if (rechazo.cuerpo?.ticket) this.dia.asentar(rechazo.cuerpo.ticket, this.reloj());
    this.fijos.decir(clase, { ticket_id, mensaje, grave });
    sacudir();
  }

  /** Asks what the act needs, and stores it; false when it is not stored. */
  #preguntar(ticket, accion) {
    const guardar = (dado) => this.#registrar(ticket, accion, dado);
    const borrador = this.borradores.de(accion, ticket.id);
    if (accion === "entregar")
      return preguntarEntrega(ticket, {
        pedido: pide(this.politica(), ticket),
        comprobar: (pin) => this.comprobar(ticket.id, pin),
        guardar,
        borrador,
      });
    if (accion === "fallar")
      return preguntarFalla(ticket, {
        motivos: this.motivos,
        intentos: this.intentos,
        guardar,
        borrador,
      });
    return this.#soloRegistrar(ticket, accion);
  }

  async #soloRegistrar(ticket, accion) {
    const mal = await this.#registrar(ticket, accion);
    if (mal) avisar(mal, { error: true });
    return !mal;
  }

  /** Puts the act on the phone's disk. Gives what went wrong, in words. */
  async #registrar(ticket, accion, { acto: dado = {}, fotos = [] } = {}) {
    const acto = {
      accion,
      accion_id: nuevaClave(),
      ocurrido_en: new Date(this.reloj()).toISOString(),
      ...dado,
    };
    const { id: ticket_id, numero } = ticket;
    try {
      await this.bandeja.agregar(
        { ticket_id, numero, acto },
        fotos.map((foto) => ({ ...foto, ticket_id, numero })),
        () => !this.dia.yaSeHizo(ticket_id, accion),
      );
    } catch (error) {
      if (error.name !== "QuotaExceededError")
        return "Tu teléfono no pudo guardarlo. Probá otra vez; si sigue, cerrá la página y abrila de nuevo.";
      return `Tu teléfono no tiene espacio${fotos.length ? " para la foto. Liberá espacio o seguí sin foto." : ". Liberá espacio y probá otra vez."}`;
    }
    if (fotos.length) await this.fotos.abrir();
    return "";
  }

  /** What became of a ticket since may leave nothing to take back. */
  revisarDeshacer() {
    if (!this.ofrecido) return;
    const { id, contraria } = this.ofrecido;
    const puede =
      this.dia.sigue(id) &&
      !this.dia.juzgado(id) &&
      this.dia.tabla[contraria].desde.includes(this.dia.ver(id).estado);
    if (!puede) this.#noOfrecer();
  }

  #noOfrecer() {
    this.ofrecido = null;
    this.franja.deshacer(null);
  }

  #ofrecerDeshacer(ticket, accion) {
    const contraria = CONTRARIA[accion];
    this.ofrecido = contraria ? { id: ticket.id, contraria } : null;
    this.franja.deshacer(
      contraria ? `${DICHO[accion]}: ${ticket.cliente_direccion}` : null,
      DESHACER_MS,
      async () => {
        if (!(await this.#unaVez(ticket, () => this.#soloRegistrar(ticket, contraria)))) return;
        this.#noOfrecer();
        this.abrir(ticket.id);
      },
    );
  }
}
