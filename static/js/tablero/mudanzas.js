// Moves: shown at once, sent with a clave, taken back honestly when the server says no. Pure: `mandar` is given.
import { nuevaClave } from "../nucleo/clave.js";
import { SinRed } from "../nucleo/red.js";

const RECORDADAS = 20;

export class Mudanzas {
  /**
   * @param {object} parts
   * @param {import("./almacen.js").Almacen} parts.almacen
   * @param {(metodo: string, url: string, datos?: object, opciones?: object) => Promise<object>} parts.mandar
   * @param {(ids: number[], columnas: Set) => void} parts.pintar
   * @param {(suceso: object) => void} parts.contar tells the person what came of it
   */
  constructor({ almacen, mandar, pintar, contar, esperas = [5_000, 5_000] }) {
    Object.assign(this, { almacen, mandar, pintar, contar, esperas });
    this.hechas = [];
  }

  /** Moves tickets (in this order) to a repartidor or null, in front of `antes_de` or last. */
  async mover({ ids, repartidor_id, antes_de = null, forzar = false }) {
    const { almacen } = this;
    const tickets = ids.map((id) => ({ id, version: almacen.tickets.get(id).version }));
    const mudanza = { clave: nuevaClave(), ids, repartidor_id, antes_de };
    const antes = this.#columnas(ids);
    almacen.superponer(mudanza);
    this.pintar(ids, this.#columnas(ids, antes));
    const cuerpo = { clave: mudanza.clave, tickets, repartidor_id, antes_de };
    if (forzar) cuerpo.forzar = true;
    const respuesta = await this.#pedir("/api/mudanzas", cuerpo);
    const tocadas = this.#columnas(ids);
    almacen.soltar(mudanza.clave);
    if (respuesta) this.#asentar(respuesta.resultados ?? [], mudanza);
    this.pintar(ids, this.#columnas(ids, tocadas));
    if (!respuesta) return void this.contar({ que: "sin_respuesta", mudanza });
    this.#informar(respuesta, mudanza);
  }

  /** Takes back the newest own move that has not been taken back. */
  async deshacer(clave = this.hechas.at(-1)) {
    if (!clave) return;
    this.hechas = this.hechas.filter((otra) => otra !== clave);
    const respuesta = await this.#pedir(`/api/mudanzas/${clave}/deshacer`, {});
    if (!respuesta) return void this.contar({ que: "sin_respuesta" });
    const resultados = respuesta.resultados ?? [];
    const ids = resultados.map((uno) => uno.id).filter((id) => this.almacen.tickets.has(id));
    const antes = this.#columnas(ids);
    for (const uno of resultados) if (uno.ticket) this.almacen.poner(uno.ticket);
    this.pintar(ids, this.#columnas(ids, antes));
    this.contar({ que: "deshecha", resultados, detalle: respuesta.detail });
  }

  #columnas(ids, suma = new Set()) {
    for (const id of ids) if (this.almacen.tickets.has(id)) suma.add(this.almacen.columna(id));
    return suma;
  }

  /** Asks twice with the same clave; null when nobody answered. A refusal is an answer. */
  async #pedir(url, cuerpo) {
    for (const espera of this.esperas) {
      try {
        return await this.mandar("POST", url, cuerpo, { espera });
      } catch (error) {
        if (!(error instanceof SinRed)) return error.cuerpo ?? { detail: error.message };
      }
    }
    return null;
  }

  /** Writes the answer into the store; its novedad, which says the same, may come before or after. */
  #asentar(resultados, mudanza) {
    for (const uno of resultados) {
      if (uno.ticket) this.almacen.poner(uno.ticket);
      if (!uno.ok) continue;
      const ticket = this.almacen.tickets.get(uno.id);
      if (!ticket || ticket.version >= uno.version) continue;
      const nombre = mudanza.repartidor_id === null ? null : this.almacen.repartidores.get(mudanza.repartidor_id)?.nombre;
      const cambio = ticket.repartidor_id !== mudanza.repartidor_id;
      const estado = !cambio ? ticket.estado : mudanza.repartidor_id === null ? "pendiente" : "asignado";
      const acuses = cambio ? { recibido_en: null, visto_en: null, asignado_en: new Date().toISOString() } : {};
      this.almacen.poner({
        ...ticket,
        ...acuses,
        estado,
        repartidor_id: mudanza.repartidor_id,
        repartidor_nombre: nombre,
        version: uno.version,
        lugar: uno.lugar,
      });
    }
  }

  #informar(respuesta, mudanza) {
    const resultados = respuesta.resultados ?? [];
    const bien = resultados.filter((uno) => uno.ok);
    const mal = resultados.filter((uno) => !uno.ok);
    if (bien.length) {
      this.hechas = [...this.hechas, mudanza.clave].slice(-RECORDADAS);
      this.contar({ que: "movida", mudanza, ids: bien.map((uno) => uno.id), ancla_perdida: respuesta.ancla_perdida ?? bien.some((uno) => uno.ancla_perdida) });
    }
    if (mal.length) this.contar({ que: "rechazada", mudanza, resultados: mal });
    if (!resultados.length) this.contar({ que: "error", mudanza, detalle: respuesta.detail });
  }
}

/** Why a ticket was not moved, in a sentence that names who did what. */
export function textoDeRechazo(resultado, nombreDestino, horaDe) {
  const ticket = resultado.ticket;
  const numero = ticket ? ticket.numero : "El ticket";
  const quien = resultado.por?.nombre;
  switch (resultado.codigo) {
    case "version_vieja":
      return `${numero} no se movió: ${quien ? `${quien} lo cambió recién` : "alguien lo cambió recién"}.${dondeEsta(ticket)}`;
    case "cerrado":
      return `${numero} no se movió: ${quien ? `${quien} ya lo cerró` : "ya está cerrado"}${ticket?.cerrado_en ? ` a las ${horaDe(ticket.cerrado_en)}` : ""}.`;
    case "repartidor_inactivo":
      return `${numero} no se movió: ${nombreDestino ?? "ese repartidor"} ya no está activo.`;
    case "sin_lugar":
      return `${numero} no se movió: ${nombreDestino ?? "ese repartidor"} ya tiene todos los tickets que puede llevar.`;
    case "no_existe":
      return `${numero} no se movió: ya no existe.`;
    default:
      return `${numero} no se movió.`;
  }
}

function dondeEsta(ticket) {
  if (!ticket) return "";
  return ticket.repartidor_nombre ? ` Ahora lo tiene ${ticket.repartidor_nombre}.` : " Ahora está sin asignar.";
}
