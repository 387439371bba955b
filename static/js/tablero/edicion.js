// The fields of the panel, edited in place. What was typed stays until the server has it or the person gives it up, over
// lost lines, ended sessions and other tickets looked at meanwhile.
import { notify } from "../page/avisos.js";
import { PRIORIDADES } from "../words/contract.js";
import { formaDePago } from "../words/formats.js";
import { fields, setText } from "../page/template.js";
import { request, SinRed } from "../stream/requests.js";
import { cambiosDe, escritoDe, save, quienCambio, valorDe } from "./borrador.js";
import { franja } from "./criterio.js";

/** A field's value in words. */
export function legible(ticket, campo, ahora = Date.now()) {
  if (campo === "franja")
    return (
      franja(ticket, ahora) &&
      `${escritoDe(ticket, campo)[0].split("-").reverse().join("/")}: ${franja(ticket, ahora)}`
    );
  if (campo === "metodo_pago") return formaDePago(ticket[campo]);
  if (campo === "prioridad")
    return PRIORIDADES[ticket[campo]]?.tarjeta || PRIORIDADES.normal.oficina;
  return ticket[campo] ?? "";
}

export class Edicion {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.elemento with a `[data-dato=<campo>]` for each field
   * @param {number} parts.yo whose drafts these are
   * @param {() => Json} parts.read the ticket as the page knows it
   * @param {(ticket: Json) => void} parts.onSave
   */
  constructor({ elemento, yo, read, onSave }) {
    this.yo = yo;
    this.read = read;
    this.onSave = onSave;
    this.filas = new Map();
    this.abiertas = new Map();
    this.ajenos = new Map();
    for (const fila of elemento.querySelectorAll("[data-dato]")) this.#prepare(fila);
  }

  #prepare(fila) {
    const campo = fila.dataset.dato;
    const forma = fila.querySelector("form");
    const controles = [...forma.elements].filter((uno) => uno.name);
    this.filas.set(campo, {
      fila,
      forma,
      controles,
      parte: fields(forma),
      boton: fila.querySelector("[data-editar]"),
      que: fila.dataset.que,
    });
    fila.querySelector("[data-editar]").addEventListener("click", () => this.open(campo));
    forma.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save(campo);
    });
    forma.addEventListener("input", () =>
      sessionStorage.setItem(
        this.#lugar(campo),
        JSON.stringify({ base: this.abiertas.get(campo), escrito: this.#escrito(campo) }),
      ),
    );
    forma.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") {
        event.preventDefault();
        this.#leave(campo);
      } else if (
        event.key === "Enter" &&
        !event.shiftKey &&
        event.target.matches(matchMedia("(pointer: fine)").matches ? "textarea, select" : "select")
      ) {
        // A phone's keyboard has no other way to a new line.
        event.preventDefault();
        forma.requestSubmit();
      }
    });
    forma.addEventListener("click", (event) => {
      const que = event.target.closest("[data-que-hacer]")?.dataset.queHacer;
      if (que === "dejar") this.#leave(campo);
      if (que === "suya") this.#close(campo);
      if (que === "mia") {
        this.abiertas.set(campo, valorDe(this.read(), campo));
        this.#save(campo);
      }
    });
  }

  #lugar(campo, id = this.read().id) {
    return `edicion:${this.yo}:${id}:${campo}`;
  }

  #escrito(campo) {
    return this.filas.get(campo).controles.map((uno) => uno.value);
  }

  /** Opens a field; with a draft, as it was left. */
  open(campo, borrador) {
    const { fila, controles } = this.filas.get(campo);
    const escrito = borrador?.escrito ?? escritoDe(this.read(), campo);
    this.abiertas.set(campo, borrador?.base ?? valorDe(this.read(), campo));
    controles.forEach((uno, lugar) => {
      // A way to pay that is none of ours stays a choice.
      if (uno.options && ![...uno.options].some((opcion) => opcion.value === escrito[lugar]))
        uno.add(new Option(escrito[lugar], escrito[lugar]));
      uno.value = escrito[lugar];
    });
    this.#say(campo);
    fila.classList.add("editando");
    if (borrador) return this.review();
    controles[0].focus();
    controles[0].select?.();
  }

  /** Shows what is wrong, or what somebody else did (`ajeno`). */
  #say(campo, error = "", ajeno = "", vencida = false) {
    const { controles, parte } = this.filas.get(campo);
    setText(parte.error, error);
    setText(parte.ajeno, ajeno);
    parte.cual.hidden = !ajeno;
    parte.entrar.hidden = !vencida;
    parte.entrar.href = `/login?volver=/tickets/${this.read().id}`;
    for (const uno of controles) uno.ariaInvalid = error ? "true" : null;
  }

  async #save(campo) {
    const ticket = this.read();
    const { parte } = this.filas.get(campo);
    const base = this.abiertas.get(campo);
    const cambios = cambiosDe(campo, this.#escrito(campo));
    if (parte.guardar.disabled) return;
    if (!cambios) return this.#say(campo, "Completá el día y las dos horas, o dejá todo vacío.");
    if (valorDe(cambios, campo) === valorDe(ticket, campo)) return this.#close(campo);
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
        if (ajeno) this.#ajeno(campo, ajeno, por);
        else this.#close(campo);
      } else if (quedo) sessionStorage.removeItem(this.#lugar(campo, ticket.id));
      this.onSave(ajeno ?? quedo);
    } catch (error) {
      if (this.read()?.id === ticket.id) this.#fallo(campo, error);
    } finally {
      parte.guardar.disabled = false;
    }
  }

  #fallo(campo, error) {
    if (error instanceof SinRed)
      this.#say(
        campo,
        "Sin respuesta del servidor: todavía no se guardó. Lo que escribiste queda acá; probá de nuevo.",
      );
    else if (error.status === 401)
      this.#say(
        campo,
        "Tu sesión venció. Lo que escribiste queda acá para cuando vuelvas.",
        "",
        true,
      );
    else
      this.#say(
        campo,
        error.cuerpo?.errores?.map(({ detalle }) => detalle).join(" ") || error.message,
      );
  }

  /** What is learned about the same value later (the ticket is fetched again) takes no name away. */
  #ajeno(campo, ticket, por) {
    const { que } = this.filas.get(campo);
    const valor = valorDe(ticket, campo);
    const antes = this.ajenos.get(campo);
    const nombre =
      (antes?.valor === valor && antes.nombre) ||
      por?.nombre ||
      quienCambio(ticket.historial, campo)?.nombre;
    this.ajenos.set(campo, { valor, nombre });
    this.#say(
      campo,
      "",
      `${nombre ?? "Alguien"} cambió ${que} recién: «${legible(ticket, campo) || "vacío"}».`,
    );
  }

  /** Told of each change of the ticket: somebody may have changed what is being edited here. */
  review(por) {
    const ticket = this.read();
    for (const [campo, base] of this.abiertas) {
      if (this.filas.get(campo).parte.guardar.disabled || valorDe(ticket, campo) === base) continue;
      this.#ajeno(campo, ticket, por);
    }
  }

  #leave(campo) {
    const escrito = this.#escrito(campo);
    const base = this.abiertas.get(campo);
    const { id } = this.read();
    const cambiado = escrito.join("\n") !== escritoDe(this.read(), campo).join("\n");
    this.#close(campo);
    const recover = () => this.read()?.id === id && this.open(campo, { base, escrito });
    if (cambiado) notify("Descartamos lo que escribiste.", { accion: "Recuperar", onTap: recover });
  }

  #close(campo) {
    const { fila, boton } = this.filas.get(campo);
    const tenia = fila.contains(document.activeElement);
    sessionStorage.removeItem(this.#lugar(campo));
    this.abiertas.delete(campo);
    this.ajenos.delete(campo);
    fila.classList.remove("editando");
    if (tenia) boton.focus();
  }

  /** Another ticket is shown, or none: what was typed waits as a draft. Whether there is any. */
  setAside() {
    let hay = false;
    for (const campo of this.abiertas.keys()) {
      hay ||= sessionStorage.getItem(this.#lugar(campo)) !== null;
      this.filas.get(campo).fila.classList.remove("editando");
    }
    this.abiertas.clear();
    this.ajenos.clear();
    return hay;
  }

  /** Opens what was left in the middle of this ticket. */
  resume() {
    for (const campo of this.filas.keys()) {
      const guardado = sessionStorage.getItem(this.#lugar(campo));
      if (guardado && !this.abiertas.has(campo)) this.open(campo, JSON.parse(guardado));
    }
  }
}
