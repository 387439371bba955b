// The map's page, a frame of the board's. The board says what there is; it hears what is pointed at, pressed and chosen.
import { start } from "./mapa/start.js";
import { readDatos } from "./stream/requests.js";

start(readDatos("datos"));
