// What is in a sheet is on the phone's disk until it is confirmed or given up: a camera takes so much memory that the page
// may be thrown away meanwhile, and the next one goes on with the sheet. Wiped with the day, and with its ticket.

/** Fields of a form that hold nothing of a person's. */
const SIN_DICHO = new Set(["file", "submit", "button", "fieldset"]);

/** What is said in a form: `{name or data-campo: value}`. */
export function dichoEn(formulario) {
  const dicho = {};
  for (const uno of formulario.elements) {
    const clave = uno.name || uno.dataset.campo;
    if (!clave || SIN_DICHO.has(uno.type) || (uno.type === "radio" && !uno.checked)) continue;
    dicho[clave] = uno.type === "checkbox" ? uno.checked : uno.value;
  }
  return dicho;
}

/** Puts it into the form again. */
export function restore(formulario, dicho) {
  for (const uno of formulario.elements) {
    const valor = dicho[uno.name || uno.dataset.campo];
    if (valor === undefined || SIN_DICHO.has(uno.type)) continue;
    if (uno.type === "radio") uno.checked = uno.value === valor;
    else if (uno.type === "checkbox") uno.checked = valor;
    else uno.value = valor;
  }
}

export class Borradores {
  /**
   * @param {object} parts
   * @param {Json} parts.disco their storage
   * @param {number} parts.usuarioId
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ disco, usuarioId, hub }) {
    this.disco = disco;
    this.usuarioId = usuarioId;
    this.cerrados = false;
    hub.on("closed", () => (this.cerrados = true));
  }

  /** Of one act on one ticket. */
  de(accion, ticketId) {
    return new Borrador(this, `hoja-${accion}-${ticketId}`);
  }

  /** What pages that are gone have left, the latest first; what `sigue` says no to is wiped. */
  async dejados(sigue) {
    const dejados = [];
    for (const clave of await this.disco.claves()) {
      const [, accion, id] = /^hoja-(\w+)-(\d+)$/.exec(clave) ?? [];
      if (!accion) continue;
      const uno = { accion, ticket_id: Number(id), en: (await this.disco.read(clave))?.en ?? 0 };
      if (sigue(uno.ticket_id)) dejados.push(uno);
      else await this.de(accion, id).discard();
    }
    return dejados.sort((a, b) => b.en - a.en);
  }
}

export class Borrador {
  /** @type {(value?: unknown) => void} */
  #release = () => {};
  #mio = true;

  /** @param {Borradores} todos @param {string} clave */
  constructor(todos, clave) {
    this.todos = todos;
    this.clave = clave;
  }

  get #traba() {
    return `reparto-${this.todos.usuarioId}-${this.clave}`;
  }

  /** Whether a page of theirs has it open now. */
  async abierto() {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    return held.some(({ name }) => name === this.#traba);
  }

  /** Takes it, for as long as the sheet is open; false when another page of theirs has it open. */
  take() {
    const { locks } = navigator;
    if (!locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      locks.request(this.#traba, { ifAvailable: true }, (traba) => {
        this.#mio = Boolean(traba);
        resolve(this.#mio);
        return traba && new Promise((release) => (this.#release = release));
      });
    });
  }

  /** `{campos, fotos, firma}` as they were left. */
  async read() {
    if (!this.#mio) return {};
    const { disco } = this.todos;
    return { ...(await disco.read(this.clave)), ...(await disco.read(`${this.clave}-imagenes`)) };
  }

  /** What is said in the form. */
  note(campos) {
    return this.#put(this.clave, { campos, en: Date.now() });
  }

  /** The photos and the signature: apart, for they are heavy. */
  noteImagenes(imagenes) {
    return this.#put(`${this.clave}-imagenes`, imagenes);
  }

  async #put(clave, valor) {
    // A disk that keeps nothing more does not stop the sheet.
    if (this.#mio && !this.todos.cerrados) await this.todos.disco.put(clave, valor).catch(() => {});
  }

  /** It is done, or given up. */
  async discard() {
    const { disco } = this.todos;
    if (this.#mio)
      await Promise.all([disco.remove(this.clave), disco.remove(`${this.clave}-imagenes`)]).catch(
        () => {},
      );
    this.#mio = false;
    this.#release();
  }
}
