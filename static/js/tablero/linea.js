// How the line to the server is, in words: a chip in the header, and a band when it is lost.
import { notify, hush } from "../page/avisos.js";
import { cuantos, hora } from "../words/formats.js";
import { setText } from "../page/template.js";

/** The board does not take moves once the line has been gone this long: they would only roll back. */
const CORTADA_MS = 10_000;

/** The notice that nothing can be moved: it goes when the line is back. */
export const CORTADA = "cortada";

const PALABRAS = {
  "en-linea": "En vivo",
  "sin-linea": "Sin conexión",
  "sin-sesion": "Sesión vencida",
};

export class Linea {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.banda
   * @param {HTMLElement} parts.chip
   * @param {HTMLElement} parts.raiz
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ banda, chip, raiz, hub }) {
    this.banda = banda;
    this.chip = chip;
    this.raiz = raiz;
    this.hub = hub;
    this.estado = "conectando";
    this.desde = null;
    this.cambios = 0;
    hub.on("line", (estado) => this.put(estado));
    for (const que of ["novedad", "replaced"]) hub.on(que, () => this.cuenta());
  }

  /** Whether it has been gone for so long that moves are not taken. */
  get cortada() {
    return (
      this.estado === "sin-sesion" || (this.desde !== null && Date.now() - this.desde > CORTADA_MS)
    );
  }

  /** Why nothing can be moved, as a sentence. */
  get motivo() {
    return this.estado === "sin-sesion"
      ? "Tu sesión se cerró."
      : "No hay conexión con el servidor.";
  }

  /** Told of each change: those that come before the line is up again were missed. */
  cuenta() {
    if (this.desde !== null) this.cambios += 1;
  }

  put(estado) {
    if (estado === this.estado) return;
    const antes = this.estado;
    this.estado = estado;
    this.chip.dataset.linea = estado;
    setText(this.chip.querySelector("[data-campo=texto]"), PALABRAS[estado]);
    document.documentElement.dataset.vivo = estado === "en-linea" ? "si" : "no";
    if (estado === "en-linea") {
      this.desde = null;
      clearTimeout(this.pronto);
      clearTimeout(this.corte);
      this.banda.hidden = true;
      this.#read(false);
      this.hub.tell("missing", false);
      hush(CORTADA);
      if (antes === "sin-linea")
        notify(`Conectado. ${this.#cuantoCambio()} mientras no había conexión.`);
      this.cambios = 0;
    } else if (estado === "sin-sesion") {
      clearTimeout(this.pronto);
      clearTimeout(this.corte);
      this.#show(
        "Tu sesión venció o la cerraron: el tablero ya no se actualiza. No se perdió nada.",
        true,
      );
      this.#read(true);
      this.hub.tell("missing", true);
      this.raiz.inert = true;
    } else if (this.desde === null) {
      this.desde = Date.now();
      const ultimo = hora(new Date().toISOString());
      // A short hiccup is not worth a band; the chip says it at once.
      this.pronto = setTimeout(() => {
        this.#show(
          `Sin conexión con el servidor. Mostramos lo último de las ${ultimo}. Reintentando…`,
        );
        this.hub.tell("missing", true);
      }, 1_500);
      this.corte = setTimeout(() => {
        this.#show(
          `Sin conexión con el servidor desde las ${ultimo}. ` +
            "Podés mirar, pero no mover nada hasta que vuelva. Reintentando…",
        );
        this.#read(true);
      }, CORTADA_MS);
    }
  }

  /** Marks the board as one that is only looked at. */
  #read(si) {
    this.raiz.toggleAttribute("data-solo-lectura", si);
  }

  #show(mensaje, enter = false) {
    this.banda.replaceChildren(mensaje);
    if (enter) {
      const enlace = document.createElement("a");
      enlace.href = `/login?volver=${encodeURIComponent(location.pathname + location.search)}`;
      enlace.textContent = "Entrá de nuevo";
      // The filters or the panel may change until it is pressed.
      enlace.addEventListener(
        "click",
        () =>
          (enlace.href = `/login?volver=${encodeURIComponent(location.pathname + location.search)}`),
      );
      this.banda.append(" ", enlace);
    }
    this.banda.hidden = false;
  }

  #cuantoCambio() {
    return this.cambios ? cuantos(this.cambios, "cambio", "cambios") : "Nada cambió";
  }
}
