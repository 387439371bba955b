// The tabs of one person: what one of them stores or has sent the others know, and two never do the same at a time.

export class Pestanas {
  /** @param {number} yo the person's id */
  constructor(yo) {
    this.nombre = `reparto-${yo}`;
    this.canal = globalThis.BroadcastChannel && new BroadcastChannel(this.nombre);
  }

  /** Lets one tab at a time do this. */
  unaPorVez(que) {
    return (hacer) => navigator.locks?.request(`${this.nombre}-${que}`, hacer) ?? hacer();
  }

  decir() {
    this.canal?.postMessage("cambio");
  }

  /** @param {() => void} hacer called when another tab has changed something */
  oir(hacer) {
    this.canal?.addEventListener("message", hacer);
  }
}
