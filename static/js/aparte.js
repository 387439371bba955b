// What the board loads when it is first used: nobody needs it to see and move tickets, and the first script is what all
// wait for.
export { prepararActuar } from "./tablero/act.js";
export { deshacible, lineaDeHistorial } from "./tablero/historial.js";
export { prepararMenus } from "./tablero/menus.js";
export { prepararMapa } from "./tablero/mapa.js";
export { ordenar } from "./tablero/orden.js";
export { prepararAvisos } from "./tablero/avisos.js";
export { Rechazos } from "./tablero/rechazo.js";
export { llenarPrueba, recorrido } from "./tablero/recorrido.js";
export { terminarTurno } from "./tablero/turno.js";
