// A button that copies what it says (`data-copiar`). Without scripts, or where nothing can be copied, it is not there.

/** @param {ParentNode} pagina */
export function enhanceCopiar(pagina) {
  if (!navigator.clipboard) return;
  for (const boton of pagina.querySelectorAll("[data-copiar]")) {
    boton.hidden = false;
    boton.addEventListener("click", copiar);
  }
}

async function copiar(evento) {
  const palabra = evento.currentTarget.querySelector("[data-copiar-palabra]");
  try {
    await navigator.clipboard.writeText(evento.currentTarget.dataset.copiar);
    palabra.textContent = "Copiado";
  } catch {
    palabra.textContent = "No se pudo copiar";
  }
}
