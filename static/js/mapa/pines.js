// The pins of the tickets: drawn, pointed at, and walked through with the arrows.
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { rotulo, tieneLugar } from "./puntos.js";

/** A pin's height, with what is between it and the next one of the same place. */
const PISO_PX = 28;
/** So long a pin has to be pointed at before the board hears of it, not for every pin on the way. */
const SENALAR_MS = 120;

export class Pines {
  /**
   * @param {HTMLElement} mapa
   * @param {object} parts
   * @param {ReturnType<typeof import("./plano.js").createPlano>} parts.plano
   * @param {import("./puntos.js").Puntos} parts.puntos
   * @param {() => number} parts.reloj
   * @param {(mensaje: Json) => void} parts.send tells the board
   */
  constructor(mapa, { plano, puntos, reloj, send }) {
    this.plano = plano;
    this.puntos = puntos;
    this.reloj = reloj;
    this.send = send;
    this.pines = new Map();
    this.senalado = null;
    mapa.addEventListener("keydown", (event) => this.#walk(event));
    for (const evento of ["pointerover", "focusin"])
      mapa.addEventListener(evento, (event) => this.#aim(event));
  }

  get cuantos() {
    return this.pines.size;
  }

  /** Ids of the tickets within a part of the map, but for what the board's filter hides. */
  dentro(contiene) {
    return [...this.pines]
      .filter(([id, pin]) => this.puntos.tickets.get(id).pasa && contiene(pin.lugar))
      .map(([id]) => id);
  }

  /** Draws a ticket's pin, or takes it away. */
  draw(id) {
    const ticket = this.puntos.tickets.get(id);
    if (!ticket || !tieneLugar(ticket)) return this.#remove(id);
    const pin = this.#put(id, [ticket.lat, ticket.lng]);
    const { detalle, ...signos } = rotulo(ticket, this.reloj());
    for (const [nombre, valor] of Object.entries(signos)) setText(pin.suyo[nombre], valor);
    setAttribute(pin.elemento, "data-estado", ticket.estado);
    setAttribute(pin.elemento, "data-tarde", signos.tarde ? "si" : null);
    setAttribute(pin.elemento, "data-apagado", ticket.pasa ? null : "si");
    // What is read begins with what is seen, for whoever says it to a computer.
    const visto = Object.values(signos).filter(Boolean).join(" ");
    setAttribute(pin.boton, "aria-label", `${visto} · ${ticket.texto}. ${detalle}`);
  }

  #remove(id) {
    this.pines.get(id)?.marca.remove();
    this.pines.delete(id);
  }

  #put(id, lugar) {
    const pin = this.pines.get(id) ?? this.#create(id, lugar);
    if (lugar.join() !== pin.lugar.join()) {
      pin.marca.setLatLng(lugar);
      pin.lugar = lugar;
    }
    return pin;
  }

  #create(id, lugar) {
    const elemento = clone("pin");
    elemento.dataset.id = id;
    const marca = this.plano.pin(lugar, elemento, () => this.send({ que: "ver", id }));
    /** @type {Json} */
    const pin = {
      elemento,
      lugar,
      marca,
      boton: elemento.firstElementChild,
      suyo: fields(elemento),
    };
    this.pines.set(id, pin);
    if (this.pines.size === 1) pin.boton.tabIndex = 0;
    return pin;
  }

  /** Pins of one place stand one above the other, each to be read and pressed. */
  stack() {
    const pisos = new Map();
    for (const pin of this.pines.values()) {
      const lugar = pin.lugar.join();
      const piso = pisos.get(lugar) ?? 0;
      pisos.set(lugar, piso + 1);
      if (pin.piso === piso) continue;
      pin.piso = piso;
      pin.elemento.style.marginTop = `${-piso * PISO_PX}px`;
    }
  }

  /** Marks those of a column; null: none. */
  mark(columna) {
    for (const [id, pin] of this.pines) {
      const suyo = columna !== null && this.puntos.tickets.get(id)?.columna === columna;
      setAttribute(pin.elemento, "data-suyo", suyo ? "si" : null);
    }
  }

  /** Shows which one is meant, and says what it is; null: none. */
  pointAt(id) {
    const antes = this.pines.get(this.senalado);
    if (antes) delete antes.elemento.dataset.senalado;
    const pin = this.pines.get(id);
    this.senalado = pin ? id : null;
    if (!pin) return this.plano.say(null, null);
    pin.elemento.dataset.senalado = "si";
    const globo = clone("globo");
    globo.textContent = pin.boton.getAttribute("aria-label");
    this.plano.say(pin.lugar, globo);
  }

  /** The pin under the mouse or the focus. */
  #aim(event) {
    const id = Number(event.target.closest(".pin")?.dataset.id) || null;
    if (id === this.senalado) return;
    this.pointAt(id);
    clearTimeout(this.espera);
    this.espera = setTimeout(() => this.send({ que: "senalar", id }), SENALAR_MS);
  }

  /** One pin is a Tab stop; the arrows go along the routes. */
  #walk(event) {
    const paso = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const este = event.target.closest(".pin");
    if (!paso || !este) return;
    event.preventDefault();
    event.stopPropagation();
    const orden = [...this.puntos.columnas.values()]
      .flatMap((una) => una.tickets.map((uno) => uno.id))
      .filter((id) => this.pines.has(id));
    const id = orden.at((orden.indexOf(Number(este.dataset.id)) + paso) % orden.length);
    este.firstElementChild.tabIndex = -1;
    const pin = this.pines.get(id);
    pin.boton.tabIndex = 0;
    this.plano.approach(pin.lugar);
    pin.boton.focus({ preventScroll: true });
  }
}
