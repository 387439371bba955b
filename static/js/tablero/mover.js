// The one door of every move, whoever asks for it: is there a line, is a delivery interrupted, is somebody without signal.
import { notify } from "../page/avisos.js";
import { ABIERTOS } from "../words/acciones.js";
import { hace } from "../words/formats.js";
import { interrupcion, preguntaDe } from "./interrupcion.js";
import { CORTADA } from "./linea.js";

/** @typedef {{ids: number[], repartidor_id: number | null, antes_de?: number | null, forzar?: boolean}} Mudanza */

/**
 * @param {object} parts
 * @param {import("./store.js").Store} parts.store
 * @param {import("./mudanzas.js").Mudanzas} parts.mudanzas
 * @param {import("./linea.js").Linea} parts.linea
 * @param {(pregunta: Json) => Promise<boolean>} parts.ask
 * @param {() => number} parts.reloj
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareMover({ store, mudanzas, linea, ask, reloj, hub }) {
  hub.on("mover", mover);

  /** @param {Mudanza} mudanza */
  async function mover(mudanza) {
    const todos = mudanza.ids;
    const ids = mudanza.ids.filter((id) => ABIERTOS.has(store.tickets.get(id)?.estado));
    if (!ids.length)
      return void notify("Ese ticket ya se cerró: no hay nada para mover.", { error: true });
    if (linea.cortada)
      return void notify(`${linea.motivo} Ahora no se puede mover nada.`, {
        error: true,
        clave: CORTADA,
      });
    mudanza = { antes_de: null, ...mudanza, ids };
    const destino = store.repartidores.get(mudanza.repartidor_id);
    const corta = mudanza.forzar ? null : interrupcion(store, mudanza);
    if (corta && !(await ask(preguntaDe(corta, destino?.nombre)))) return;
    // While the question stood, somebody may have closed one.
    mudanza.ids = ids.filter((id) => ABIERTOS.has(store.tickets.get(id)?.estado));
    if (!mudanza.ids.length) return;
    const ajenos = mudanza.ids.filter((id) => store.tickets.get(id).repartidor_id !== destino?.id);
    hub.tell("moving", todos);
    await mudanzas.mover(mudanza);
    // Of what was refused nothing arrives.
    if (
      destino &&
      !destino.en_linea &&
      ajenos.some((id) => store.tickets.get(id)?.repartidor_id === destino.id)
    )
      notify(sinSenal(destino, reloj()));
  }
}

function sinSenal({ nombre, en_turno, senal_en }, ahora) {
  if (!en_turno) return `${nombre} está fuera de turno. Le va a llegar cuando abra la aplicación.`;
  const rato = senal_en ? ` ${hace(senal_en, ahora)}`.replace(" recién", "") : "";
  return `${nombre} está sin señal${rato}. Le va a llegar cuando se reconecte.`;
}
