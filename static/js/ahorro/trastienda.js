// What the back office does better with scripts. All of it works without them.
import { enhanceFormularios } from "./partes/formularios.js";
import { enhanceFotos } from "./partes/fotos.js";
import { enhanceFresco } from "./partes/fresco.js";
import { enhanceGrilla } from "./partes/grilla.js";
import { enhanceElegidos } from "./partes/elegidos.js";
import { enhanceLector } from "./partes/lector.js";
import { enhancePapel } from "./partes/papel.js";

enhanceFormularios(document);
enhanceFotos(document);
enhanceElegidos(document);
enhanceLector(document, enhanceGrilla(document));
enhancePapel(document);
enhanceFresco(document);

// On a phone a menu lies in one line: where one is stands in its middle. The page itself stays where it was.
for (const lugar of document.querySelectorAll("nav [aria-current]")) {
  const fila = lugar.closest("ul, nav");
  const aqui = lugar.getBoundingClientRect();
  fila.scrollLeft +=
    aqui.left + aqui.width / 2 - fila.getBoundingClientRect().left - fila.clientWidth / 2;
}
