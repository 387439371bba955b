// The board's line to the server: what comes over it goes to the parts that it concerns.
import { seguir } from "../stream/sequence.js";
import { pedir } from "../stream/requests.js";
import { conectar } from "../stream/live.js";
import { mirarVersion, traerAjustes } from "./vigente.js";

/** What of a repartidor its column's head says; most presencias say no more than how many tickets somebody has now. */
const PRESENCIA = ["activo", "en_turno", "en_linea", "nombre", "por_rendir", "capacidad"];

/** Connects; the parts are those of tablero.js, `enLaMano()` the ids that are dragged now. Returns the socket. */
export function escuchar({
  datos,
  almacen,
  columnas,
  linea,
  panel,
  mirando,
  mudanzas,
  decir,
  noticias,
  conflictos,
  sugerencias,
  seleccion,
  reloj,
  enLaMano,
}) {
  let conectado = false;
  const secuencia = seguir({
    epoca: datos.tablero.epoca,
    seq: datos.tablero.seq,
    traer: (epoca, desde) =>
      pedir("GET", `/api/novedades?epoca=${encodeURIComponent(epoca)}&desde=${desde}`),
    aplicar,
    reemplazar(foto) {
      linea.cuenta();
      almacen.reemplazar(foto);
      columnas.olvidarSobrantes();
      columnas.pintarTodo();
      seleccion.revisar();
      decir.revisar();
      conflictos.traer().catch(() => {});
    },
    completar(respuesta) {
      if (respuesta.repartidores) almacen.ponerRepartidores(respuesta.repartidores);
      if (respuesta.acuses) columnas.pintar(almacen.acusar(respuesta.acuses));
      columnas.pintarRepartidor();
      columnas.pintar(almacen.repartidores.keys());
    },
  });
  // Ages, franjas, "No lo vio" and presence grow old by themselves.
  setInterval(() => {
    almacen.podar(reloj());
    columnas.olvidarSobrantes();
    noticias.envejecer();
    sugerencias.pronto();
  }, 30_000);
  setInterval(() => document.hidden || columnas.pintarTodo(), 10_000);
  return conectar({
    secuencia,
    linea: (estado) => {
      linea.poner(estado);
      sugerencias.pronto();
      if (estado === "en-linea") enLinea();
    },
    otros: {
      acuse: (acuse) => {
        columnas.pintar(almacen.acusar([acuse]));
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
      mirarVersion();
    }
    conectado = true;
  }

  function aplicar(novedad) {
    const tocadas = almacen.aplicar(novedad);
    linea.cuenta();
    mudanzas.oir(novedad);
    decir.revisar();
    noticias.contar(novedad, enLaMano());
    if (novedad.tipo === "ticket.conflicto") conflictos.mostrar();
    if (seleccion.elegidas.has(novedad.ticket_id)) seleccion.revisar();
    columnas.pintar(tocadas);
    panel.cambio(novedad);
    sugerencias.pronto();
  }

  function presencia(uno) {
    const antes = almacen.repartidores.get(uno.id);
    almacen.repartidores.set(uno.id, uno);
    if (PRESENCIA.some((campo) => antes?.[campo] !== uno[campo])) columnas.pintarRepartidor();
    columnas.pintar(new Set([uno.id]));
    sugerencias.pronto();
  }

  function configuracion() {
    traerAjustes(() => columnas.pintarTodo());
    sugerencias.pronto();
  }
}
