// The strip at the top (the line and what waits, in words), and the bar that takes an act back.
import { hora } from "../words/formats.js";
import { sounds } from "../page/sonido.js";
import { fields, setText } from "../page/template.js";

export class Franja {
  /** @param {Document} documento @param {import("../page/hub.js").Hub} hub */
  constructor(documento, hub) {
    this.tira = documento.querySelector("[data-franja]");
    this.parte = fields(this.tira);
    this.barra = documento.querySelector("[data-deshacer]");
    this.barraParte = fields(this.barra);
    this.linea = "conectando";
    this.cuantas = 0;
    this.barraParte.boton.addEventListener("click", () => this.onUndo?.());
    hub.on("line", (estado) => this.put(estado));
    hub.on("closed", () => this.put("sin-sesion"));
    hub.on("sound", (anda) => this.#sonido(anda));
    hub.on("shown", () => this.#sonido(sounds()));
  }

  /** How the line is. */
  put(linea) {
    this.linea = linea;
    document.documentElement.dataset.vivo = linea === "en-linea" ? "si" : "no";
    this.#draw();
  }

  /** How many acts wait to be sent. */
  count(cuantas, fallando) {
    if (this.cuantas > 0 && cuantas === 0) {
      this.enviado = true;
      setTimeout(() => {
        this.enviado = false;
        this.#draw();
      }, 3_000);
    }
    this.cuantas = cuantas;
    this.fallando = fallando;
    this.#draw();
  }

  /** When this phone last knew that it has everything (ms). */
  upToDate(en) {
    this.upToDateAt = en;
    this.#draw();
  }

  #sonido(anda) {
    setText(this.parte.sonido, anda ? "" : "Sin sonido: tocá la pantalla");
  }

  /** Offers to take the last act back for a while; null takes the offer away. */
  undo(mensaje, dura, onTap) {
    clearInterval(this.cuenta);
    this.barra.hidden = !mensaje;
    if (!mensaje) return;
    const fin = performance.now() + dura;
    this.onUndo = onTap;
    setText(this.barraParte.texto, mensaje);
    const tic = () => {
      const quedan = Math.ceil((fin - performance.now()) / 1000);
      setText(this.barraParte.boton, `Deshacer ${Math.max(quedan, 1)} s`);
      if (quedan <= 0) this.undo(null);
    };
    tic();
    this.cuenta = setInterval(tic, 1_000);
  }

  #draw() {
    const toSend = this.cuantas ? ` · ${this.cuantas} por enviar` : "";
    const enLinea = this.enviado ? "En línea · todo enviado" : "En línea";
    const palabras = {
      conectando: `Conectando…${toSend}`,
      "en-linea": this.cuantas ? `Enviando ${this.cuantas}…` : enLinea,
      "sin-linea": `Sin señal${toSend}`,
      "sin-sesion": `Tu sesión venció.${this.cuantas ? ` Lo que falta enviar (${this.cuantas}) sigue guardado.` : ""}`,
      "sin-dia": "Sin señal. Tu recorrido aparece cuando vuelva.",
    }[this.linea];
    setText(this.parte.linea, palabras);
    this.tira.dataset.linea =
      this.linea === "en-linea" && this.cuantas && this.fallando ? "sin-linea" : this.linea;
    const reloj = this.upToDateAt ? hora(new Date(this.upToDateAt).toISOString()) : "";
    setText(
      this.parte.hora,
      reloj && (this.linea === "en-linea" ? reloj : `datos de las ${reloj}`),
    );
    this.parte.entrar.hidden = this.linea !== "sin-sesion";
  }
}
