// Keeps the screen on while somebody is on the way, where the phone can and the person wants it.

const OTRA_VEZ_MS = 1_000;

export class Pantalla {
  /** @param {boolean} quiere what the person said */
  constructor(quiere = true) {
    this.quiere = quiere;
    this.debe = false;
    /** @type {WakeLockSentinel | null} */
    this.traba = null;
    this.soltadaEn = -OTRA_VEZ_MS;
    this.puede = "wakeLock" in navigator;
    // The phone lets go of it whenever the page is hidden.
    document.addEventListener("visibilitychange", () => this.#review());
  }

  hold(debe) {
    this.debe = debe;
    this.#review();
  }

  want(si) {
    this.quiere = si;
    this.#review();
  }

  /** The phone let go of it by itself: asked for again at once, unless it does so each time (a low battery). */
  #released(traba, ahora) {
    if (this.traba !== traba) return;
    this.traba = null;
    const seguido = ahora - this.soltadaEn < OTRA_VEZ_MS;
    this.soltadaEn = ahora;
    if (!seguido) this.#review();
  }

  async #review() {
    if (!this.puede) return;
    const quiere = () => this.debe && this.quiere && !document.hidden;
    if (!quiere()) {
      const traba = this.traba;
      this.traba = null;
      await traba?.release().catch(() => {});
    } else if (!this.traba && !this.pidiendo) {
      this.pidiendo = true;
      try {
        const traba = await navigator.wakeLock.request("screen");
        traba.addEventListener("release", () => this.#released(traba, performance.now()));
        this.traba = traba;
      } catch {
        // A low battery refuses it: the screen goes off as it always does.
      }
      this.pidiendo = false;
      if (!quiere()) this.#review();
    }
  }
}
