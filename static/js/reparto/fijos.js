// The notices that stay: nothing that somebody must read leaves the screen before they pressed its button. What is said of
// tickets folds into one notice of each kind, with all its texts, and is on the phone's disk for the next page.
import { cuantos } from "../words/formats.js";
import { campos, clonar, texto } from "../page/template.js";

/** The kinds of what is said of a ticket, and what stands above several of a kind. */
const TITULO = {
  rechazo: (n) => `${n} avisos de lo que hiciste`,
  retirado: (n) => `${n} tickets que ya no tenés que entregar`,
  cambio: (n) => `${n} cambios en tus tickets`,
};

export class Fijos {
  /** @param {Document} documento has `[data-avisos]`, within `[data-por-leer]`, which is all that is to be read, and a button for when that is out of sight */
  constructor(documento) {
    Object.assign(this, {
      lugar: documento.querySelector("[data-avisos]"),
      lineas: [],
      juntas: new Map(),
      guardar: () => {},
      abrir: () => {},
      aLaVista: true,
    });
    this.todo = documento.querySelector("[data-por-leer]");
    this.porLeer = documento.querySelector("[data-campo=porLeer]");
    this.porLeer.addEventListener("click", () => scrollTo(0, 0));
    new MutationObserver(() => this.#contar()).observe(this.todo, {
      childList: true,
      subtree: true,
    });
    new IntersectionObserver(([visto]) => {
      this.aLaVista = visto.isIntersecting;
      this.#contar();
    }).observe(this.todo);
  }

  /**
   * Goes on with what an earlier page was not told to take away.
   * @param {object[]} lineas as `guardar` got them
   * @param {(lineas: object[]) => void} guardar keeps what is said of tickets
   * @param {(id: number) => void} abrir opens a ticket
   */
  seguir(lineas, guardar, abrir) {
    Object.assign(this, { lineas, guardar, abrir });
    this.#pintar();
  }

  /**
   * Says something of a ticket.
   * @param {"rechazo" | "retirado" | "cambio"} clase
   * @param {{ticket_id: number, mensaje: string, grave?: boolean, ver?: boolean}} dicho `ver` offers to open the ticket
   */
  decir(clase, { ticket_id, mensaje, grave = false, ver = false }) {
    // Only the last word about whether it is theirs counts; with it nothing that changed before matters any more.
    const sobra = (una) =>
      una.ticket_id === ticket_id &&
      (clase === "retirado"
        ? una.clase !== "rechazo"
        : una.clase === clase && una.mensaje === mensaje);
    this.#poner([
      { clase, ticket_id, mensaje, grave, ver },
      ...this.lineas.filter((una) => !sobra(una)),
    ]);
  }

  /** It is theirs (again): it is not true any more that it is not. */
  esSuyo(ticket_id) {
    this.#poner(
      this.lineas.filter((una) => una.ticket_id !== ticket_id || una.clase !== "retirado"),
    );
  }

  #poner(lineas) {
    if (lineas.length === this.lineas.length && lineas.every((una, i) => una === this.lineas[i]))
      return;
    this.lineas = lineas;
    this.guardar(lineas);
    this.#pintar();
  }

  /**
   * A notice of its own; `grave` ones stand out. One with the same `clave` takes the place of the last.
   * @param {{clave?: string, accion?: string, alTocar?: () => void, entendido?: string, alCerrar?: () => void}} [mas]
   *   `accion` is a second button
   */
  aviso(
    mensaje,
    grave = false,
    { clave, accion, alTocar, entendido = "Entendido", alCerrar } = {},
  ) {
    const nota = clonar("aviso-fijo");
    const parte = campos(nota);
    texto(parte.texto, mensaje);
    nota.classList.toggle("grave", grave);
    const boton = (cual, dicho, hacer) => {
      texto(cual, dicho);
      cual.addEventListener("click", () => {
        nota.remove();
        hacer?.();
      });
    };
    boton(parte.entendido, entendido, alCerrar);
    if (accion) boton(parte.otro, accion, alTocar);
    if (clave) {
      nota.dataset.clave = clave;
      this.quitar(clave);
    }
    this.lugar.prepend(nota);
  }

  /** Takes the notice of its own with this `clave` away. */
  quitar(clave) {
    for (const nota of this.lugar.children) if (nota.dataset.clave === clave) nota.remove();
  }

  /** The day is not shown any more: only what became of one's own acts, which names nobody, is still to be read. */
  callar() {
    this.guardar = () => {};
    this.lugar.replaceChildren();
    this.juntas.clear();
    this.#poner(this.lineas.filter((una) => una.clase === "rechazo"));
    this.#pintar();
  }

  #pintar() {
    for (const clase of Object.keys(TITULO))
      this.#juntar(
        clase,
        this.lineas.filter((una) => una.clase === clase),
      );
  }

  /** The one notice of a kind; what is in it already is not touched, so that it is not read out again. */
  #juntar(clase, lineas) {
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
    texto(parte.titulo, lineas.length > 1 ? TITULO[clase](lineas.length) : "");
  }

  #nueva(clase) {
    const nota = clonar("avisos-juntos");
    const parte = campos(nota);
    parte.entendido.addEventListener("click", () =>
      this.#poner(this.lineas.filter((una) => una.clase !== clase)),
    );
    return { nota, parte, filas: new Map() };
  }

  #fila({ ticket_id, mensaje, grave, ver }) {
    const fila = clonar("aviso-linea");
    const parte = campos(fila);
    fila.dataset.clave = `ticket-${ticket_id}`;
    fila.classList.toggle("grave", grave);
    texto(parte.texto, mensaje);
    parte.ver.hidden = !ver;
    parte.ver.addEventListener("click", () => this.abrir(ticket_id));
    return fila;
  }

  #contar() {
    const hay = this.aLaVista
      ? 0
      : this.todo.querySelectorAll("li, .nota, .aviso-fijo:not(:has(li))").length;
    texto(this.porLeer, hay ? cuantos(hay, "aviso", "avisos") + " sin leer" : "");
  }
}
