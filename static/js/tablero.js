// The board's page: builds the parts and ties them together.
import { notify } from "./page/avisos.js";
import { readDatos, request } from "./stream/requests.js";
import { withAparte } from "./tablero/aparte.js";
import { Store, SIN_ASIGNAR } from "./tablero/store.js";
import { prepareArrastre } from "./tablero/drag.js";
import { presencias, presente } from "./tablero/columna.js";
import { Columnas } from "./tablero/columnas.js";
import { prepareConflictos } from "./tablero/conflictos.js";
import { prepareSay } from "./tablero/say.js";
import { prepareDialogo } from "./tablero/dialogo.js";
import { prepareElector } from "./tablero/elector.js";
import { listen } from "./tablero/listen.js";
import { readFiltro, prepareFiltros } from "./tablero/filtros.js";
import { Linea } from "./tablero/linea.js";
import { Mirando } from "./tablero/mirando.js";
import { prepareMover } from "./tablero/mover.js";
import { Mudanzas } from "./tablero/mudanzas.js";
import { prepareNoticias } from "./tablero/noticias.js";
import { Nuevos } from "./tablero/nuevos.js";
import { Panel } from "./tablero/panel.js";
import { Preferencias } from "./tablero/preferencias.js";
import { prepareAsk } from "./tablero/ask.js";
import { Seleccion } from "./tablero/seleccion.js";
import { prepareSonidos } from "./tablero/sonidos.js";
import { prepareSugerencias } from "./tablero/sugerencias.js";
import { prepareTeclado } from "./tablero/keyboard.js";
import { useAjustes } from "./tablero/vigente.js";

const datos = readDatos("datos");
const raiz = document.querySelector("[data-tablero]");
const barra = document.querySelector("[data-herramientas]");
const adelanto = datos.ahora - Date.now();
const reloj = () => Date.now() + adelanto;
useAjustes(datos.configuracion);
const store = new Store(datos.tablero, datos.conflictos);
const filtro = readFiltro();
const elegidas = new Set();
let enLaMano = null;
let toMapa = null;

const ring = prepareSonidos(
  document.querySelector("[data-sonido]"),
  document.querySelector("[data-avisos]"),
);
const nuevos = new Nuevos((id) => columnas.redrawTickets([id]));
const preferencias = new Preferencias(datos.preferencias, () => columnas.redrawRepartidor());
const mirando = new Mirando({
  yo: datos.yo.id,
  say: (dato) => socket.volatile.emit("mirando", dato),
  onChange: onWatch,
});
const arrastre = prepareArrastre({
  tira: raiz.querySelector("[data-tira-caja]"),
  store,
  conQuienes: (id) => seleccion.conEste(id),
  seDeja: () => !linea.cortada,
  onRelease: mover,
  onDragging,
  onPass: (columna) => columnas.stop(columna),
});
const columnas = new Columnas(raiz, store, {
  reloj,
  filtro,
  preferencias,
  elegidas,
  nuevos,
  miran: (id) => mirando.texto(id),
  onTarjeta: arrastre.tarjeta,
  onColumna: arrastre.columna,
  onLayout: prepareElector(raiz, document.querySelector("[data-elector]")),
  onDraw(cuales) {
    filtros.draw();
    toMapa?.(cuales);
    if (cuales.includes(SIN_ASIGNAR)) sugerencias.draw();
    if (elegidas.size) seleccion.review();
  },
});
const filtros = prepareFiltros({
  barra,
  filtro,
  store,
  nuevos,
  reloj,
  onChange: () => columnas.redrawAll(),
});
const linea = new Linea({
  banda: document.querySelector("[data-banda]"),
  chip: document.querySelector("[data-linea]"),
  raiz,
  onMissing,
});
const ask = prepareAsk(document.getElementById("dialogo-preguntar"));
let askActo = null;
const act = withAparte(({ prepareAct }, ticket, accion) => {
  askActo ??= prepareAct({
    dialogo: document.getElementById("dialogo-actuar"),
    motivos: datos.motivos,
    onChange: put,
  });
  askActo(ticket, accion);
});
const chooseDestino = prepareDialogo({
  dialogo: document.getElementById("dialogo-mover"),
  store,
  reloj,
  onChoose: mover,
  onOpen: () => columnas.quiet(true),
  onClose: (ids) => {
    columnas.quiet(false);
    if (panel.id === null) columnas.foco.focus(ids[0]);
  },
});
const panel = new Panel({
  elemento: document.getElementById("panel-ticket"),
  store,
  tabla: datos.acciones,
  reloj,
  yo: datos.yo.id,
  perform: {
    mover: chooseDestino,
    mudar: mover,
    undo: (clave) => mudanzas.undo(clave),
    act,
    put,
    draw: (tocadas) => columnas.redraw(tocadas),
    focus: (id) => columnas.foco.focus(id),
    miran: (id) => mirando.texto(id),
  },
});
const say = prepareSay({
  store,
  reloj,
  yo: datos.yo.id,
  perform: {
    mover,
    undo: (clave) => mudanzas.undo(clave),
    see: (id) => panel.open(id),
    highlight: (id) => columnas.highlight(id),
  },
});
const mudanzas = new Mudanzas({
  store,
  send: request,
  draw: (_ids, tocadas) => columnas.redraw(tocadas),
  count: say,
});
const puerta = prepareMover({ store, mudanzas, linea, ask, reloj });
const seleccion = new Seleccion({
  raiz,
  barra: document.querySelector("[data-seleccion]"),
  store,
  elegidas,
  pasa: (id) => store.matches(id, filtro, reloj()),
  draw: (ids) => columnas.redrawTickets(ids),
  mover: chooseDestino,
  put,
  focus: (id) => columnas.foco.focus(id),
});
const conflictos = prepareConflictos({ store, ring });
const noticias = prepareNoticias({
  yo: datos.yo.id,
  store,
  nuevos,
  reloj,
  ring,
  highlight: (id) => columnas.highlight(id),
});

const sugerencias = prepareSugerencias({
  columna: raiz.querySelector("[data-columna=sin]"),
  send: request,
  mover,
});
prepareTeclado(raiz, {
  aceptar: sugerencias.aceptar,
  mover: (id) => chooseDestino(seleccion.porTecla(id)),
  barra: () => seleccion.goToBarra(),
  choose: (id) => seleccion.toggle(id),
  undo,
  release,
});
const performFromMenu = {
  open: (id) => panel.open(id),
  chooseDestino,
  mover,
  select: (ids) => seleccion.choose(ids),
  con: (id) => seleccion.con(id),
  pasan: (columna) => store.orden(columna).filter(seleccion.pasa),
  ordenar: withAparte(({ ordenar }, id, criterio) => ordenar({ id, criterio, store, mover })),
  pin: (id) => preferencias.pin(id),
  fijada: (id) => preferencias.fijadas.includes(id),
  end: withAparte(({ endTurno }, uno, lleva) => endTurno(uno, lleva, ask)),
  focus: (id) => columnas.foco.focus(id),
  quiet: (si) => columnas.quiet(si),
};
let menus = null;
const openMenu = withAparte(({ prepareMenus }, boton) => {
  menus ??= prepareMenus({ store, perform: performFromMenu });
  if (boton.isConnected) menus(boton);
});
raiz.addEventListener("click", onTap);
raiz.addEventListener(
  "focusout",
  (event) => !raiz.contains(event.relatedTarget) && columnas.redrawRepartidor(),
);
document
  .querySelector("[data-accion=densidad]")
  .addEventListener("click", () => preferencias.toggleDensidad());
new MutationObserver(() => mirando.abre(panel.id)).observe(panel.elemento, {
  attributeFilter: ["hidden", "data-id"],
});
columnas.redrawAll();
columnas.draw();
document.documentElement.dataset.listo = "si";
const presentes = document.querySelector("[data-presentes]");
const botonMapa = document.querySelector("[data-mapa]");
const switchOnMapa = withAparte(openMapa);
botonMapa.addEventListener("click", switchOnMapa);
if (localStorage.mapa === "si") switchOnMapa();

const socket = listen({
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
  enLaMano: () => enLaMano,
});

/** Once: from then on its button is the map's own. */
function openMapa({ prepareMapa }) {
  if (toMapa) return;
  botonMapa.removeEventListener("click", switchOnMapa);
  toMapa = prepareMapa({
    boton: botonMapa,
    raiz,
    store,
    columnas: () => columnas.columnas.keys(),
    pasa: (id) => store.matches(id, filtro, reloj()),
    open: (id) => panel.open(id),
    choose: (ids) => seleccion.choose(ids),
  });
}

function put(ticket) {
  columnas.redraw(store.put(ticket));
  panel.cambio({ ticket_id: ticket.id, ticket });
}

/** Every move comes through here, whoever asks for it. */
function mover(mudanza) {
  return puerta(
    mudanza,
    () => mudanza.ids.every((id) => elegidas.has(id)) && seleccion.release(mudanza.ids),
  );
}

/** Without a line nobody is claimed to be online. */
function onMissing(falta) {
  if (presencias.viejas === falta) return;
  presencias.viejas = falta;
  columnas.redrawRepartidor();
}

function onWatch(ids) {
  const { nombres } = mirando;
  if (presentes.dataset.son !== String(nombres)) {
    presentes.dataset.son = nombres;
    presentes.replaceChildren(...nombres.map(presente));
  }
  columnas.redrawTickets(ids);
  if (ids.includes(panel.id)) panel.draw();
}

function onDragging(ids) {
  enLaMano = ids;
  columnas.quiet(ids !== null);
  if (ids === null) columnas.stop(null);
  mirando.toma(ids?.[0] ?? null);
}

function onTap(event) {
  const puntos = event.target.closest("[data-accion=menu], [data-accion=menu-columna]");
  if (puntos) openMenu(puntos);
  const tarjeta = event.target.closest(".tarjeta");
  if (tarjeta && seleccion.toca(event, tarjeta)) return;
  const enlace =
    event.target.closest("a[href^='/tickets/']") ??
    (event.target.closest("button, input") ? null : tarjeta?.querySelector("[data-campo=numero]"));
  if (!enlace || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  panel.open(Number(enlace.getAttribute("href").split("/").at(-1)), enlace);
}

function undo() {
  if (!mudanzas.hechas.length && !mudanzas.enVuelo.size)
    return notify("No hay ninguna mudanza tuya para deshacer.");
  return mudanzas.undo();
}

/** Esc: lets go of the selection; false when there is none. */
function release() {
  const habia = elegidas.size > 0;
  if (habia) seleccion.release();
  return habia;
}
