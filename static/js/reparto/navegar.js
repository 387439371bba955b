// Which app shows the way: asked the first time, and again whenever the person wants to be asked.
import { fields } from "../page/template.js";
import { remember } from "./recuerdo.js";

/** Asks which app. Resolves with `google`, `waze` or `geo`, or null when it was closed. */
export function chooseNavegador() {
  const hoja = document.getElementById("hoja-navegar");
  const siempre = fields(hoja).recordar;
  return new Promise((resolve) => {
    let elegido = null;
    for (const boton of hoja.querySelectorAll("[data-navegar]"))
      boton.onclick = () => {
        elegido = boton.dataset.navegar;
        if (siempre.checked) remember("navegar", elegido);
        hoja.close();
      };
    hoja.onclose = () => resolve(elegido);
    hoja.showModal();
  });
}
