// The repartidor's phone.
import { start } from "./reparto/start.js";
import { readDatos } from "./stream/requests.js";

start(readDatos("datos"));
