// The tabs of one person: what one of them stores or has sent the others know, and two never do the same at a time.

export class Pestanas {
  /** @param {number} yo the person's id */
  constructor(yo) {
    this.nombre = `reparto-${yo}`;
    this.canal = globalThis.BroadcastChannel && new BroadcastChannel(this.nombre);
  }

  /** Lets one tab at a time do this. */
  oneAtATime(que) {
    return (perform) => navigator.locks?.request(`${this.nombre}-${que}`, perform) ?? perform();
  }

  say() {
    this.canal?.postMessage("cambio");
  }

  /** @param {() => void} perform called when another tab has changed something */
  hear(perform) {
    this.canal?.addEventListener("message", perform);
  }
}
