// Forms: the summary of errors takes the focus, and a form that makes something is sent once.

/** @param {ParentNode} pagina */
export function enhanceFormularios(pagina) {
  pagina.querySelector("[data-foco]")?.focus();
  for (const form of pagina.querySelectorAll("form[data-una-vez]"))
    form.addEventListener("submit", submitOnce);
  // A page that comes back from the browser's memory has to be usable again.
  addEventListener("pageshow", (evento) => {
    if (evento.persisted)
      for (const form of pagina.querySelectorAll("form[data-una-vez]")) delete form.dataset.enviado;
  });
}

function submitOnce(evento) {
  const form = evento.currentTarget;
  if (form.dataset.enviado) {
    evento.preventDefault();
    return;
  }
  form.dataset.enviado = "1";
  const boton = evento.submitter;
  if (boton?.dataset.enviando) {
    boton.textContent = boton.dataset.enviando;
    boton.setAttribute("aria-disabled", "true");
  }
}
