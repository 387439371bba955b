// What the central asks of a delivery, and what it decided of one that it reviews: nobody tells a phone, so that it asks.
import { request } from "../stream/requests.js";
import { SIN_POLITICA } from "./politica.js";

export class Central {
  /**
   * @param {object} parts
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {object} [parts.politica] what is known of it
   * @param {() => Promise<void>} parts.save
   * @param {() => void} parts.draw
   */
  constructor({ dia, fijos, politica, save, draw }) {
    Object.assign(this, { dia, fijos, politica: politica ?? SIN_POLITICA, save, draw });
  }

  /** What a delivery is asked for may have changed since this page was drawn. */
  askPolitica() {
    request("GET", "/api/politica").then(
      (dicha) => {
        this.politica = dicha;
        this.save();
      },
      () => {},
    );
  }

  /** Asks while something waits for its decision, or `siempre`. */
  askRevision(siempre = false) {
    const antes = [...this.dia.juzgados];
    if (!antes.length && !siempre) return;
    request("GET", "/api/mis-conflictos").then(
      ({ en_revision }) => {
        const devueltos = this.dia.review(en_revision, antes);
        for (const { id, numero } of devueltos)
          this.fijos.say("rechazo", {
            ticket_id: id,
            mensaje: `${numero}: la central no aceptó lo que hiciste: todavía es tuyo, sin entregar.`,
            grave: true,
            ver: true,
          });
        this.save().then(this.draw);
      },
      () => {},
    );
  }
}
