// The repartidores on the map: where each was last, how long ago and how exactly that is known.
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { iniciales } from "../words/formats.js";
import { edad } from "./puntos.js";

export class Moviles {
  /**
   * @param {object} parts
   * @param {ReturnType<typeof import("./plano.js").createPlano>} parts.plano
   * @param {import("./puntos.js").Puntos} parts.puntos
   * @param {() => number} parts.reloj
   * @param {(id: number) => void} parts.onTap
   */
  constructor({ plano, puntos, reloj, onTap }) {
    this.plano = plano;
    this.puntos = puntos;
    this.reloj = reloj;
    this.onTap = onTap;
    this.moviles = new Map();
  }

  get cuantos() {
    return this.moviles.size;
  }

  draw() {
    const { columnas } = this.puntos;
    for (const [id, { quien }] of columnas) {
      const rato = edad(quien?.ubicacion, this.reloj());
      if (rato) this.#put(id, quien, rato);
      else this.#remove(id);
    }
    for (const id of [...this.moviles.keys()]) if (!columnas.has(id)) this.#remove(id);
  }

  #put(id, quien, rato) {
    const lugar = [quien.ubicacion.lat, quien.ubicacion.lng];
    const movil = this.moviles.get(id) ?? this.#create(id, lugar);
    for (const una of [movil.marca, movil.cerca]) una.setLatLng(lugar);
    movil.cerca.setRadius(rato.radio);
    setText(movil.suyo.quien, iniciales(quien.nombre));
    setText(movil.suyo.edad, rato.texto);
    setAttribute(movil.elemento, "data-vieja", rato.vieja ? "si" : null);
    setAttribute(
      movil.elemento.firstElementChild,
      "aria-label",
      `${iniciales(quien.nombre)}: ${quien.nombre}, ${rato.texto}`,
    );
  }

  #create(id, lugar) {
    const elemento = clone("movil");
    const marca = this.plano.pin(lugar, elemento, () => this.onTap(id));
    const cerca = this.plano.alrededor(lugar);
    /** @type {Json} */
    const movil = { elemento, marca, cerca, suyo: fields(elemento) };
    this.moviles.set(id, movil);
    return movil;
  }

  #remove(id) {
    const movil = this.moviles.get(id);
    movil?.marca.remove();
    movil?.cerca.remove();
    this.moviles.delete(id);
  }
}
