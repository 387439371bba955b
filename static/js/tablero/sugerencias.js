// Why each ticket of "Sin asignar" waits, and in the mode `sugerido` who is best for it: one line a card, one key takes it.
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { SIN_ASIGNAR } from "./store.js";

/** All tickets in one request, at most so often while things change. */
const CADA_MS = 2_000;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.columna "Sin asignar"
 * @param {(metodo: string, url: string) => Promise<Json>} parts.send
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareSugerencias({ columna, send, hub }) {
  const { lista, espera } = fields(columna);
  let sabidas = new Map();
  let plazo = null;
  let otraVez = false;
  lista.addEventListener(
    "click",
    (event) =>
      event.target.closest("[data-accion=aceptar]") && aceptar(event.target.closest(".tarjeta")),
  );
  // Whatever decides who gets what.
  for (const que of ["novedad", "presencia", "configuracion", "age", "line"]) hub.on(que, pronto);
  hub.on("drawn", (cuales) => cuales.includes(SIN_ASIGNAR) && draw());
  return { aceptar };

  /** Something changed that decides who gets what. */
  function pronto() {
    otraVez = plazo !== null;
    plazo ??= setTimeout(pull, 150);
  }

  async function pull() {
    const { children } = lista;
    otraVez = false;
    // What is shown was true a moment ago: without an answer it stays, and the next change asks again.
    const dicho =
      !document.hidden &&
      children.length &&
      (await send("GET", "/api/sugerencias").catch(() => null));
    if (dicho) sabidas = new Map(dicho.tickets.map((uno) => [uno.ticket_id, uno]));
    draw();
    setTimeout(() => {
      plazo = null;
      if (otraVez) pronto();
    }, CADA_MS);
  }

  /** Draws what is known on the cards that are there now; what is on a card that left the column is hidden by CSS. */
  function draw() {
    const motivos = new Set([...sabidas.values()].map((uno) => uno.espera));
    const mismo = motivos.size === 1 && lista.children.length > 1;
    setText(espera, mismo ? [...motivos][0] : "");
    for (const tarjeta of lista.children) {
      const sabido = sabidas.get(Number(tarjeta.dataset.id));
      let linea = tarjeta.querySelector(".tarjeta-sugerencia");
      // A card that was away and came back: what it still says is no longer known, and its button would do nothing.
      if (!sabido && linea) linea.hidden = true;
      if (!sabido) continue;
      if (!linea) tarjeta.append((linea = clone("sugerencia")));
      const parte = fields(linea);
      const [mejor] = sabido.sugerencias;
      setText(parte.quien, mejor?.nombre);
      setText(parte.motivo, mejor?.motivo ?? (mismo ? "" : sabido.espera));
      setAttribute(parte.aceptar, "aria-label", `Dar a ${mejor?.nombre}`);
      parte.aceptar.hidden = !mejor;
      linea.hidden = parte.motivo.hidden;
    }
  }

  /** Gives a card to the one suggested for it: a move like any other, undone like one. */
  function aceptar(tarjeta) {
    const id = Number(tarjeta.dataset.id);
    const [mejor] = (tarjeta.parentElement === lista && sabidas.get(id)?.sugerencias) || [];
    if (!mejor) return;
    // Whoever goes through them one by one stays in the column.
    (tarjeta.nextElementSibling ?? tarjeta.previousElementSibling)?.querySelector("a").focus();
    hub.tell("mover", { ids: [id], repartidor_id: mejor.repartidor_id });
  }
}
