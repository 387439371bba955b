// Brings static/js/aparte.js, a bundle of its own, when something of it is first asked for.
import { avisar } from "../nucleo/avisos.js";
import { mensajeDe } from "../nucleo/red.js";

const { aparte: url } = document.querySelector("[data-tablero]").dataset;
let viene = null;

/** Its parts. Rejects without a line; the next call tries again. */
export function aparte() {
  viene ??= import(url).catch((error) => {
    viene = null;
    throw error;
  });
  return viene;
}

/** Something that is done with its parts, `hacer(partes, …)`; what goes wrong is said. */
export function conAparte(hacer) {
  return (...con) => aparte().then((partes) => hacer(partes, ...con)).catch((error) => avisar(mensajeDe(error), { error: true }));
}
