// How this admin likes the board: pinned columns and density, kept by the server for every browser of theirs.
import { avisar } from "../page/avisos.js";
import { pedir } from "../stream/requests.js";

export class Preferencias {
  /** @param {{fijadas: number[], densidad: string}} datos @param {() => void} alCambiar */
  constructor(datos, alCambiar) {
    Object.assign(this, datos, { alCambiar });
    this.#vestir();
  }

  /** Pins a column, or lets it go. */
  fijar(id) {
    const fijadas = this.fijadas.includes(id)
      ? this.fijadas.filter((otra) => otra !== id)
      : [...this.fijadas, id];
    this.#cambiar({ fijadas });
  }

  alternarDensidad() {
    this.#cambiar({ densidad: this.densidad === "compacta" ? "comoda" : "compacta" });
  }

  async #cambiar(cambios) {
    Object.assign(this, cambios);
    this.#vestir();
    this.alCambiar();
    try {
      await pedir("PATCH", "/api/preferencias", cambios);
    } catch {
      avisar(
        "No se pudo guardar cómo te gusta ver el tablero. En esta pantalla queda así hasta que la cierres.",
        { error: true },
      );
    }
  }

  #vestir() {
    document.documentElement.dataset.densidad = this.densidad;
  }
}
