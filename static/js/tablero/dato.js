// One field of the panel, edited in place. What was typed stays until the server has it or the person gives it up, over
// lost lines, ended sessions and other tickets looked at meanwhile.
import { notify } from "../page/avisos.js";
import { fields, setText } from "../page/template.js";
import { request, SinRed } from "../stream/requests.js";
import { cambiosDe, escritoDe, save, quienCambio, valorDe } from "./borrador.js";
import { legible } from "./legible.js";

export class Dato {
  /**
   * @param {HTMLElement} fila the field's `[data-dato=<campo>]`
   * @param {object} parts
   * @param {number} parts.yo whose draft it is
   * @param {() => Json} parts.read the ticket as the page knows it
   * @param {(ticket: Json) => void} parts.onSave
   */
  constructor(fila, { yo, read, onSave }) {
    const forma = fila.querySelector("form");
    this.fila = fila;
    this.campo = fila.dataset.dato;
    this.yo = yo;
    this.read = read;
    this.onSave = onSave;
    this.controles = [...forma.elements].filter((uno) => uno.name);
    this.parte = fields(forma);
    /** @type {string | null} what the ticket said when the person began; null while nobody edits it */
    this.base = null;
    /** @type {{valor: string, nombre?: string} | null} what somebody else made of it meanwhile */
    this.otro = null;
    forma.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
    forma.addEventListener("input", () =>
      sessionStorage.setItem(
        this.#lugar(),
        JSON.stringify({ base: this.base, escrito: this.#escrito() }),
      ),
    );
    forma.addEventListener("keydown", (event) => this.#tecla(event));
    forma.addEventListener("click", (event) => {
      const que = event.target.closest("[data-que-hacer]")?.dataset.queHacer;
      if (que === "dejar") this.#leave();
      if (que === "suya") this.#close();
      if (que === "mia") {
        this.base = valorDe(this.read(), this.campo);
        this.#save();
      }
    });
  }

  #tecla(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.#leave();
    } else if (
      event.key === "Enter" &&
      !event.shiftKey &&
      event.target.matches(matchMedia("(pointer: fine)").matches ? "textarea, select" : "select")
    ) {
      // A phone's keyboard has no other way to a new line.
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  }

  #lugar(id = this.read().id) {
    return `edicion:${this.yo}:${id}:${this.campo}`;
  }

  #escrito() {
    return this.controles.map((uno) => uno.value);
  }

  /** Opens it; with a draft, as it was left. */
  open(borrador) {
    const { controles, campo } = this;
    const escrito = borrador?.escrito ?? escritoDe(this.read(), campo);
    this.base = borrador?.base ?? valorDe(this.read(), campo);
    controles.forEach((uno, lugar) => {
      // A way to pay that is none of ours stays a choice.
      if (uno.options && ![...uno.options].some((opcion) => opcion.value === escrito[lugar]))
        uno.add(new Option(escrito[lugar], escrito[lugar]));
      uno.value = escrito[lugar];
    });
    this.#say();
    this.fila.classList.add("editando");
    if (borrador) return this.review();
    controles[0].focus();
    controles[0].select?.();
  }

  /** Opens what was left in the middle. */
  resume() {
    const guardado = sessionStorage.getItem(this.#lugar());
    if (guardado && this.base === null) this.open(JSON.parse(guardado));
  }

  /** Shows what is wrong, or what somebody else did (`ajeno`). */
  #say(error = "", ajeno = "", vencida = false) {
    const { controles, parte } = this;
    setText(parte.error, error);
    setText(parte.ajeno, ajeno);
    parte.cual.hidden = !ajeno;
    parte.entrar.hidden = !vencida;
    parte.entrar.href = `/login?volver=/tickets/${this.read().id}`;
    for (const uno of controles) uno.ariaInvalid = error ? "true" : null;
  }

  async #save() {
    const ticket = this.read();
    const { parte, campo, base } = this;
    const cambios = cambiosDe(campo, this.#escrito());
    if (parte.guardar.disabled) return;
    if (!cambios) return this.#say("Completá el día y las dos horas, o dejá todo vacío.");
    if (valorDe(cambios, campo) === valorDe(ticket, campo)) return this.#close();
    if (valorDe(ticket, campo) !== base) return this.review();
    parte.guardar.disabled = true;
    try {
      const {
        ticket: quedo,
        ajeno,
        por,
      } = await save({ send: request, ticket, campo, base, cambios });
      // Another ticket may be shown by now.
      if (this.read()?.id === ticket.id) {
        if (ajeno) this.#ajeno(ajeno, por);
        else this.#close();
      } else if (quedo) sessionStorage.removeItem(this.#lugar(ticket.id));
      this.onSave(ajeno ?? quedo);
    } catch (error) {
      if (this.read()?.id === ticket.id) this.#fallo(error);
    } finally {
      parte.guardar.disabled = false;
    }
  }

  #fallo(error) {
    if (error instanceof SinRed)
      this.#say(
        "Sin respuesta del servidor: todavía no se guardó. Lo que escribiste queda acá; probá de nuevo.",
      );
    else if (error.status === 401)
      this.#say("Tu sesión venció. Lo que escribiste queda acá para cuando vuelvas.", "", true);
    else this.#say(error.cuerpo?.errores?.map(({ detalle }) => detalle).join(" ") || error.message);
  }

  /** What is learned about the same value later (the ticket is fetched again) takes no name away. */
  #ajeno(ticket, por) {
    const { campo, otro: antes } = this;
    const valor = valorDe(ticket, campo);
    const nombre =
      (antes?.valor === valor && antes.nombre) ||
      por?.nombre ||
      quienCambio(ticket.historial, campo)?.nombre;
    this.otro = { valor, nombre };
    this.#say(
      "",
      `${nombre ?? "Alguien"} cambió ${this.fila.dataset.que} recién: «${legible(ticket, campo) || "vacío"}».`,
    );
  }

  /** Told of each change of the ticket: somebody may have changed what is being edited here. */
  review(por) {
    const ticket = this.read();
    if (this.base === null || this.parte.guardar.disabled) return;
    if (valorDe(ticket, this.campo) !== this.base) this.#ajeno(ticket, por);
  }

  #leave() {
    const escrito = this.#escrito();
    const { base } = this;
    const { id } = this.read();
    const cambiado = escrito.join("\n") !== escritoDe(this.read(), this.campo).join("\n");
    this.#close();
    const recover = () => this.read()?.id === id && this.open({ base, escrito });
    if (cambiado) notify("Descartamos lo que escribiste.", { accion: "Recuperar", onTap: recover });
  }

  #close() {
    const tenia = this.fila.contains(document.activeElement);
    sessionStorage.removeItem(this.#lugar());
    this.#putAway();
    if (tenia) this.fila.querySelector("[data-editar]").focus();
  }

  #putAway() {
    this.base = this.otro = null;
    this.fila.classList.remove("editando");
  }

  /** Another ticket is shown, or none: what was typed waits as a draft. Whether there is any. */
  setAside() {
    const hay = this.base !== null && sessionStorage.getItem(this.#lugar()) !== null;
    this.#putAway();
    return hay;
  }
}
