// The board by keyboard: arrows between cards and columns, M moves, Ctrl+Z takes back. Letters act on a focused card only.

/**
 * @param {HTMLElement} raiz
 * @param {{mover: (id: number) => void, deshacer: () => void, parar: (tarjeta: HTMLElement) => void}} acciones
 */
export function prepararTeclado(raiz, { mover, deshacer, parar }) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z") return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    deshacer();
  });
  raiz.addEventListener("focusin", (event) => {
    const tarjeta = event.target.closest(".tarjeta");
    if (tarjeta && !tarjeta.dataset.parada) parar(tarjeta);
  });
  raiz.addEventListener("keydown", (event) => {
    const tarjeta = event.target.closest(".tarjeta");
    if (!tarjeta || event.ctrlKey || event.metaKey || event.altKey) return;
    const ir = DESTINO[event.key];
    if (ir) {
      event.preventDefault();
      ir(tarjeta, raiz)?.querySelector("a").focus();
    } else if (event.key.toLowerCase() === "m") {
      event.preventDefault();
      mover(Number(tarjeta.dataset.id));
    }
  });
}

const DESTINO = {
  ArrowDown: (tarjeta) => tarjeta.nextElementSibling,
  ArrowUp: (tarjeta) => tarjeta.previousElementSibling,
  Home: (tarjeta) => tarjeta.parentElement.firstElementChild,
  End: (tarjeta) => tarjeta.parentElement.lastElementChild,
  ArrowRight: (tarjeta, raiz) => alLado(tarjeta, raiz, 1),
  ArrowLeft: (tarjeta, raiz) => alLado(tarjeta, raiz, -1),
};

/** The card at about the same height in the next column that has any. */
function alLado(tarjeta, raiz, paso) {
  const listas = [...raiz.querySelectorAll("[data-campo=lista]")];
  const altura = [...tarjeta.parentElement.children].indexOf(tarjeta);
  for (let i = listas.indexOf(tarjeta.parentElement) + paso; i >= 0 && i < listas.length; i += paso) {
    const hijos = listas[i].children;
    if (hijos.length) return hijos[Math.min(altura, hijos.length - 1)];
  }
  return null;
}
