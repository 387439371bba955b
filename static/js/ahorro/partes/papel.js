// The button that opens the printer's dialog; the page prints without it, too.

/** @param {ParentNode} pagina */
export function enhancePapel(pagina) {
  for (const boton of pagina.querySelectorAll("[data-imprimir]")) {
    boton.hidden = false;
    boton.addEventListener("click", () => print());
  }
}
