// What a click on the board is about: a menu, the selection, a ticket to open; and how close the cards stand.

/**
 * @param {object} parts
 * @param {HTMLElement} parts.raiz
 * @param {import("./seleccion.js").Seleccion} parts.seleccion
 * @param {import("./preferencias.js").Preferencias} parts.preferencias
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareTaps({ raiz, seleccion, preferencias, hub }) {
  raiz.addEventListener("click", (event) => {
    const puntos = event.target.closest("[data-accion=menu], [data-accion=menu-columna]");
    if (puntos) hub.tell("menu", puntos);
    const tarjeta = event.target.closest(".tarjeta");
    if (tarjeta && seleccion.toca(event, tarjeta)) return;
    const enlace = event.target.closest("a[href^='/tickets/']") ?? enlaceDe(event.target, tarjeta);
    if (!enlace || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    hub.tell("open", Number(enlace.getAttribute("href").split("/").at(-1)), enlace);
  });
  raiz.addEventListener("focusout", (event) => {
    if (!raiz.contains(/** @type {Node} */ (event.relatedTarget))) hub.tell("layout");
  });
  document
    .querySelector("[data-accion=densidad]")
    .addEventListener("click", () => preferencias.toggleDensidad());
}

/** A card is its link all over, but for what has a use of its own. */
function enlaceDe(tocado, tarjeta) {
  return tocado.closest("button, input") ? null : tarjeta?.querySelector("[data-campo=numero]");
}
