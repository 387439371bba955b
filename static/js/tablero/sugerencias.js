// Why each ticket of "Sin asignar" waits, and in the mode `sugerido` who is best for it: one line a card, one key takes it.
import { atributo, campos, clonar, texto } from "../nucleo/plantilla.js";

/** All tickets in one request, at most so often while things change. */
const CADA_MS = 2_000;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.columna "Sin asignar"
 * @param {(metodo: string, url: string) => Promise<object>} parts.mandar
 * @param {(mudanza: object) => void} parts.mover
 */
export function prepararSugerencias({ columna, mandar, mover }) {
  const { lista, espera } = campos(columna);
  const lineas = new Map();
  let sabidas = new Map();
  let plazo = null;
  let ultima = -CADA_MS;
  lista.addEventListener("click", (event) => {
    if (event.target.closest("[data-accion=aceptar]")) aceptar(Number(event.target.closest(".tarjeta").dataset.id));
  });
  return { pronto, pintar, aceptar };

  /** Something changed that decides who gets what. */
  function pronto() {
    plazo ??= setTimeout(traer, Math.max(150, ultima + CADA_MS - performance.now()));
  }

  async function traer() {
    ultima = performance.now();
    try {
      if (!document.hidden && lista.children.length) sabidas = new Map((await mandar("GET", "/api/sugerencias")).tickets.map((uno) => [uno.ticket_id, uno]));
      pintar();
    } catch {
      // The next change asks again; what is shown is what was true a moment ago.
    }
    plazo = null;
  }

  /** Draws what is known beside the cards that are there now. */
  function pintar() {
    const motivos = new Set([...sabidas.values()].map((uno) => uno.espera));
    const mismo = motivos.size === 1 && lista.children.length > 1;
    texto(espera, mismo ? [...motivos][0] : "");
    for (const [id, linea] of lineas) {
      if (linea.closest("[data-campo=lista]") === lista) continue;
      linea.remove();
      lineas.delete(id);
    }
    for (const tarjeta of lista.children) {
      const id = Number(tarjeta.dataset.id);
      const sabido = sabidas.get(id);
      if (!sabido) continue;
      if (!lineas.has(id)) {
        lineas.set(id, clonar("sugerencia"));
        tarjeta.append(lineas.get(id));
      }
      const parte = campos(lineas.get(id));
      const mejor = sabido.sugerencias[0];
      texto(parte.motivo, mejor ? mejor.motivo : mismo ? "" : sabido.espera);
      texto(parte.aceptar, mejor && `Dar a ${mejor.nombre}`);
      atributo(parte.aceptar, "tabindex", tarjeta.dataset.parada ? 0 : -1);
      lineas.get(id).hidden = parte.motivo.hidden;
    }
  }

  /** Gives the card to the one suggested for it: a move like any other, undone like one. */
  function aceptar(id) {
    const mejor = lineas.has(id) && sabidas.get(id)?.sugerencias[0];
    if (mejor) mover({ ids: [id], repartidor_id: mejor.repartidor_id });
  }
}
