// The map's page, a frame of the board's. The board says what there is; it hears what is pointed at, pressed and chosen.
import { createPlano } from "./mapa/plano.js";
import { edad, Puntos, rotulo, textoSinLugar, tieneLugar } from "./mapa/puntos.js";
import { setAttribute, fields, clone, arrange, setText } from "./page/template.js";
import { readDatos } from "./stream/requests.js";
import { iniciales } from "./words/formats.js";

/** Drawing pins stops here within a frame and goes on in the next: the board shares this thread. */
const CUADRO_MS = 6;
/** A pin's height, with what is between it and the next one of the same place. */
const PISO_PX = 28;
const datos = readDatos("datos");
const adelanto = datos.ahora - Date.now();
const ahora = () => Date.now() + adelanto;
const puntos = new Puntos();
const pines = new Map();
const moviles = new Map();
const parte = fields(document.body);
const tocados = new Set();
let gente = false;
let pidiendo = false;
let encuadrado = false;
let senalado = null;
let espera = 0;

const plano = createPlano(parte.mapa, {
  teselas: datos.teselas,
  onFail: (fallan) =>
    setText(
      parte.aviso,
      fallan ? "No responde el servidor de imágenes del mapa. Los puntos siguen en su lugar." : "",
    ),
  onChoose(dentro) {
    const ids = [...pines]
      .filter(([id, pin]) => puntos.tickets.get(id).pasa && dentro(pin.lugar))
      .map(([id]) => id);
    send({ que: "elegir", ids });
    setText(
      parte.dicho,
      ids.length ? `Elegiste ${ids.length} en el mapa.` : "No hay tickets en ese rectángulo.",
    );
  },
});

const OIR = {
  columna(mensaje) {
    for (const id of puntos.receive(mensaje)) tocados.add(id);
    gente = true;
    requestCuadro();
  },
  senalar: ({ id }) => pointAt(id),
};

addEventListener("message", (event) => {
  if (event.origin === location.origin && event.source === parent && event.source !== window)
    OIR[event.data?.que]?.(event.data);
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") send({ que: "cerrar" });
});
parte.recorrido.addEventListener("change", trace);
parte.todo.addEventListener("click", () => plano.frame(puntos.lugares(ahora())));
parte.faltan.addEventListener("toggle", listFaltan);
parte.mapa.addEventListener("keydown", walk);
for (const evento of ["pointerover", "focusin"]) parte.mapa.addEventListener(evento, aim);
// Positions grow old and tickets late by themselves.
setInterval(() => {
  for (const id of puntos.tickets.keys()) tocados.add(id);
  gente = true;
  requestCuadro();
}, 20_000);
parte.fuera.hidden = parent !== window;
send({ que: "listo" });

function send(mensaje) {
  if (parent !== window) parent.postMessage(mensaje, location.origin);
}

function requestCuadro() {
  if (pidiendo) return;
  pidiendo = true;
  requestAnimationFrame(() => {
    pidiendo = false;
    draw();
  });
}

function draw() {
  const hasta = performance.now() + CUADRO_MS;
  for (const id of tocados) {
    tocados.delete(id);
    drawPin(id);
    if (performance.now() > hasta) return requestCuadro();
  }
  stack();
  if (gente) drawGente();
  gente = false;
  trace();
  const faltan = puntos.sinLugar().length;
  setText(parte.cuantosFaltan, textoSinLugar(faltan));
  parte.faltan.hidden = faltan === 0;
  if (parte.faltan.open) listFaltan();
  setText(
    parte.nada,
    pines.size || moviles.size ? "" : "Ningún ticket abierto tiene ubicación todavía.",
  );
  if (!plano.movido) frameIfMissing();
}

/** Until a person moves the map it shows everything there is. */
function frameIfMissing() {
  const lugares = puntos.lugares(ahora());
  if (lugares.length && !(encuadrado && plano.seVen(lugares))) plano.frame(lugares);
  encuadrado = lugares.length > 0;
}

function drawPin(id) {
  const ticket = puntos.tickets.get(id);
  let pin = pines.get(id);
  if (!ticket || !tieneLugar(ticket)) {
    pin?.marca.remove();
    pines.delete(id);
    return;
  }
  const lugar = [ticket.lat, ticket.lng];
  if (!pin) {
    const elemento = clone("pin");
    pin = { elemento, lugar, boton: elemento.firstElementChild, suyo: fields(elemento) };
    elemento.dataset.id = id;
    pin.marca = plano.pin(lugar, elemento, () => send({ que: "ver", id }));
    pines.set(id, pin);
    if (pines.size === 1) pin.boton.tabIndex = 0;
  } else if (lugar.join() !== pin.lugar.join()) {
    pin.marca.setLatLng(lugar);
    pin.lugar = lugar;
  }
  const { detalle, ...signos } = rotulo(ticket, ahora());
  for (const [nombre, valor] of Object.entries(signos)) setText(pin.suyo[nombre], valor);
  setAttribute(pin.elemento, "data-estado", ticket.estado);
  setAttribute(pin.elemento, "data-tarde", signos.tarde ? "si" : null);
  setAttribute(pin.elemento, "data-apagado", ticket.pasa ? null : "si");
  // What is read begins with what is seen, for whoever says it to a computer.
  const visto = Object.values(signos).filter(Boolean).join(" ");
  setAttribute(pin.boton, "aria-label", `${visto} · ${ticket.texto}. ${detalle}`);
}

/** Pins of one place stand one above the other, each to be read and pressed. */
function stack() {
  const pisos = new Map();
  for (const pin of pines.values()) {
    const lugar = pin.lugar.join();
    const piso = pisos.get(lugar) ?? 0;
    pisos.set(lugar, piso + 1);
    if (pin.piso === piso) continue;
    pin.piso = piso;
    pin.elemento.style.marginTop = `${-piso * PISO_PX}px`;
  }
}

function drawGente() {
  for (const [id, columna] of puntos.columnas) {
    const { quien } = columna;
    const rato = edad(quien?.ubicacion, ahora());
    let movil = moviles.get(id);
    if (!rato) {
      if (movil) removeMovil(movil);
      moviles.delete(id);
      continue;
    }
    const lugar = [quien.ubicacion.lat, quien.ubicacion.lng];
    if (!movil) {
      const elemento = clone("movil");
      movil = { elemento, suyo: fields(elemento) };
      movil.marca = plano.pin(lugar, elemento, () => chooseRecorrido(id));
      movil.cerca = plano.alrededor(lugar);
      moviles.set(id, movil);
    } else for (const una of [movil.marca, movil.cerca]) una.setLatLng(lugar);
    movil.cerca.setRadius(rato.radio);
    setText(movil.suyo.quien, iniciales(quien.nombre));
    setText(movil.suyo.edad, rato.texto);
    setAttribute(movil.elemento, "data-vieja", rato.vieja ? "si" : null);
    setAttribute(
      movil.elemento.firstElementChild,
      "aria-label",
      `${iniciales(quien.nombre)}: ${quien.nombre}, ${rato.texto}`,
    );
  }
  for (const [id, movil] of moviles) {
    if (puntos.columnas.has(id)) continue;
    removeMovil(movil);
    moviles.delete(id);
  }
  const opciones = [...puntos.columnas.values()]
    .filter((una) => una.quien)
    .sort((a, b) => a.quien.nombre.localeCompare(b.quien.nombre, "es"));
  arrange(parte.recorrido, [parte.nadie, ...opciones.map(opcion)]);
}

function removeMovil({ marca, cerca }) {
  marca.remove();
  cerca.remove();
}

function opcion({ id, quien }) {
  const una = parte.recorrido.querySelector(`[value="${id}"]`) ?? new Option("", id);
  setText(una, quien.nombre);
  return una;
}

function chooseRecorrido(id) {
  parte.recorrido.value = parte.recorrido.value === String(id) ? "" : String(id);
  trace();
}

function trace() {
  const id = Number(parte.recorrido.value);
  plano.trace(id ? puntos.recorrido(id, ahora()) : []);
  for (const [uno, pin] of pines)
    setAttribute(
      pin.elemento,
      "data-suyo",
      id && puntos.tickets.get(uno)?.columna === id ? "si" : null,
    );
}

function listFaltan() {
  if (!parte.faltan.open) return;
  const filas = puntos.sinLugar().map((ticket) => {
    const fila = parte.listaFaltan.querySelector(`[data-id="${ticket.id}"]`) ?? clone("falta");
    if (!fila.dataset.id)
      fila.firstElementChild.addEventListener("click", () => send({ que: "ver", id: ticket.id }));
    fila.dataset.id = ticket.id;
    setText(fila.firstElementChild, ticket.texto);
    return fila;
  });
  arrange(parte.listaFaltan, filas);
}

/** The pin under the mouse or the focus; told to the board a moment later, not for every pin on the way. */
function aim(event) {
  const id = Number(event.target.closest(".pin")?.dataset.id) || null;
  if (id === senalado) return;
  pointAt(id);
  clearTimeout(espera);
  espera = setTimeout(() => send({ que: "senalar", id }), 120);
}

function pointAt(id) {
  const antes = pines.get(senalado);
  if (antes) delete antes.elemento.dataset.senalado;
  const pin = pines.get(id);
  senalado = pin ? id : null;
  if (!pin) return plano.say(null, null);
  pin.elemento.dataset.senalado = "si";
  const globo = clone("globo");
  globo.textContent = pin.boton.getAttribute("aria-label");
  plano.say(pin.lugar, globo);
}

/** One pin is a Tab stop; the arrows go along the routes. */
function walk(event) {
  const paso = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const este = event.target.closest(".pin");
  if (!paso || !este) return;
  event.preventDefault();
  event.stopPropagation();
  const orden = [...puntos.columnas.values()]
    .flatMap((una) => una.tickets.map((uno) => uno.id))
    .filter((id) => pines.has(id));
  const id = orden.at((orden.indexOf(Number(este.dataset.id)) + paso) % orden.length);
  este.firstElementChild.tabIndex = -1;
  const pin = pines.get(id);
  pin.boton.tabIndex = 0;
  plano.approach(pin.lugar);
  pin.boton.focus({ preventScroll: true });
}
