// What the back office does better with scripts. All of it works without them.
import { enhanceFormularios } from "./partes/formularios.js";
import { enhanceFotos } from "./partes/fotos.js";

enhanceFormularios(document);
enhanceFotos(document);
