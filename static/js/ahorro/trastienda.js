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
