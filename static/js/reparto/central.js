// What the central asks of a delivery, and what it decided of one that it reviews: nobody tells a phone, so that it asks.
import { request } from "../stream/requests.js";
import { SIN_POLITICA } from "./politica.js";

export class Central {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./politica.js").Politica} [parts.politica] what is known of it
   * @param {import("./diario.js").Diario} parts.diario
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ dia, fijos, politica, diario, hub }) {
    this.dia = dia;
    this.fijos = fijos;
    /** @type {import("./politica.js").Politica} */
    this.politica = politica ?? SIN_POLITICA;
    this.diario = diario;
    this.hub = hub;
    let enLinea = false;
    hub.on("line", (estado) => (enLinea = estado === "en-linea"));
    hub.on("connected", () => {
      this.#askPolitica();
      this.#askRevision(true);
    });
    // At the door is when it has to be known.
    hub.on("done", (accion) => accion === "llegar" && enLinea && this.#askPolitica());
    hub.on("seen", (id) => id !== null && enLinea && this.#askPolitica());
    hub.on("age", () => !document.hidden && enLinea && this.#askRevision());
  }

  /** What a delivery is asked for may have changed since this page was drawn. */
  #askPolitica() {
    request("GET", "/api/politica").then(
      (dicha) => {
        this.politica = dicha;
        this.diario.save();
      },
      () => {},
    );
  }

  /** Asks while something waits for its decision, or `siempre`. */
  #askRevision(siempre = false) {
    const antes = [...this.dia.juzgados];
    if (!antes.length && !siempre) return;
    request("GET", "/api/mis-conflictos").then(
      async ({ en_revision }) => {
        const devueltos = this.dia.review(en_revision, antes);
        for (const { id, numero } of devueltos)
          this.fijos.say("rechazo", {
            ticket_id: id,
            mensaje: `${numero}: la central no aceptó lo que hiciste: todavía es tuyo, sin entregar.`,
            grave: true,
            ver: true,
          });
        await this.diario.save();
        this.hub.tell("draw");
      },
      () => {},
    );
  }
}
