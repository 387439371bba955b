// Notices at the edge of the page (templates/_avisos.html). They never take the focus.
//
// What somebody must read (a refusal, something lost or taken away, something to insist on) stays until they said
// "Entendido", did what it offers, or it is no longer true; it is never dropped for number, and nothing lies over it.
// Many of a kind are one: a notice takes the place of the one with its `clave`. What passes carries nothing of that sort.
import { campos, clonar, texto } from "./template.js";

/** At most so many passing ones at once. */
const PASAJEROS = 4;

/**
 * Shows a notice.
 *
 * @param {string} mensaje
 * @param {{error?: boolean, queda?: boolean, clave?: string, detalle?: (string | Node)[], accion?: string, alTocar?: () => void,
 *   alCerrar?: () => void, dura?: number}} [opciones] `queda`: it must be read, as every `error` must; `clave` is what makes
 *   two the same notice (the words themselves, else); `detalle` its list; `accion` is a button's text; `alCerrar` is told of "Entendido"
 * @returns {() => void} takes it away
 */
export function avisar(
  mensaje,
  {
    error = false,
    queda = error,
    clave = mensaje,
    detalle = [],
    accion,
    alTocar,
    alCerrar,
    dura,
  } = {},
) {
  const nota = clonar("nota");
  const parte = campos(nota);
  const region = document.getElementById(queda ? "avisos-alarmas" : "avisos-noticias");
  nota.dataset.clave = clave;
  nota.classList.toggle("error", error);
  texto(parte.texto, mensaje);
  for (const uno of detalle) parte.detalle.appendChild(document.createElement("li")).append(uno);
  parte.detalle.hidden = !detalle.length;
  texto(parte.accion, accion);
  parte.entendido.hidden = !queda;
  const tocar = (boton, hacer) =>
    boton.addEventListener("click", () => {
      quitar(nota);
      hacer?.();
    });
  tocar(parte.accion, alTocar);
  tocar(parte.entendido, alCerrar);
  const misma = buscar(region, clave);
  region.append(nota);
  if (misma) quitar(misma, nota);
  region.scrollTop = region.scrollHeight;
  if (!queda) {
    while (region.children.length > PASAJEROS) region.firstElementChild.remove();
    setTimeout(() => quitar(nota), dura ?? (accion ? 10_000 : 5_000));
  }
  return () => quitar(nota);
}

/** Takes the notice with this `clave` away: it is no longer true. */
export function callar(clave) {
  const nota = buscar(document, clave);
  if (nota) quitar(nota);
}

const buscar = (donde, clave) =>
  [...donde.querySelectorAll(".nota")].find((una) => una.dataset.clave === clave);

/** Whoever goes through the notices by keyboard goes on in the one that takes its place, or in the next. */
function quitar(nota, otra = nota.nextElementSibling ?? nota.previousElementSibling) {
  const sigue = nota.contains(document.activeElement) && otra;
  nota.remove();
  if (sigue) sigue.querySelector("button:not([hidden])")?.focus();
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
