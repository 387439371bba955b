// Open offers: a ticket that is nobody's yet rings on every free phone; the first who says "Lo tomo" has it.
// `Ofertas` knows and decides (no page, no network of its own); `HojaOferta` draws it.
import {
  cuantos,
  deHoraAHora,
  distancia,
  formaDePago,
  pagoDicho,
  pesos,
} from "../words/formats.js";
import { newClave } from "../page/clave.js";
import { Rechazo } from "../stream/requests.js";
import { fields, setText } from "../page/template.js";

const SE_LEE_MS = 6_000;

export class Ofertas {
  /**
   * @param {object} parts
   * @param {(metodo: string, url: string, datos?: Json) => Promise<Json>} parts.send
   * @param {import("../page/hub.js").Hub} parts.hub
   * @param {Json} [parts.tiempo] `setTimeout`, `clearTimeout`
   */
  constructor({ send, hub, tiempo = globalThis }) {
    this.send = send;
    this.hub = hub;
    this.tiempo = tiempo;
    /** @type {Json[]} */
    this.lista = [];
    this.pasadas = new Set();
    this.claves = new Map();
    this.tomando = null;
    this.noticia = null;
    this.dicho = "";
    for (const cuando of ["connected", "shown", "ofertas", "turno"])
      hub.on(cuando, () => this.pull());
    hub.on("line", (estado) => estado !== "en-linea" && this.#forget());
  }

  /** The offer to show now: the first that was not passed over. */
  get actual() {
    return this.lista.find((una) => !this.pasadas.has(una.ticket_id)) ?? null;
  }

  /** How many wait for an answer. */
  get cuantas() {
    return this.lista.filter((una) => !this.pasadas.has(una.ticket_id)).length;
  }

  /** Asks what is offered; what comes in between is asked once more. */
  async pull() {
    if (this.pidiendo) return void (this.otraVez = true);
    this.pidiendo = true;
    try {
      do {
        this.otraVez = false;
        this.#put(await this.send("GET", "/api/ofertas"));
      } while (this.otraVez);
    } catch {
      // Without a line nothing can be taken; the next connect asks.
    } finally {
      this.pidiendo = false;
    }
  }

  /** Without a line an offer cannot be taken, and nobody knows whether it still stands. */
  #forget() {
    this.lista = [];
    this.hub.tell("draw");
  }

  /** @param {Json} dicho as GET /api/ofertas says */
  #put({ ofertas, tomadas = [] }) {
    const antes = this.actual;
    this.lista = ofertas;
    const ids = new Set(ofertas.map((una) => una.ticket_id));
    for (const id of this.pasadas) if (!ids.has(id)) this.pasadas.delete(id);
    if (antes && !ids.has(antes.ticket_id) && antes.ticket_id !== this.tomando) {
      // What was withdrawn, or is offered no longer because one's hands are full, goes without a word.
      const otro = tomadas.find((una) => una.ticket_id === antes.ticket_id);
      if (otro) this.#say(`Ya lo tomó ${otro.por}`, antes);
    }
    this.hub.tell("draw");
  }

  #say(mensaje, oferta) {
    this.tiempo.clearTimeout(this.plazo);
    this.noticia = { mensaje, oferta };
    this.plazo = this.tiempo.setTimeout(() => this.entendido(), SE_LEE_MS);
  }

  entendido() {
    this.tiempo.clearTimeout(this.plazo);
    this.noticia = null;
    this.hub.tell("draw");
  }

  pass() {
    if (!this.actual) return;
    this.pasadas.add(this.actual.ticket_id);
    this.dicho = "";
    this.hub.tell("draw");
  }

  /** "Lo tomo". The same tap sent again has the same name, so that a lost answer takes nothing twice. */
  async take() {
    const oferta = this.actual;
    if (!oferta || this.tomando !== null) return;
    const id = oferta.ticket_id;
    if (!this.claves.has(id)) this.claves.set(id, newClave());
    this.tomando = id;
    this.dicho = "";
    this.hub.tell("draw");
    let ticket = null;
    try {
      ticket = await this.send("POST", `/api/ofertas/${id}/tomar`, {
        accion_id: this.claves.get(id),
      });
      this.#remove(id);
    } catch (error) {
      if (error instanceof Rechazo) {
        this.#remove(id);
        this.#say(error.status === 404 ? "Ya no está disponible." : error.message, oferta);
        this.pull();
      } else this.dicho = "Sin respuesta: todavía no es tuyo. Probá de nuevo.";
    } finally {
      this.tomando = null;
    }
    if (ticket) {
      // Said in the sheet of the next offer, which would lie over a notice.
      this.dicho = `${oferta.direccion}: es tuyo.`;
      this.hub.tell("tomado", ticket);
    }
    this.hub.tell("draw");
  }

  #remove(id) {
    this.claves.delete(id);
    this.lista = this.lista.filter((una) => una.ticket_id !== id);
  }
}

export class HojaOferta {
  /** @param {Ofertas} ofertas */
  constructor(ofertas) {
    this.ofertas = ofertas;
    this.hoja = document.getElementById("hoja-oferta");
    this.parte = fields(this.hoja);
    const buttons = {
      tomar: () => ofertas.take(),
      pasar: () => ofertas.pass(),
      entendido: () => ofertas.entendido(),
    };
    for (const [accion, tapped] of Object.entries(buttons))
      this.hoja.querySelector(`[data-accion=${accion}]`).addEventListener("click", tapped);
  }

  /**
   * Shows the offer, or what became of it; waits while something else is over the screen.
   * @returns {boolean} whether it rings
   */
  show(tapada) {
    const { actual, noticia, tomando, dicho, cuantas } = this.ofertas;
    const { parte } = this;
    const oferta = noticia?.oferta ?? actual;
    this.hoja.hidden = !oferta || tapada;
    if (!oferta) return false;
    this.hoja.classList.toggle("ida", Boolean(noticia));
    const pregunta = cuantas > 1 ? `¿Lo tomás? · 1 de ${cuantas}` : "¿Lo tomás?";
    setText(parte.oTitulo, noticia?.mensaje ?? pregunta);
    setText(parte.oDireccion, oferta.direccion);
    setText(parte.oLugar, noticia ? "" : lugar(oferta));
    setText(
      parte.oCobro,
      noticia
        ? ""
        : [
            pesos(oferta.total),
            oferta.pagado ? pagoDicho(oferta) : formaDePago(oferta.metodo_pago),
            cuantos(oferta.bultos, "producto", "productos"),
          ]
            .filter(Boolean)
            .join(" · "),
    );
    const sobreEsto = noticia ? "" : dicho;
    setText(parte.oDicho, tomando === null ? sobreEsto : "Tomándolo…");
    parte.oBotones.hidden = Boolean(noticia);
    parte.oEntendido.hidden = !noticia;
    for (const boton of parte.oBotones.querySelectorAll("button"))
      boton.disabled = tomando !== null;
    return !noticia && !tapada && tomando === null;
  }
}

function lugar({ barrio, franja, distancia_m }) {
  const partes = [
    barrio,
    franja && deHoraAHora(franja.desde, franja.hasta, Date.now()),
    distancia_m !== undefined && `a ${distancia(distancia_m)}`,
  ];
  return partes.filter(Boolean).join(" · ");
}
