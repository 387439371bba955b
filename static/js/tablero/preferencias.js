// How this admin likes the board: pinned columns and density, kept by the server for every browser of theirs.
import { notify } from "../page/avisos.js";
import { request } from "../stream/requests.js";

export class Preferencias {
  /** @param {{fijadas: number[], densidad: string}} datos @param {import("../page/hub.js").Hub} hub */
  constructor(datos, hub) {
    this.fijadas = datos.fijadas;
    this.densidad = datos.densidad;
    this.hub = hub;
    this.#dress();
  }

  /** Pins a column, or lets it go. */
  pin(id) {
    const fijadas = this.fijadas.includes(id)
      ? this.fijadas.filter((otra) => otra !== id)
      : [...this.fijadas, id];
    this.#change({ fijadas });
  }

  toggleDensidad() {
    this.#change({ densidad: this.densidad === "compacta" ? "comoda" : "compacta" });
  }

  async #change(cambios) {
    Object.assign(this, cambios);
    this.#dress();
    this.hub.tell("layout");
    try {
      await request("PATCH", "/api/preferencias", cambios);
    } catch {
      notify(
        "No se pudo guardar cómo te gusta ver el tablero. En esta pantalla queda así hasta que la cierres.",
        { error: true },
      );
    }
  }

  #dress() {
    document.documentElement.dataset.densidad = this.densidad;
  }
}
