// What every page of the shop does better with scripts. All of it works without them.
import { enhanceAgregar } from "./partes/agregar.js";
import { enhanceCarrito } from "./partes/carrito.js";
import { enhanceCopiar } from "./partes/copiar.js";
import { enhanceFormularios } from "./partes/formularios.js";
import { enhanceUbicacion } from "./partes/ubicacion.js";

enhanceFormularios(document);
enhanceAgregar(document);
enhanceCarrito(document);
enhanceCopiar(document);
enhanceUbicacion(document);
