// The map begins: its parts, what the board tells it, and when it is drawn.
import { fields, setText } from "../page/template.js";
import { Faltan } from "./faltan.js";
import { Moviles } from "./moviles.js";
import { Pines } from "./pines.js";
import { createPlano } from "./plano.js";
import { Puntos } from "./puntos.js";
import { Recorrido } from "./recorrido.js";

/** Drawing pins stops here within a frame and goes on in the next: the board shares this thread. */
const CUADRO_MS = 6;
/** Positions grow old and tickets late by themselves. */
const ENVEJECE_MS = 20_000;

/** @param {Record<string, any>} datos what the page carries (ticketera/routes/pages/mapa.py) */
export function start(datos) {
  const adelanto = datos.ahora - Date.now();
  const reloj = () => Date.now() + adelanto;
  const parte = fields(document.body);
  const puntos = new Puntos();
  const plano = createPlano(parte.mapa, { teselas: datos.teselas, onFail, onChoose });
  const pines = new Pines(parte.mapa, { plano, puntos, reloj, send });
  const recorrido = new Recorrido(parte.recorrido, parte.nadie, { plano, puntos, pines, reloj });
  const moviles = new Moviles({ plano, puntos, reloj, onTap: (id) => recorrido.toggle(id) });
  const faltan = new Faltan(parte, puntos, (id) => send({ que: "ver", id }));
  const tocados = new Set();
  let gente = false;
  let pidiendo = false;
  let encuadrado = false;

  const OIR = {
    columna(mensaje) {
      for (const id of puntos.receive(mensaje)) tocados.add(id);
      gente = true;
      requestCuadro();
    },
    senalar: ({ id }) => pines.pointAt(id),
  };
  addEventListener("message", (event) => {
    if (event.origin === location.origin && event.source === parent && event.source !== window)
      OIR[event.data?.que]?.(event.data);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") send({ que: "cerrar" });
  });
  parte.todo.addEventListener("click", () => plano.frame(puntos.lugares(reloj())));
  setInterval(() => {
    for (const id of puntos.tickets.keys()) tocados.add(id);
    gente = true;
    requestCuadro();
  }, ENVEJECE_MS);
  parte.fuera.hidden = parent !== window;
  send({ que: "listo" });

  function send(mensaje) {
    if (parent !== window) parent.postMessage(mensaje, location.origin);
  }

  function onFail(fallan) {
    setText(
      parte.aviso,
      fallan ? "No responde el servidor de imágenes del mapa. Los puntos siguen en su lugar." : "",
    );
  }

  function onChoose(dentro) {
    const ids = pines.dentro(dentro);
    send({ que: "elegir", ids });
    setText(
      parte.dicho,
      ids.length ? `Elegiste ${ids.length} en el mapa.` : "No hay tickets en ese rectángulo.",
    );
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
      pines.draw(id);
      if (performance.now() > hasta) return requestCuadro();
    }
    pines.stack();
    if (gente) {
      moviles.draw();
      recorrido.draw();
    }
    gente = false;
    recorrido.trace();
    faltan.draw();
    setText(
      parte.nada,
      pines.cuantos || moviles.cuantos ? "" : "Ningún ticket abierto tiene ubicación todavía.",
    );
    if (!plano.movido) frameIfMissing();
  }

  /** Until a person moves the map it shows everything there is. */
  function frameIfMissing() {
    const lugares = puntos.lugares(reloj());
    if (lugares.length && !(encuadrado && plano.seVen(lugares))) plano.frame(lugares);
    encuadrado = lugares.length > 0;
  }
}
