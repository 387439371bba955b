// The board by keyboard: arrows between cards and columns, Espacio selects, M moves, S goes to the selection's bar, A takes
// a suggestion, Ctrl+Z takes back, Ctrl+Enter does what the newest notice that stays offers ("Mover igual"), Esc lets go.
// Letters act on a focused card only.
import { makeTabbable } from "./focus.js";

/**
 * @param {HTMLElement} raiz
 * @param {object} parts
 * @param {(tarjeta: HTMLElement) => void} parts.aceptar takes the suggestion of a card
 * @param {import("./seleccion.js").Seleccion} parts.seleccion
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareTeclado(raiz, { aceptar, seleccion, hub }) {
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input:not(.tarjeta-elegir), textarea, select, dialog, [popover]"))
      return;
    if (event.key === "Escape" && !event.defaultPrevented && letGo()) event.preventDefault();
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    if (event.key === "Enter")
      document
        .querySelector("#avisos-alarmas > :last-child [data-campo=accion]:not([hidden])")
        ?.click();
    else if (event.key.toLowerCase() === "z") hub.tell("undo");
    else return;
    event.preventDefault();
  });
  raiz.addEventListener("focusin", (event) => {
    const tarjeta = event.target.closest(".tarjeta");
    if (tarjeta && !tarjeta.dataset.parada) makeTabbable(tarjeta.parentElement, tarjeta);
  });
  raiz.addEventListener("keydown", (event) => {
    const tarjeta = event.target.closest(".tarjeta");
    if (!tarjeta || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = Number(tarjeta.dataset.id);
    const go = DESTINO[event.key];
    if (go) go(tarjeta, raiz)?.querySelector("a").focus();
    else if (event.key.toLowerCase() === "m") hub.tell("destino", seleccion.porTecla(id));
    else if (event.key.toLowerCase() === "s") seleccion.goToBarra();
    else if (event.key.toLowerCase() === "a") aceptar(tarjeta);
    else if (event.key === " " && event.target.matches("a")) seleccion.toggle(id);
    else return;
    event.preventDefault();
  });

  /** Esc lets go of the selection; false when there is none. */
  function letGo() {
    const habia = seleccion.elegidas.size > 0;
    if (habia) seleccion.release();
    return habia;
  }
}

const DESTINO = {
  ArrowDown: (tarjeta) => tarjeta.nextElementSibling,
  ArrowUp: (tarjeta) => tarjeta.previousElementSibling,
  Home: (tarjeta) => tarjeta.parentElement.firstElementChild,
  End: (tarjeta) => tarjeta.parentElement.lastElementChild,
  ArrowRight: (tarjeta, raiz) => beside(tarjeta, raiz, 1),
  ArrowLeft: (tarjeta, raiz) => beside(tarjeta, raiz, -1),
};

/** The card at about the same height in the next column that has any. */
function beside(tarjeta, raiz, paso) {
  const listas = [...raiz.querySelectorAll("[data-campo=lista]")];
  const altura = [...tarjeta.parentElement.children].indexOf(tarjeta);
  for (
    let i = listas.indexOf(tarjeta.parentElement) + paso;
    i >= 0 && i < listas.length;
    i += paso
  ) {
    const hijos = listas[i].children;
    if (hijos.length) return hijos[Math.min(altura, hijos.length - 1)];
  }
  return null;
}
