// What carries the phone's line. Nothing of it is needed without one: the day is on the screen, and acts are stored, before
// it is here (static/js/reparto/linea.js brings it).
export { io } from "socket.io-client";
