// Keeps the screen on while somebody is on the way, where the phone can and the person wants it.

export class Pantalla {
  /** @param {boolean} quiere what the person said */
  constructor(quiere = true) {
    Object.assign(this, { quiere, debe: false, traba: null });
    this.puede = "wakeLock" in navigator;
    // The phone lets go of it whenever the page is hidden.
    document.addEventListener("visibilitychange", () => this.#revisar());
  }

  mantener(debe) {
    this.debe = debe;
    this.#revisar();
  }

  querer(si) {
    this.quiere = si;
    this.#revisar();
  }

  async #revisar() {
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
        traba.addEventListener("release", () => this.traba === traba && (this.traba = null));
        this.traba = traba;
      } catch {
        // A low battery refuses it: the screen goes off as it always does.
      }
      this.pidiendo = false;
      if (!quiere()) this.#revisar();
    }
  }
}
