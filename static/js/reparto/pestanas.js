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

  /** @param {Json} [ticket] as the server answered an act that is about to leave the disk; else something on it has changed */
  say(ticket) {
    this.canal?.postMessage({ ticket });
  }

  /** @param {(ticket?: Json) => void} perform called with what another tab says */
  hear(perform) {
    this.canal?.addEventListener("message", ({ data }) => perform(data.ticket));
  }
}
