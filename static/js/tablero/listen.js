// The board's line to the server: what comes over it goes to the parts that it concerns.
import { follow } from "../stream/sequence.js";
import { request } from "../stream/requests.js";
import { connect } from "../stream/live.js";
import { watchVersion, pullAjustes } from "./vigente.js";

/** What of a repartidor its column's head says; most presencias say no more than how many tickets somebody has now. */
const PRESENCIA = ["activo", "en_turno", "en_linea", "nombre", "por_rendir", "capacidad"];

/** Connects; the parts are those of tablero.js, `enLaMano()` the ids that are dragged now. Returns the socket. */
export function listen({
  datos,
  store,
  columnas,
  linea,
  panel,
  mirando,
  mudanzas,
  say,
  noticias,
  conflictos,
  sugerencias,
  seleccion,
  reloj,
  enLaMano,
}) {
  let conectado = false;
  const secuencia = follow({
    epoca: datos.tablero.epoca,
    seq: datos.tablero.seq,
    pull: (epoca, desde) =>
      request("GET", `/api/novedades?epoca=${encodeURIComponent(epoca)}&desde=${desde}`),
    apply,
    replace(foto) {
      linea.cuenta();
      store.replace(foto);
      columnas.forgetLeftOver();
      columnas.redrawAll();
      seleccion.review();
      say.review();
      conflictos.pull().catch(() => {});
    },
    complete(respuesta) {
      if (respuesta.repartidores) store.putRepartidores(respuesta.repartidores);
      if (respuesta.acuses) columnas.redraw(store.acknowledge(respuesta.acuses));
      columnas.redrawRepartidor();
      columnas.redraw(store.repartidores.keys());
    },
  });
  // Ages, franjas, "No lo vio" and presence grow old by themselves.
  setInterval(() => {
    store.prune(reloj());
    columnas.forgetLeftOver();
    noticias.age();
    sugerencias.pronto();
  }, 30_000);
  setInterval(() => document.hidden || columnas.redrawAll(), 10_000);
  return connect({
    secuencia,
    linea: (estado) => {
      linea.put(estado);
      sugerencias.pronto();
      if (estado === "en-linea") enLinea();
    },
    otros: {
      acuse: (acuse) => {
        columnas.redraw(store.acknowledge([acuse]));
        panel.cambio(acuse);
      },
      presencia,
      mirando: (dato) => mirando.oye(dato),
      configuracion,
    },
  });

  function enLinea() {
    mirando.abre(panel.id);
    // A server that was away may have come back as another version, with other settings.
    if (conectado) {
      configuracion();
      watchVersion();
    }
    conectado = true;
  }

  function apply(novedad) {
    const tocadas = store.apply(novedad);
    linea.cuenta();
    mudanzas.hear(novedad);
    say.review();
    noticias.count(novedad, enLaMano());
    if (novedad.tipo === "ticket.conflicto") conflictos.show();
    if (seleccion.elegidas.has(novedad.ticket_id)) seleccion.review();
    columnas.redraw(tocadas);
    panel.cambio(novedad);
    sugerencias.pronto();
  }

  function presencia(uno) {
    const antes = store.repartidores.get(uno.id);
    store.repartidores.set(uno.id, uno);
    if (PRESENCIA.some((campo) => antes?.[campo] !== uno[campo])) columnas.redrawRepartidor();
    columnas.redraw(new Set([uno.id]));
    sugerencias.pronto();
  }

  function configuracion() {
    pullAjustes(() => columnas.redrawAll());
    sugerencias.pronto();
  }
}
