// The fields of the panel, all of them edited in place (dato.js).
import { Dato } from "./dato.js";

export class Edicion {
  /**
   * @param {HTMLElement} elemento with a `[data-dato=<campo>]` for each field
   * @param {ConstructorParameters<typeof Dato>[1]} parts
   */
  constructor(elemento, parts) {
    const filas = [...elemento.querySelectorAll("[data-dato]")];
    this.datos = new Map(filas.map((fila) => [fila.dataset.dato, new Dato(fila, parts)]));
  }

  /** Opens a field. */
  open(campo) {
    this.datos.get(campo).open();
  }

  /** Told of each change of the ticket, and of who made it. */
  review(por) {
    for (const dato of this.datos.values()) dato.review(por);
  }

  /** Another ticket is shown, or none: what was typed waits as drafts. Whether there is any. */
  setAside() {
    return [...this.datos.values()].map((dato) => dato.setAside()).some(Boolean);
  }

  /** Opens what was left in the middle of this ticket. */
  resume() {
    for (const dato of this.datos.values()) dato.resume();
  }
}
