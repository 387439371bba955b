// Which app shows the way: asked the first time, and again whenever the person wants to be asked.
import { campos } from "../page/template.js";
import { recordar } from "./recuerdo.js";

/** Asks which app. Resolves with `google`, `waze` or `geo`, or null when it was closed. */
export function elegirNavegador() {
  const hoja = document.getElementById("hoja-navegar");
  const siempre = campos(hoja).recordar;
  return new Promise((resolver) => {
    let elegido = null;
    for (const boton of hoja.querySelectorAll("[data-navegar]"))
      boton.onclick = () => {
        elegido = boton.dataset.navegar;
        if (siempre.checked) recordar("navegar", elegido);
        hoja.close();
      };
    hoja.onclose = () => resolver(elegido);
    hoja.showModal();
  });
}
