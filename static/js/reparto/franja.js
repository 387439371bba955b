// The strip at the top (the line and what waits, in words), the notices that stay, and the bar that takes an act back.
import { hora } from "../nucleo/formatos.js";
import { campos, clonar, texto } from "../nucleo/plantilla.js";

export class Franja {
  constructor(documento) {
    this.tira = documento.querySelector("[data-franja]");
    this.parte = campos(this.tira);
    this.avisos = documento.querySelector("[data-avisos]");
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

  /**
   * A notice that stays until it is dismissed; `grave` ones stand out.
   * @param {{clave?: string, accion?: string, alTocar?: () => void, entendido?: string, alCerrar?: () => void}} [mas] one with the same `clave`
   *   takes the place of the last; `accion` is a second button
   */
  aviso(mensaje, grave = false, { clave, accion, alTocar, entendido = "Entendido", alCerrar } = {}) {
    const nota = clonar("aviso-fijo");
    const parte = campos(nota);
    texto(parte.texto, mensaje);
    texto(parte.entendido, entendido);
    nota.classList.toggle("grave", grave);
    parte.entendido.addEventListener("click", () => {
      nota.remove();
      alCerrar?.();
    });
    if (accion) {
      texto(parte.otro, accion);
      parte.otro.addEventListener("click", () => {
        nota.remove();
        alTocar();
      });
    }
    if (clave) {
      nota.dataset.clave = clave;
      this.quitar(clave);
    }
    this.avisos.prepend(nota);
    while (this.avisos.children.length > 6) this.avisos.lastElementChild.remove();
  }

  /** Takes the notice with this `clave` away. */
  quitar(clave) {
    for (const nota of this.avisos.children) if (nota.dataset.clave === clave) nota.remove();
  }

  /** Takes away all that was said and offered. */
  callar() {
    this.avisos.replaceChildren();
    this.deshacer(null);
  }

  /** Offers to take the last act back for a while; null takes the offer away. */
  deshacer(mensaje, dura, alTocar) {
    clearInterval(this.cuenta);
    this.barra.hidden = !mensaje;
    if (!mensaje) return;
    const fin = Date.now() + dura;
    this.alDeshacer = alTocar;
    texto(this.barraParte.texto, mensaje);
    const tic = () => {
      const quedan = Math.ceil((fin - Date.now()) / 1000);
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
      "en-linea": this.cuantas ? `Enviando ${this.cuantas}…` : this.enviado ? "En línea · todo enviado" : "En línea",
      "sin-linea": `Sin señal${porEnviar}`,
      "sin-sesion": `Tu sesión venció.${this.cuantas ? ` Lo que falta enviar (${this.cuantas}) sigue guardado.` : ""}`,
      "sin-dia": "Sin señal. Tu recorrido aparece cuando vuelva.",
    }[this.linea];
    texto(this.parte.linea, palabras);
    this.tira.dataset.linea = this.linea === "en-linea" && this.cuantas && this.fallando ? "sin-linea" : this.linea;
    const reloj = this.alDiaEn ? hora(new Date(this.alDiaEn).toISOString()) : "";
    texto(this.parte.hora, reloj && (this.linea === "en-linea" ? reloj : `datos de las ${reloj}`));
    this.parte.entrar.hidden = this.linea !== "sin-sesion";
  }
}
