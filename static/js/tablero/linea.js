// How the line to the server is, in words: a chip in the header, and a band when it is lost.
import { avisar } from "../nucleo/avisos.js";
import { hora } from "../nucleo/formatos.js";
import { texto } from "../nucleo/plantilla.js";

/** The board does not take moves once the line has been gone this long: they would only roll back. */
const CORTADA_MS = 10_000;

const PALABRAS = { "en-linea": "En vivo", "sin-linea": "Sin conexión", "sin-sesion": "Sesión vencida" };

export class Linea {
  constructor({ banda, chip }) {
    Object.assign(this, { banda, chip, estado: "conectando", desde: null });
  }

  /** Whether it has been gone for so long that moves are not taken. */
  get cortada() {
    return this.estado === "sin-sesion" || (this.desde !== null && Date.now() - this.desde > CORTADA_MS);
  }

  poner(estado) {
    if (estado === this.estado) return;
    const antes = this.estado;
    this.estado = estado;
    this.chip.dataset.linea = estado;
    texto(this.chip.querySelector("[data-campo=texto]"), PALABRAS[estado]);
    document.documentElement.dataset.vivo = estado === "en-linea" ? "si" : "no";
    if (estado === "en-linea") {
      this.desde = null;
      clearTimeout(this.pronto);
      this.banda.hidden = true;
      if (antes === "sin-linea") avisar("Conectado otra vez. El tablero está al día.");
    } else if (estado === "sin-sesion") {
      this.#mostrar("Tu sesión venció o la cerraron. No se perdió nada.", true);
    } else if (this.desde === null) {
      this.desde = Date.now();
      // A short hiccup is not worth a band.
      this.pronto = setTimeout(() => this.#mostrar(`Sin conexión con el servidor. Mostramos lo último de las ${hora(new Date().toISOString())}. Reintentando…`), 1_500);
    }
  }

  #mostrar(mensaje, entrar = false) {
    this.banda.replaceChildren(mensaje);
    if (entrar) {
      const enlace = document.createElement("a");
      enlace.href = "/login?volver=/tablero";
      enlace.textContent = "Entrá de nuevo";
      this.banda.append(" ", enlace);
    }
    this.banda.hidden = false;
  }
}
