// The button that opens the printer's dialog; the page prints without it, too.
const boton = document.querySelector("[data-imprimir]");
boton.hidden = false;
boton.addEventListener("click", () => print());
