// Putting the page on the home screen: offered after the first delivery, at most three times, a week apart.
import { remember, recuerdo } from "./recuerdo.js";

const VECES = 3;
const OTRA_VEZ_MS = 7 * 86_400_000;

export class Instalar {
  /** @param {import("../page/hub.js").Hub} hub told when it can be installed, or is */
  constructor(hub) {
    /** @type {any} the browser's offer, an event that not all of them have */
    this.oferta = null;
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.oferta = event;
      hub.tell("permisos");
    });
    addEventListener("appinstalled", () => {
      this.oferta = null;
      navigator.storage?.persist?.();
      hub.tell("permisos");
    });
  }

  get instalada() {
    return matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  }

  /** How: by a button, by hand (iOS has no button), or not at all. */
  get como() {
    if (this.instalada) return "ya";
    if (this.oferta) return "boton";
    return /iPhone|iPad/.test(navigator.userAgent) ? "a-mano" : "no";
  }

  /** Whether now is the time to offer it; counts as offered. */
  mayOffer() {
    if (this.como !== "boton" && this.como !== "a-mano") return false;
    const { veces, en } = recuerdo("instalar", { veces: 0, en: 0 });
    if (veces >= VECES || Date.now() - en < OTRA_VEZ_MS) return false;
    return remember("instalar", { veces: veces + 1, en: Date.now() });
  }

  async install() {
    const oferta = this.oferta;
    this.oferta = null;
    await oferta?.prompt();
  }
}

export const A_MANO = "Para instalarla: tocá Compartir y después «Agregar a inicio».";
