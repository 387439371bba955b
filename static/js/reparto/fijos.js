// The notices that stay: nothing that somebody must read leaves the screen before they pressed its button. What is said of
// tickets folds into one notice of each kind, with all its texts, and is on the phone's disk for the next page.
import { cuantos } from "../words/formats.js";
import { fields, clone, setText } from "../page/template.js";

/** The kinds of what is said of a ticket, and what stands above several of a kind. */
const TITULO = {
  rechazo: (n) => `${n} avisos de lo que hiciste`,
  retirado: (n) => `${n} tickets que ya no tenés que entregar`,
  cambio: (n) => `${n} cambios en tus tickets`,
};

export class Fijos {
  /**
   * @param {Document} documento has `[data-avisos]`, within `[data-por-leer]`, which is all that is to be read, and a button
   *   for when that is out of sight
   * @param {import("../page/hub.js").Hub} hub
   */
  constructor(documento, hub) {
    this.lugar = documento.querySelector("[data-avisos]");
    this.hub = hub;
    /** @type {Json[]} */
    this.lineas = [];
    this.juntas = new Map();
    this.save = (_lineas) => {};
    this.aLaVista = true;
    this.todo = documento.querySelector("[data-por-leer]");
    this.porLeer = documento.querySelector("[data-campo=porLeer]");
    this.porLeer.addEventListener("click", () => scrollTo(0, 0));
    new MutationObserver(() => this.#count()).observe(this.todo, {
      childList: true,
      subtree: true,
    });
    new IntersectionObserver(([visto]) => {
      this.aLaVista = visto.isIntersecting;
      this.#count();
    }).observe(this.todo);
    hub.on("closed", () => this.#hush());
  }

  /**
   * Goes on with what an earlier page was not told to take away.
   * @param {Json[]} lineas as `save` got them
   * @param {(lineas: Json[]) => void} save keeps what is said of tickets
   */
  follow(lineas, save) {
    this.lineas = lineas;
    this.save = save;
    this.#draw();
  }

  /**
   * Says something of a ticket.
   * @param {"rechazo" | "retirado" | "cambio"} clase
   * @param {{ticket_id: number, mensaje: string, grave?: boolean, ver?: boolean}} dicho `ver` offers to open the ticket
   */
  say(clase, { ticket_id, mensaje, grave = false, ver = false }) {
    // Only the last word about whether it is theirs counts; with it nothing that changed before matters any more.
    const sobra = (una) =>
      una.ticket_id === ticket_id &&
      (clase === "retirado"
        ? una.clase !== "rechazo"
        : una.clase === clase && una.mensaje === mensaje);
    this.#put([
      { clase, ticket_id, mensaje, grave, ver },
      ...this.lineas.filter((una) => !sobra(una)),
    ]);
  }

  /** It is theirs (again): it is not true any more that it is not. */
  esSuyo(ticket_id) {
    this.#put(this.lineas.filter((una) => una.ticket_id !== ticket_id || una.clase !== "retirado"));
  }

  #put(lineas) {
    if (lineas.length === this.lineas.length && lineas.every((una, i) => una === this.lineas[i]))
      return;
    this.lineas = lineas;
    this.save(lineas);
    this.#draw();
  }

  /**
   * A notice of its own; `grave` ones stand out. One with the same `clave` takes the place of the last.
   * @param {string} mensaje
   * @param {boolean} [grave]
   * @param {{clave?: string, accion?: string, onTap?: () => void, entendido?: string, onClose?: () => void}} [mas]
   *   `accion` is a second button
   */
  aviso(mensaje, grave = false, mas = {}) {
    const { clave, accion, onTap, entendido = "Entendido", onClose } = mas;
    const nota = clone("aviso-fijo");
    const parte = fields(nota);
    setText(parte.texto, mensaje);
    nota.classList.toggle("grave", grave);
    const boton = (cual, dicho, perform) => {
      setText(cual, dicho);
      cual.addEventListener("click", () => {
        nota.remove();
        perform?.();
      });
    };
    boton(parte.entendido, entendido, onClose);
    if (accion) boton(parte.otro, accion, onTap);
    if (clave) {
      nota.dataset.clave = clave;
      this.remove(clave);
    }
    this.lugar.prepend(nota);
  }

  /** Takes the notice of its own with this `clave` away. */
  remove(clave) {
    for (const nota of this.lugar.children) if (nota.dataset.clave === clave) nota.remove();
  }

  /** The day is not shown any more: only what became of one's own acts, which names nobody, is still to be read. */
  #hush() {
    this.save = () => {};
    this.lugar.replaceChildren();
    this.juntas.clear();
    this.#put(this.lineas.filter((una) => una.clase === "rechazo"));
    this.#draw();
  }

  #draw() {
    for (const clase of Object.keys(TITULO))
      this.#gather(
        clase,
        this.lineas.filter((una) => una.clase === clase),
      );
  }

  /** The one notice of a kind; what is in it already is not touched, so that it is not read out again. */
  #gather(clase, lineas) {
    if (!lineas.length) {
      this.juntas.get(clase)?.nota.remove();
      return void this.juntas.delete(clase);
    }
    if (!this.juntas.has(clase)) this.juntas.set(clase, this.#nueva(clase));
    const { nota, parte, filas } = this.juntas.get(clase);
    const nuevas = lineas.filter((una) => !filas.has(una));
    if (nuevas.length) this.lugar.prepend(nota);
    for (const [una, fila] of filas) if (!lineas.includes(una)) (fila.remove(), filas.delete(una));
    for (const una of nuevas.reverse()) {
      filas.set(una, this.#fila(una));
      parte.lista.prepend(filas.get(una));
    }
    nota.classList.toggle(
      "grave",
      lineas.some((una) => una.grave),
    );
    setText(parte.titulo, lineas.length > 1 ? TITULO[clase](lineas.length) : "");
  }

  #nueva(clase) {
    const nota = clone("avisos-juntos");
    const parte = fields(nota);
    parte.entendido.addEventListener("click", () =>
      this.#put(this.lineas.filter((una) => una.clase !== clase)),
    );
    return { nota, parte, filas: new Map() };
  }

  #fila({ ticket_id, mensaje, grave, ver }) {
    const fila = clone("aviso-linea");
    const parte = fields(fila);
    fila.dataset.clave = `ticket-${ticket_id}`;
    fila.classList.toggle("grave", grave);
    setText(parte.texto, mensaje);
    parte.ver.hidden = !ver;
    parte.ver.addEventListener("click", () => this.hub.tell("open", ticket_id));
    return fila;
  }

  #count() {
    const hay = this.aLaVista
      ? 0
      : this.todo.querySelectorAll("li, .nota, .aviso-fijo:not(:has(li))").length;
    setText(this.porLeer, hay ? cuantos(hay, "aviso", "avisos") + " sin leer" : "");
  }
}
