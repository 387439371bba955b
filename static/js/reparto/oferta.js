// Open offers: a ticket that is nobody's yet rings on every free phone; the first who says "Lo tomo" has it.
// `Ofertas` knows and decides (no page, no network of its own); `HojaOferta` draws it.
import { cuantos, deHoraAHora, distancia, formaDePago, pesos } from "../words/formats.js";
import { nuevaClave } from "../page/clave.js";
import { Rechazo } from "../stream/requests.js";
import { campos, texto } from "../page/template.js";

const SE_LEE_MS = 6_000;

export class Ofertas {
  /**
   * @param {object} parts
   * @param {(metodo: string, url: string, datos?: object) => Promise<object>} parts.mandar
   * @param {() => void} parts.alCambiar draws
   * @param {(ticket: object) => void} parts.alTomar it is ours: the ticket
   * @param {{setTimeout: Function, clearTimeout: Function}} [parts.tiempo]
   */
  constructor({ mandar, alCambiar, alTomar, tiempo = globalThis }) {
    Object.assign(this, { mandar, alCambiar, alTomar, tiempo });
    this.lista = [];
    this.pasadas = new Set();
    this.claves = new Map();
    this.tomando = null;
    this.noticia = null;
    this.dicho = "";
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
  async traer() {
    if (this.pidiendo) return void (this.otraVez = true);
    this.pidiendo = true;
    try {
      do {
        this.otraVez = false;
        this.#poner(await this.mandar("GET", "/api/ofertas"));
      } while (this.otraVez);
    } catch {
      // Without a line nothing can be taken; the next connect asks.
    } finally {
      this.pidiendo = false;
    }
  }

  /** Without a line an offer cannot be taken, and nobody knows whether it still stands. */
  olvidar() {
    this.lista = [];
    this.alCambiar();
  }

  #poner({ ofertas, tomadas = [] }) {
    const antes = this.actual;
    this.lista = ofertas;
    const ids = new Set(ofertas.map((una) => una.ticket_id));
    for (const id of this.pasadas) if (!ids.has(id)) this.pasadas.delete(id);
    if (antes && !ids.has(antes.ticket_id) && antes.ticket_id !== this.tomando) {
      // What was withdrawn, or is offered no longer because one's hands are full, goes without a word.
      const otro = tomadas.find((una) => una.ticket_id === antes.ticket_id);
      if (otro) this.#decir(`Ya lo tomó ${otro.por}`, antes);
    }
    this.alCambiar();
  }

  #decir(mensaje, oferta) {
    this.tiempo.clearTimeout(this.plazo);
    this.noticia = { mensaje, oferta };
    this.plazo = this.tiempo.setTimeout(() => this.entendido(), SE_LEE_MS);
  }

  entendido() {
    this.tiempo.clearTimeout(this.plazo);
    this.noticia = null;
    this.alCambiar();
  }

  pasar() {
    if (!this.actual) return;
    this.pasadas.add(this.actual.ticket_id);
    this.dicho = "";
    this.alCambiar();
  }

  /** "Lo tomo". The same tap sent again has the same name, so that a lost answer takes nothing twice. */
  async tomar() {
    const oferta = this.actual;
    if (!oferta || this.tomando !== null) return;
    const id = oferta.ticket_id;
    if (!this.claves.has(id)) this.claves.set(id, nuevaClave());
    this.tomando = id;
    this.dicho = "";
    this.alCambiar();
    let ticket = null;
    try {
      ticket = await this.mandar("POST", `/api/ofertas/${id}/tomar`, {
        accion_id: this.claves.get(id),
      });
      this.#quitar(id);
    } catch (error) {
      if (error instanceof Rechazo) {
        this.#quitar(id);
        this.#decir(error.status === 404 ? "Ya no está disponible." : error.message, oferta);
        this.traer();
      } else this.dicho = "Sin respuesta: todavía no es tuyo. Probá de nuevo.";
    } finally {
      this.tomando = null;
    }
    if (ticket) {
      // Said in the sheet of the next offer, which would lie over a notice.
      this.dicho = `${oferta.direccion}: es tuyo.`;
      this.alTomar(ticket);
    }
    this.alCambiar();
  }

  #quitar(id) {
    this.claves.delete(id);
    this.lista = this.lista.filter((una) => una.ticket_id !== id);
  }
}

export class HojaOferta {
  /** @param {Ofertas} ofertas */
  constructor(ofertas) {
    this.ofertas = ofertas;
    this.hoja = document.getElementById("hoja-oferta");
    this.parte = campos(this.hoja);
    for (const accion of ["tomar", "pasar", "entendido"]) {
      this.hoja
        .querySelector(`[data-accion=${accion}]`)
        .addEventListener("click", () => this.ofertas[accion]());
    }
  }

  /**
   * Shows the offer, or what became of it; waits while something else is over the screen.
   * @returns {boolean} whether it rings
   */
  mostrar(tapada) {
    const { actual, noticia, tomando, dicho, cuantas } = this.ofertas;
    const { parte } = this;
    const oferta = noticia?.oferta ?? actual;
    this.hoja.hidden = !oferta || tapada;
    if (!oferta) return false;
    this.hoja.classList.toggle("ida", Boolean(noticia));
    texto(
      parte.oTitulo,
      noticia ? noticia.mensaje : cuantas > 1 ? `¿Lo tomás? · 1 de ${cuantas}` : "¿Lo tomás?",
    );
    texto(parte.oDireccion, oferta.direccion);
    texto(parte.oLugar, noticia ? "" : lugar(oferta));
    texto(
      parte.oCobro,
      noticia
        ? ""
        : [
            pesos(oferta.total),
            formaDePago(oferta.metodo_pago),
            cuantos(oferta.bultos, "producto", "productos"),
          ]
            .filter(Boolean)
            .join(" · "),
    );
    texto(parte.oDicho, tomando !== null ? "Tomándolo…" : noticia ? "" : dicho);
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
