// What the board loads when it is first used: nobody needs it to see and move tickets, and the first script is what all
// wait for.
export { prepareAct } from "./tablero/act.js";
export { Edicion } from "./tablero/edicion.js";
export { undoable, lineaDeHistorial } from "./tablero/historial.js";
export { prepareMenus } from "./tablero/menus.js";
export { prepareMapa } from "./tablero/mapa.js";
export { ordenar } from "./tablero/orden.js";
export { prepareAvisos } from "./tablero/avisos.js";
export { Rechazos } from "./tablero/rechazo.js";
export { fillPrueba, recorrido } from "./tablero/recorrido.js";
export { resolve } from "./tablero/resolver.js";
export { endTurno } from "./tablero/turno.js";
