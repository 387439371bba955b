// The board's line to the server: what comes over it goes to the parts that it concerns.
import { io } from "socket.io-client";
import { follow } from "../stream/sequence.js";
import { request } from "../stream/requests.js";
import { connect } from "../stream/live.js";
import { watchVersion, pullAjustes } from "./vigente.js";

/** What of a repartidor its column's head says; most presencias say no more than how many tickets somebody has now. */
const PRESENCIA = ["activo", "en_turno", "en_linea", "nombre", "por_rendir", "capacidad"];

/**
 * Connects, and tells the hub of what comes.
 *
 * @param {object} parts
 * @param {Record<string, any>} parts.datos what the page carries
 * @param {import("./store.js").Store} parts.store
 * @param {() => number} parts.reloj
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function listen({ datos, store, reloj, hub }) {
  let conectado = false;
  const secuencia = follow({
    epoca: datos.tablero.epoca,
    seq: datos.tablero.seq,
    pull: (epoca, desde) =>
      request("GET", `/api/novedades?epoca=${encodeURIComponent(epoca)}&desde=${desde}`),
    apply,
    replace(foto) {
      store.replace(foto);
      hub.tell("replaced");
    },
    complete(respuesta) {
      if (respuesta.repartidores) store.putRepartidores(respuesta.repartidores);
      if (respuesta.acuses) hub.tell("columns", store.acknowledge(respuesta.acuses));
      hub.tell("layout");
      hub.tell("columns", store.repartidores.keys());
    },
  });
  // Ages, franjas, "No lo vio" and presence grow old by themselves.
  setInterval(() => {
    store.prune(reloj());
    hub.tell("age");
  }, 30_000);
  setInterval(() => document.hidden || hub.tell("all"), 10_000);
  const socket = connect({
    io,
    secuencia,
    linea: (estado) => {
      hub.tell("line", estado);
      if (estado === "en-linea") enLinea();
    },
    otros: {
      acuse: (acuse) => {
        hub.tell("columns", store.acknowledge([acuse]));
        hub.tell("cambio", acuse);
      },
      presencia,
      mirando: (dato) => hub.tell("mirando", dato),
      configuracion,
    },
  });

  hub.on("say", (dato) => socket.volatile.emit("mirando", dato));

  function enLinea() {
    // A server that was away may have come back as another version, with other settings.
    if (conectado) {
      configuracion();
      watchVersion();
    }
    conectado = true;
  }

  function apply(novedad) {
    const tocadas = store.apply(novedad);
    hub.tell("novedad", novedad, tocadas);
  }

  function presencia(uno) {
    const antes = store.repartidores.get(uno.id);
    store.repartidores.set(uno.id, uno);
    hub.tell(
      "presencia",
      uno,
      PRESENCIA.some((campo) => antes?.[campo] !== uno[campo]),
    );
  }

  function configuracion() {
    pullAjustes(() => hub.tell("all"));
    hub.tell("configuracion");
  }
}
