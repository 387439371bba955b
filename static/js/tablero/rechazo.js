// What one move was refused, in one notice, for as long as it can be insisted on.
import { notify, hush } from "../page/avisos.js";
import { ABIERTOS } from "../words/acciones.js";
import { razonDe, textoDeRechazo } from "./razones.js";

/** What was refused and can still be read: one notice a move, one a full repartidor whatever the number of tickets. */
export class Rechazos {
  /** @param {{store: import("./store.js").Store, reloj: () => number, yo: number, nombreDe: (id: number | null) => string,
   *   cargaDe: (id: number | null) => {lleva: number, tope: number}, hub: import("../page/hub.js").Hub}} parts */
  constructor({ store, reloj, yo, nombreDe, cargaDe, hub }) {
    this.store = store;
    this.reloj = reloj;
    this.yo = yo;
    this.nombreDe = nombreDe;
    this.cargaDe = cargaDe;
    this.hub = hub;
    this.afuera = new Map();
  }

  /** Tells of a move's refusals. */
  say({ resultados, mudanza }) {
    const { repartidor_id, antes_de } = mudanza;
    for (const { id } of resultados) this.hub.tell("highlight", id);
    const llenos = resultados.filter((uno) => uno.codigo === "sin_lugar");
    if (llenos.length) {
      const suyos =
        this.afuera.get(repartidor_id) ??
        this.afuera.set(repartidor_id, new Map()).get(repartidor_id);
      for (const { id, ticket } of llenos) suyos.set(id, { id, antes_de, version: ticket.version });
      this.#insist(repartidor_id);
    }
    this.#say(
      mudanza.clave,
      resultados.filter((uno) => uno.codigo !== "sin_lugar"),
      { destino: this.nombreDe(repartidor_id) },
    );
  }

  /** Tells what could not be put back. */
  sayNotUndone(resultados) {
    this.#say(null, resultados, {}, "No se puede deshacer. ");
  }

  /** Whoever went somewhere else meanwhile, or was closed, is no longer to be insisted on. */
  review() {
    for (const [destino, suyos] of this.afuera) {
      const antes = suyos.size;
      for (const { id, version } of suyos.values()) {
        const ticket = this.store.tickets.get(id);
        if (ticket?.version !== version || !ABIERTOS.has(ticket.estado)) suyos.delete(id);
      }
      if (suyos.size !== antes) this.#insist(destino);
    }
  }

  #insist(destino) {
    const suyos = [...this.afuera.get(destino).values()];
    const clave = `sin-lugar-${destino}`;
    const leave = () => this.afuera.delete(destino);
    if (!suyos.length) return void (leave() && hush(clave));
    const numeros = suyos.map(({ id }) => this.store.tickets.get(id).numero);
    const razon = razonDe(
      { codigo: "sin_lugar" },
      { destino: this.nombreDe(destino), ...this.cargaDe(destino) },
    );
    const uno = suyos.length === 1;
    notify(
      uno
        ? `${numeros[0]} no se movió: ${razon}.`
        : `${suyos.length} tickets no entraron: ${razon}.`,
      {
        error: true,
        clave,
        detalle: uno ? [] : [numeros.join(", ")],
        accion: uno ? "Mover igual" : `Mover igual los ${suyos.length}`,
        onClose: leave,
        onTap: () => {
          leave();
          // In front of what each was meant for: as many moves as there are places, one nearly always.
          for (const antes_de of new Set(suyos.map((otro) => otro.antes_de))) {
            const ids = suyos.filter((otro) => otro.antes_de === antes_de).map(({ id }) => id);
            this.hub.tell("mover", { ids, repartidor_id: destino, antes_de, forzar: true });
          }
        },
      },
    );
  }

  /**
   * @param {string | null} clave
   * @param {Json[]} resultados
   * @param {{destino?: string}} sobre
   */
  #say(clave, resultados, { destino }, antes = "") {
    if (!resultados.length) return;
    const { hub } = this;
    const open = (id) => hub.tell("open", id);
    const textos = resultados.map((uno) =>
      textoDeRechazo(uno, {
        destino: destino ?? uno.ticket?.repartidor_nombre,
        ahora: this.reloj(),
        yo: this.yo,
      }),
    );
    const [primero] = resultados;
    if (resultados.length === 1)
      return void notify(antes + textos[0], {
        error: true,
        ...(primero.ticket && { accion: "Ver", onTap: () => open(primero.id) }),
      });
    const lineas = resultados.map((uno, lugar) =>
      uno.ticket ? enlace(textos[lugar], uno.id, open) : textos[lugar],
    );
    notify(`${antes}${resultados.length} tickets no se movieron.`, {
      error: true,
      clave: clave ?? textos.join(),
      detalle: lineas,
    });
  }
}

function enlace(texto, id, open) {
  const uno = document.createElement("a");
  uno.href = `/tickets/${id}`;
  uno.textContent = texto;
  uno.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(id);
  });
  return uno;
}
