// "3 tickets sin ubicación": what no pin can stand for, as a list beside the map.
import { clone, arrange, setText } from "../page/template.js";
import { textoSinLugar } from "./puntos.js";

export class Faltan {
  /**
   * @param {Record<string, any>} parte `faltan`, `cuantosFaltan` and `listaFaltan` of the page
   * @param {import("./puntos.js").Puntos} puntos
   * @param {(id: number) => void} onTap
   */
  constructor({ faltan, cuantosFaltan, listaFaltan }, puntos, onTap) {
    this.caja = faltan;
    this.titulo = cuantosFaltan;
    this.lista = listaFaltan;
    this.puntos = puntos;
    this.onTap = onTap;
    faltan.addEventListener("toggle", () => this.draw());
  }

  draw() {
    const tickets = this.puntos.sinLugar();
    setText(this.titulo, textoSinLugar(tickets.length));
    this.caja.hidden = tickets.length === 0;
    if (!this.caja.open) return;
    arrange(
      this.lista,
      tickets.map((ticket) => this.#fila(ticket)),
    );
  }

  #fila({ id, texto }) {
    const fila = this.lista.querySelector(`[data-id="${id}"]`) ?? clone("falta");
    if (!fila.dataset.id) fila.firstElementChild.addEventListener("click", () => this.onTap(id));
    fila.dataset.id = id;
    setText(fila.firstElementChild, texto);
    return fila;
  }
}
