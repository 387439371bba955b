// The strip at the top (the line and what waits, in words), and the bar that takes an act back.
import { hora } from "../words/formats.js";
import { campos, texto } from "../page/template.js";

export class Franja {
  constructor(documento) {
    this.tira = documento.querySelector("[data-franja]");
    this.parte = campos(this.tira);
    this.barra = documento.querySelector("[data-deshacer]");
    this.barraParte = campos(this.barra);
    this.linea = "conectando";
    this.cuantas = 0;
    this.barraParte.boton.addEventListener("click", () => this.alDeshacer?.());
  }

  /** How the line is. */
  poner(linea) {
    this.linea = linea;
    document.documentElement.dataset.vivo = linea === "en-linea" ? "si" : "no";
    this.#pintar();
  }

  /** How many acts wait to be sent. */
  contar(cuantas, fallando) {
    if (this.cuantas > 0 && cuantas === 0) {
      this.enviado = true;
      setTimeout(() => {
        this.enviado = false;
        this.#pintar();
      }, 3_000);
    }
    this.cuantas = cuantas;
    this.fallando = fallando;
    this.#pintar();
  }

  /** When this phone last knew that it has everything (ms). */
  alDia(en) {
    this.alDiaEn = en;
    this.#pintar();
  }

  sonido(suena) {
    texto(this.parte.sonido, suena ? "" : "Sin sonido: tocá la pantalla");
  }

  /** Offers to take the last act back for a while; null takes the offer away. */
  deshacer(mensaje, dura, alTocar) {
    clearInterval(this.cuenta);
    this.barra.hidden = !mensaje;
    if (!mensaje) return;
    const fin = performance.now() + dura;
    this.alDeshacer = alTocar;
    texto(this.barraParte.texto, mensaje);
    const tic = () => {
      const quedan = Math.ceil((fin - performance.now()) / 1000);
      texto(this.barraParte.boton, `Deshacer ${Math.max(quedan, 1)} s`);
      if (quedan <= 0) this.deshacer(null);
    };
    tic();
    this.cuenta = setInterval(tic, 1_000);
  }

  #pintar() {
    const porEnviar = this.cuantas ? ` · ${this.cuantas} por enviar` : "";
    const palabras = {
      conectando: `Conectando…${porEnviar}`,
      "en-linea": this.cuantas
        ? `Enviando ${this.cuantas}…`
        : this.enviado
          ? "En línea · todo enviado"
          : "En línea",
      "sin-linea": `Sin señal${porEnviar}`,
      "sin-sesion": `Tu sesión venció.${this.cuantas ? ` Lo que falta enviar (${this.cuantas}) sigue guardado.` : ""}`,
      "sin-dia": "Sin señal. Tu recorrido aparece cuando vuelva.",
    }[this.linea];
    texto(this.parte.linea, palabras);
    this.tira.dataset.linea =
      this.linea === "en-linea" && this.cuantas && this.fallando ? "sin-linea" : this.linea;
    const reloj = this.alDiaEn ? hora(new Date(this.alDiaEn).toISOString()) : "";
    texto(this.parte.hora, reloj && (this.linea === "en-linea" ? reloj : `datos de las ${reloj}`));
    this.parte.entrar.hidden = this.linea !== "sin-sesion";
  }
}
