// Notices at the edge of the page (templates/_avisos.html). They never take the focus.
//
// What somebody must read (a refusal, something lost or taken away, something to insist on) stays until they said
// "Entendido", did what it offers, or it is no longer true; it is never dropped for number, and nothing lies over it.
// Many of a kind are one: a notice takes the place of the one with its `clave`. What passes carries nothing of that sort.
import { fields, clone, setText } from "./template.js";

/** At most so many passing ones at once. */
const PASAJEROS = 4;

/**
 * Shows a notice.
 *
 * @param {string} mensaje
 * @param {{error?: boolean, queda?: boolean, clave?: string, detalle?: (string | Node)[], accion?: string, onTap?: () => void,
 *   onClose?: () => void, dura?: number}} [opciones] `queda`: it must be read, as every `error` must; `clave` is what makes
 *   two the same notice (the words themselves, else); `detalle` its list; `accion` is a button's text; `onClose` is told of "Entendido"
 * @returns {() => void} takes it away
 */
export function notify(
  mensaje,
  {
    error = false,
    queda = error,
    clave = mensaje,
    detalle = [],
    accion,
    onTap,
    onClose,
    dura,
  } = {},
) {
  const nota = clone("nota");
  const parte = fields(nota);
  const region = document.getElementById(queda ? "avisos-alarmas" : "avisos-noticias");
  nota.dataset.clave = clave;
  nota.classList.toggle("error", error);
  setText(parte.texto, mensaje);
  for (const uno of detalle) parte.detalle.appendChild(document.createElement("li")).append(uno);
  parte.detalle.hidden = !detalle.length;
  setText(parte.accion, accion);
  parte.entendido.hidden = !queda;
  const tap = (boton, perform) =>
    boton.addEventListener("click", () => {
      remove(nota);
      perform?.();
    });
  tap(parte.accion, onTap);
  tap(parte.entendido, onClose);
  const misma = find(region, clave);
  region.append(nota);
  if (misma) remove(misma, nota);
  region.scrollTop = region.scrollHeight;
  if (!queda) {
    while (region.children.length > PASAJEROS) region.firstElementChild.remove();
    setTimeout(() => remove(nota), dura ?? (accion ? 10_000 : 5_000));
  }
  return () => remove(nota);
}

/** Takes the notice with this `clave` away: it is no longer true. */
export function hush(clave) {
  const nota = find(document, clave);
  if (nota) remove(nota);
}

const find = (donde, clave) =>
  [...donde.querySelectorAll(".nota")].find((una) => una.dataset.clave === clave);

/** Whoever goes through the notices by keyboard goes on in the one that takes its place, or in the next. */
function remove(nota, otra = nota.nextElementSibling ?? nota.previousElementSibling) {
  const sigue = nota.contains(document.activeElement) && otra;
  nota.remove();
  if (sigue) sigue.querySelector("button:not([hidden])")?.focus();
}

let toAnnounce = null;

/** Tells a screen reader something that the eye sees anyway: the last of what came, at most every 5 s. */
export function announce(mensaje) {
  const callaba = toAnnounce === null;
  toAnnounce = mensaje;
  if (!callaba) return;
  setTimeout(() => {
    document.getElementById("anuncios").textContent = toAnnounce;
    toAnnounce = null;
  }, 5_000);
}
