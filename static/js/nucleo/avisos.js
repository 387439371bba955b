// Short notices at the edge of the page (templates/_avisos.html). They never take the focus.
import { clonar } from "./plantilla.js";

/**
 * Shows a notice.
 *
 * @param {string} mensaje
 * @param {{error?: boolean, accion?: string, alTocar?: () => void, dura?: number}} [opciones]
 *   `accion` is a button's text; with one the notice stays at least 10 s
 * @returns {() => void} takes it away
 */
export function avisar(mensaje, { error = false, accion, alTocar, dura } = {}) {
  const nota = clonar("nota");
  nota.classList.toggle("error", error);
  nota.querySelector("p").textContent = mensaje;
  const boton = nota.querySelector("button");
  const region = document.getElementById(error ? "avisos-alarmas" : "avisos-noticias");
  const quitar = () => nota.remove();
  if (accion) {
    boton.hidden = false;
    boton.textContent = accion;
    boton.addEventListener("click", () => {
      quitar();
      alTocar();
    });
  }
  region.append(nota);
  while (region.children.length > 4) region.firstElementChild.remove();
  setTimeout(quitar, dura ?? (accion ? 10_000 : error ? 9_000 : 5_000));
  return quitar;
}

let porAnunciar = null;

/** Tells a screen reader something that the eye sees anyway: the last of what came, at most every 5 s. */
export function anunciar(mensaje) {
  const callaba = porAnunciar === null;
  porAnunciar = mensaje;
  if (!callaba) return;
  setTimeout(() => {
    document.getElementById("anuncios").textContent = porAnunciar;
    porAnunciar = null;
  }, 5_000);
}
