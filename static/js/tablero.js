// The board's page.
import { readDatos } from "./stream/requests.js";
import { start } from "./tablero/start.js";

start(readDatos("datos"));
