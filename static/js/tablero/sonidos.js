// What the board sounds like: one note pair for each kind of news, at most one in three seconds, off until it is asked for.
import { texto } from "../page/template.js";
import { activarSonido, tocar } from "../page/sonido.js";
import { conAparte } from "./aparte.js";

const NOTAS = {
  nuevo: [880, 1174],
  fallido: [440, 330],
  demorado: [660, 660, 660],
  conflicto: [440, 330, 440],
};
const PALABRAS = { no: "Activar sonido", si: "Con sonido", mudo: "Silenciado" };

/** @param {HTMLButtonElement} boton @param {HTMLButtonElement} avisos @returns {(que: keyof NOTAS, numero?: string) => void} */
export function prepararSonidos(boton, avisos) {
  const fuera = prepararFuera(avisos);
  let estado = "no";
  boton.addEventListener("click", async () => {
    if (estado === "si") estado = "mudo";
    else if (await activarSonido()) estado = "si";
    texto(boton.querySelector("[data-campo=texto]"), PALABRAS[estado]);
    boton.setAttribute("aria-pressed", String(estado === "si"));
    if (estado === "si") tocar(NOTAS.nuevo, { cada: 0 });
  });
  return (que, numero) => {
    if (estado === "si") tocar(NOTAS[que]);
    fuera(que, numero);
  };
}

/** What the desktop tells while the tab is hidden is loaded when it is first asked for; a browser that was asked keeps it. */
function prepararFuera(boton) {
  let avisar = null;
  const prender = conAparte(({ prepararAvisos }, tocado) => {
    boton.removeEventListener("click", prender);
    avisar ??= prepararAvisos(boton, tocado);
  });
  boton.addEventListener("click", prender);
  if (localStorage.avisos === "si") prender();
  return (que, numero) => avisar?.(que, numero);
}
