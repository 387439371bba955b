// The board's page: builds the parts and ties them together.
import { avisar } from "./page/avisos.js";
import { leerDatos, pedir } from "./stream/requests.js";
import { conAparte } from "./tablero/aparte.js";
import { Almacen, SIN_ASIGNAR } from "./tablero/store.js";
import { prepararArrastre } from "./tablero/drag.js";
import { presencias, presente } from "./tablero/columna.js";
import { Columnas } from "./tablero/columnas.js";
import { prepararConflictos } from "./tablero/conflictos.js";
import { prepararDecir } from "./tablero/say.js";
import { prepararDialogo } from "./tablero/dialogo.js";
import { prepararElector } from "./tablero/elector.js";
import { escuchar } from "./tablero/listen.js";
import { leerFiltro, prepararFiltros } from "./tablero/filtros.js";
import { Linea } from "./tablero/linea.js";
import { Mirando } from "./tablero/mirando.js";
import { prepararMover } from "./tablero/mover.js";
import { Mudanzas } from "./tablero/mudanzas.js";
import { prepararNoticias } from "./tablero/noticias.js";
import { Nuevos } from "./tablero/nuevos.js";
import { Panel } from "./tablero/panel.js";
import { Preferencias } from "./tablero/preferencias.js";
import { prepararPreguntar } from "./tablero/ask.js";
import { Seleccion } from "./tablero/seleccion.js";
import { prepararSonidos } from "./tablero/sonidos.js";
import { prepararSugerencias } from "./tablero/sugerencias.js";
import { prepararTeclado } from "./tablero/keyboard.js";
import { usarAjustes } from "./tablero/vigente.js";

const datos = leerDatos("datos");
const raiz = document.querySelector("[data-tablero]");
const barra = document.querySelector("[data-herramientas]");
const adelanto = datos.ahora - Date.now();
const reloj = () => Date.now() + adelanto;
usarAjustes(datos.configuracion);
const almacen = new Almacen(datos.tablero, datos.conflictos);
const filtro = leerFiltro();
const elegidas = new Set();
let enLaMano = null;
let alMapa = null;

const sonar = prepararSonidos(
  document.querySelector("[data-sonido]"),
  document.querySelector("[data-avisos]"),
);
const nuevos = new Nuevos((id) => columnas.pintarTickets([id]));
const preferencias = new Preferencias(datos.preferencias, () => columnas.pintarRepartidor());
const mirando = new Mirando({
  yo: datos.yo.id,
  decir: (dato) => socket.volatile.emit("mirando", dato),
  alCambiar: alMirar,
});
const arrastre = prepararArrastre({
  tira: raiz.querySelector("[data-tira-caja]"),
  almacen,
  conQuienes: (id) => seleccion.conEste(id),
  seDeja: () => !linea.cortada,
  alSoltar: mover,
  alArrastrar,
  alPasar: (columna) => columnas.detener(columna),
});
const columnas = new Columnas(raiz, almacen, {
  reloj,
  filtro,
  preferencias,
  elegidas,
  nuevos,
  miran: (id) => mirando.texto(id),
  alCrearTarjeta: arrastre.tarjeta,
  alCrearColumna: arrastre.columna,
  alEstructurar: prepararElector(raiz, document.querySelector("[data-elector]")),
  alDibujar(cuales) {
    filtros.pintar();
    alMapa?.(cuales);
    if (cuales.includes(SIN_ASIGNAR)) sugerencias.pintar();
    if (elegidas.size) seleccion.revisar();
  },
});
const filtros = prepararFiltros({
  barra,
  filtro,
  almacen,
  nuevos,
  reloj,
  alCambiar: () => columnas.pintarTodo(),
});
const linea = new Linea({
  banda: document.querySelector("[data-banda]"),
  chip: document.querySelector("[data-linea]"),
  raiz,
  alFaltar,
});
const preguntar = prepararPreguntar(document.getElementById("dialogo-preguntar"));
let preguntarActo = null;
const actuar = conAparte(({ prepararActuar }, ticket, accion) => {
  preguntarActo ??= prepararActuar({
    dialogo: document.getElementById("dialogo-actuar"),
    motivos: datos.motivos,
    alCambiar: poner,
  });
  preguntarActo(ticket, accion);
});
const elegirDestino = prepararDialogo({
  dialogo: document.getElementById("dialogo-mover"),
  almacen,
  reloj,
  alElegir: mover,
  alAbrir: () => columnas.aquietar(true),
  alCerrar: (ids) => {
    columnas.aquietar(false);
    if (panel.id === null) columnas.foco.enfocar(ids[0]);
  },
});
const panel = new Panel({
  elemento: document.getElementById("panel-ticket"),
  almacen,
  tabla: datos.acciones,
  reloj,
  yo: datos.yo.id,
  hacer: {
    mover: elegirDestino,
    mudar: mover,
    deshacer: (clave) => mudanzas.deshacer(clave),
    actuar,
    poner,
    pintar: (tocadas) => columnas.pintar(tocadas),
    enfocar: (id) => columnas.foco.enfocar(id),
    miran: (id) => mirando.texto(id),
  },
});
const decir = prepararDecir({
  almacen,
  reloj,
  yo: datos.yo.id,
  hacer: {
    mover,
    deshacer: (clave) => mudanzas.deshacer(clave),
    ver: (id) => panel.abrir(id),
    resaltar: (id) => columnas.resaltar(id),
  },
});
const mudanzas = new Mudanzas({
  almacen,
  mandar: pedir,
  pintar: (_ids, tocadas) => columnas.pintar(tocadas),
  contar: decir,
});
const puerta = prepararMover({ almacen, mudanzas, linea, preguntar, reloj });
const seleccion = new Seleccion({
  raiz,
  barra: document.querySelector("[data-seleccion]"),
  almacen,
  elegidas,
  pasa: (id) => almacen.coincide(id, filtro, reloj()),
  pintar: (ids) => columnas.pintarTickets(ids),
  mover: elegirDestino,
  poner,
  enfocar: (id) => columnas.foco.enfocar(id),
});
const conflictos = prepararConflictos({ almacen, sonar });
const noticias = prepararNoticias({
  yo: datos.yo.id,
  almacen,
  nuevos,
  reloj,
  sonar,
  resaltar: (id) => columnas.resaltar(id),
});

const sugerencias = prepararSugerencias({
  columna: raiz.querySelector("[data-columna=sin]"),
  mandar: pedir,
  mover,
});
prepararTeclado(raiz, {
  aceptar: sugerencias.aceptar,
  mover: (id) => elegirDestino(seleccion.porTecla(id)),
  barra: () => seleccion.irALaBarra(),
  elegir: (id) => seleccion.alternar(id),
  deshacer,
  soltar,
});
const hacerDelMenu = {
  abrir: (id) => panel.abrir(id),
  elegirDestino,
  mover,
  seleccionar: (ids) => seleccion.elegir(ids),
  con: (id) => seleccion.con(id),
  pasan: (columna) => almacen.orden(columna).filter(seleccion.pasa),
  ordenar: conAparte(({ ordenar }, id, criterio) => ordenar({ id, criterio, almacen, mover })),
  fijar: (id) => preferencias.fijar(id),
  fijada: (id) => preferencias.fijadas.includes(id),
  terminar: conAparte(({ terminarTurno }, uno, lleva) => terminarTurno(uno, lleva, preguntar)),
  enfocar: (id) => columnas.foco.enfocar(id),
  aquietar: (si) => columnas.aquietar(si),
};
let menus = null;
const abrirMenu = conAparte(({ prepararMenus }, boton) => {
  menus ??= prepararMenus({ almacen, hacer: hacerDelMenu });
  if (boton.isConnected) menus(boton);
});
raiz.addEventListener("click", alTocar);
raiz.addEventListener(
  "focusout",
  (event) => !raiz.contains(event.relatedTarget) && columnas.pintarRepartidor(),
);
document
  .querySelector("[data-accion=densidad]")
  .addEventListener("click", () => preferencias.alternarDensidad());
new MutationObserver(() => mirando.abre(panel.id)).observe(panel.elemento, {
  attributeFilter: ["hidden", "data-id"],
});
columnas.pintarTodo();
columnas.dibujar();
document.documentElement.dataset.listo = "si";
const presentes = document.querySelector("[data-presentes]");
const botonMapa = document.querySelector("[data-mapa]");
const prenderMapa = conAparte(abrirMapa);
botonMapa.addEventListener("click", prenderMapa);
if (localStorage.mapa === "si") prenderMapa();

const socket = escuchar({
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
  enLaMano: () => enLaMano,
});

/** Once: from then on its button is the map's own. */
function abrirMapa({ prepararMapa }) {
  if (alMapa) return;
  botonMapa.removeEventListener("click", prenderMapa);
  alMapa = prepararMapa({
    boton: botonMapa,
    raiz,
    almacen,
    columnas: () => columnas.columnas.keys(),
    pasa: (id) => almacen.coincide(id, filtro, reloj()),
    abrir: (id) => panel.abrir(id),
    elegir: (ids) => seleccion.elegir(ids),
  });
}

function poner(ticket) {
  columnas.pintar(almacen.poner(ticket));
  panel.cambio({ ticket_id: ticket.id, ticket });
}

/** Every move comes through here, whoever asks for it. */
function mover(mudanza) {
  return puerta(
    mudanza,
    () => mudanza.ids.every((id) => elegidas.has(id)) && seleccion.soltar(mudanza.ids),
  );
}

/** Without a line nobody is claimed to be online. */
function alFaltar(falta) {
  if (presencias.viejas === falta) return;
  presencias.viejas = falta;
  columnas.pintarRepartidor();
}

function alMirar(ids) {
  const { nombres } = mirando;
  if (presentes.dataset.son !== String(nombres)) {
    presentes.dataset.son = nombres;
    presentes.replaceChildren(...nombres.map(presente));
  }
  columnas.pintarTickets(ids);
  if (ids.includes(panel.id)) panel.pintar();
}

function alArrastrar(ids) {
  enLaMano = ids;
  columnas.aquietar(ids !== null);
  if (ids === null) columnas.detener(null);
  mirando.toma(ids?.[0] ?? null);
}

function alTocar(event) {
  const puntos = event.target.closest("[data-accion=menu], [data-accion=menu-columna]");
  if (puntos) abrirMenu(puntos);
  const tarjeta = event.target.closest(".tarjeta");
  if (tarjeta && seleccion.toca(event, tarjeta)) return;
  const enlace =
    event.target.closest("a[href^='/tickets/']") ??
    (event.target.closest("button, input") ? null : tarjeta?.querySelector("[data-campo=numero]"));
  if (!enlace || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  panel.abrir(Number(enlace.getAttribute("href").split("/").at(-1)), enlace);
}

function deshacer() {
  if (!mudanzas.hechas.length && !mudanzas.enVuelo.size)
    return avisar("No hay ninguna mudanza tuya para deshacer.");
  return mudanzas.deshacer();
}

/** Esc: lets go of the selection; false when there is none. */
function soltar() {
  const habia = elegidas.size > 0;
  if (habia) seleccion.soltar();
  return habia;
}
