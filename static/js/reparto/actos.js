// Doing an act on the phone: ask what it needs, store it, and only then change the screen, its sheet included; and taking
// it back. What cannot be stored is said in words and changes nothing.
import { notify } from "../page/avisos.js";
import { newClave } from "../page/clave.js";
import { request } from "../stream/requests.js";
import { askEntrega } from "./entrega.js";
import { askFalla } from "./hojas.js";
import { CONTRARIA, DESHACER_MS } from "./pasos.js";
import { pide } from "./politica.js";

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
   * @param {import("./central.js").Central} parts.central
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./franja.js").Franja} parts.franja
   * @param {string[]} parts.motivos
   * @param {() => number} parts.reloj
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ bandeja, fotos, borradores, intentos, central, dia, franja, motivos, reloj, hub }) {
    this.bandeja = bandeja;
    this.fotos = fotos;
    this.borradores = borradores;
    this.intentos = intentos;
    this.central = central;
    this.dia = dia;
    this.franja = franja;
    this.motivos = motivos;
    this.reloj = reloj;
    this.hub = hub;
    this.ocupados = new Set();
    /** What may be taken back: {id, contraria}. */
    this.ofrecido = null;
    hub.on("perform", (ticket, accion) => this.#perform(ticket, accion));
    hub.on("draw", () => this.#reviewUndo());
    hub.on("rechazado", (id) => this.ofrecido?.id === id && this.#doNotOffer());
    for (const fin of ["ended", "closed"]) hub.on(fin, () => this.#doNotOffer());
  }

  async #perform(ticket, accion) {
    if (!(await this.#once(ticket, () => this.#ask(ticket, accion)))) return;
    this.hub.tell("visto", [ticket.id]);
    if (accion === "entregar" || accion === "fallar") this.hub.tell("back");
    this.#offerUndo(ticket, accion);
    this.hub.tell("done", accion, this.dia.see(ticket.id)?.estado);
  }

  /** A second tap while the first is being written is no second act. */
  async #once({ id }, acto) {
    if (this.ocupados.has(id)) return false;
    this.ocupados.add(id);
    return acto().finally(() => this.ocupados.delete(id));
  }

  /** Asks what the act needs, and stores it; false when it is not stored. */
  #ask(ticket, accion) {
    const save = (dado) => this.#record(ticket, accion, dado);
    const borrador = this.borradores.de(accion, ticket.id);
    if (accion === "entregar")
      return askEntrega(ticket, {
        pedido: pide(this.central.politica, ticket),
        hoy: () => this.dia.see(ticket.id) ?? ticket,
        check: (pin) =>
          request("POST", `/api/tickets/${ticket.id}/pin`, { pin }, { espera: 8_000 }),
        save,
        borrador,
      });
    if (accion === "fallar")
      return askFalla(ticket, {
        motivos: this.motivos,
        intentos: this.intentos,
        save,
        borrador,
      });
    return this.#recordOnly(ticket, accion);
  }

  async #recordOnly(ticket, accion) {
    const mal = await this.#record(ticket, accion);
    if (mal) notify(mal, { error: true });
    return !mal;
  }

  /** Puts the act on the phone's disk. Gives what went wrong, in words. */
  async #record(ticket, accion, { acto: dado = {}, fotos = [] } = {}) {
    const acto = {
      accion,
      accion_id: newClave(),
      ocurrido_en: new Date(this.reloj()).toISOString(),
      ...dado,
    };
    const { id: ticket_id, numero } = ticket;
    try {
      await this.bandeja.add(
        { ticket_id, numero, acto },
        fotos.map((foto) => ({ ...foto, ticket_id, numero })),
        () => !this.dia.alreadyDone(ticket_id, accion),
      );
    } catch (error) {
      if (error.name !== "QuotaExceededError")
        return "Tu teléfono no pudo guardarlo. Probá otra vez; si sigue, cerrá la página y abrila de nuevo.";
      return fotos.length
        ? "Tu teléfono no tiene espacio para la foto. Liberá espacio o seguí sin foto."
        : "Tu teléfono no tiene espacio. Liberá espacio y probá otra vez.";
    }
    if (fotos.length) await this.fotos.open();
    return "";
  }

  /** What became of a ticket since may leave nothing to take back. */
  #reviewUndo() {
    if (!this.ofrecido) return;
    const { id, contraria } = this.ofrecido;
    const puede =
      this.dia.sigue(id) &&
      !this.dia.juzgado(id) &&
      this.dia.tabla[contraria].desde.includes(this.dia.see(id).estado);
    if (!puede) this.#doNotOffer();
  }

  #doNotOffer() {
    this.ofrecido = null;
    this.franja.undo(null);
  }

  #offerUndo(ticket, accion) {
    const contraria = CONTRARIA[accion];
    this.ofrecido = contraria ? { id: ticket.id, contraria } : null;
    this.franja.undo(
      contraria ? `${DICHO[accion]}: ${ticket.cliente_direccion}` : null,
      DESHACER_MS,
      async () => {
        if (!(await this.#once(ticket, () => this.#recordOnly(ticket, contraria)))) return;
        this.#doNotOffer();
        this.hub.tell("open", ticket.id);
      },
    );
  }
}
