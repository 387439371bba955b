// The board by keyboard: arrows between cards and columns, Espacio selects, M moves, S goes to the selection's bar, A takes
// a suggestion, Ctrl+Z takes back, Ctrl+Enter does what the newest notice that stays offers ("Mover igual"), Esc lets go.
// Letters act on a focused card only.
import { makeTabbable } from "./focus.js";

/**
 * @param {HTMLElement} raiz
 * @param {object} acciones
 * @param {(tarjeta: HTMLElement) => void} acciones.aceptar
 * @param {(id: number) => void} acciones.mover
 * @param {() => void} acciones.barra
 * @param {(id: number) => void} acciones.choose
 * @param {() => void} acciones.undo
 * @param {() => boolean} acciones.release whether there was something to let go of
 */
export function prepareTeclado(raiz, { aceptar, mover, barra, choose, undo, release }) {
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input:not(.tarjeta-elegir), textarea, select, dialog, [popover]"))
      return;
    if (event.key === "Escape" && !event.defaultPrevented && release()) event.preventDefault();
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    if (event.key === "Enter")
      document
        .querySelector("#avisos-alarmas > :last-child [data-campo=accion]:not([hidden])")
        ?.click();
    else if (event.key.toLowerCase() === "z") undo();
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
    else if (event.key.toLowerCase() === "m") mover(id);
    else if (event.key.toLowerCase() === "s") barra();
    else if (event.key.toLowerCase() === "a") aceptar(tarjeta);
    else if (event.key === " " && event.target.matches("a")) choose(id);
    else return;
    event.preventDefault();
  });
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
