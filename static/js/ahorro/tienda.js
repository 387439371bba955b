// What every page of the shop does better with scripts. All of it works without them.
import { mejorarAgregar } from "./partes/agregar.js";
import { mejorarCarrito } from "./partes/carrito.js";
import { mejorarFormularios } from "./partes/formularios.js";

mejorarFormularios(document);
mejorarAgregar(document);
mejorarCarrito(document);
