// Whose day this is, until their session is over: of the day only what is unsent stays on this phone then.

export class Sesion {
  /** @param {{guardado: Json, hub: import("../page/hub.js").Hub}} parts */
  constructor({ guardado, hub }) {
    this.guardado = guardado;
    this.hub = hub;
    this.cerrada = false;
  }

  /** The session is over, or is another person's; resolves when the day is off the disk. */
  close() {
    if (this.cerrada) return Promise.resolve();
    this.cerrada = true;
    this.hub.tell("closed");
    return this.guardado.erase().catch(() => {});
  }
}
