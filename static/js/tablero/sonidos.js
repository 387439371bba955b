// What the board sounds like: one note pair for each kind of news, at most one in three seconds, off until it is asked for.
import { setText } from "../page/template.js";
import { activateSonido, play } from "../page/sonido.js";
import { withAparte } from "./aparte.js";

const NOTAS = {
  nuevo: [880, 1174],
  fallido: [440, 330],
  demorado: [660, 660, 660],
  conflicto: [440, 330, 440],
};
const PALABRAS = { no: "Activar sonido", si: "Con sonido", mudo: "Silenciado" };

/** @param {HTMLButtonElement} boton @param {HTMLButtonElement} avisos @returns {(que: keyof typeof NOTAS, numero?: string) => void} */
export function prepareSonidos(boton, avisos) {
  const fuera = prepareOutside(avisos);
  let estado = "no";
  boton.addEventListener("click", async () => {
    if (estado === "si") estado = "mudo";
    else if (await activateSonido()) estado = "si";
    setText(boton.querySelector("[data-campo=texto]"), PALABRAS[estado]);
    boton.setAttribute("aria-pressed", String(estado === "si"));
    if (estado === "si") play(NOTAS.nuevo, { cada: 0 });
  });
  return (que, numero) => {
    if (estado === "si") play(NOTAS[que]);
    fuera(que, numero);
  };
}

/** What the desktop tells while the tab is hidden is loaded when it is first asked for; a browser that was asked keeps it. */
function prepareOutside(boton) {
  let notify = null;
  const switchOn = withAparte(({ prepareAvisos }, tocado) => {
    boton.removeEventListener("click", switchOn);
    notify ??= prepareAvisos(boton, tocado);
  });
  boton.addEventListener("click", switchOn);
  if (localStorage.avisos === "si") switchOn();
  return (que, numero) => notify?.(que, numero);
}
