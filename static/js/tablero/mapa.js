// The map beside the board: switched on here and told what changed, drawn in a frame of its own (static/js/mapa.js).
import { clone, setText } from "../page/template.js";

/** What changed is told together, this often at most. */
const JUNTAR_MS = 400;

/**
 * Switches the map on. Its button then takes it away and brings it back.
 *
 * @param {object} parts
 * @param {HTMLElement} parts.boton
 * @param {HTMLElement} parts.raiz
 * @param {import("./store.js").Store} parts.store
 * @param {import("./columnas.js").Columnas} parts.columnas
 * @param {(id: number) => boolean} parts.pasa whether the filter shows a ticket
 * @param {import("./seleccion.js").Seleccion} parts.seleccion
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareMapa({ boton, raiz, store, columnas, pasa, seleccion, hub }) {
  const sucias = new Set();
  let marco = null;
  let listo = false;
  let pronto = 0;
  let senalado = null;
  const OIR = {
    listo() {
      listo = true;
      cambio(columnas.columnas.keys());
    },
    ver: ({ id }) => store.tickets.has(id) && hub.tell("open", id),
    elegir: ({ ids }) => seleccion.choose(ids.filter((id) => store.tickets.has(id))),
    senalar({ id }) {
      raiz.querySelector(".tarjeta.senalada")?.classList.remove("senalada");
      const tarjeta = raiz.querySelector(`.tarjeta[data-id="${Number(id)}"]`);
      tarjeta?.classList.add("senalada");
      tarjeta?.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    cerrar: () => toggle(false),
  };
  boton.addEventListener("click", () => toggle(!marco));
  addEventListener("message", (event) => {
    if (marco && event.source === marco.contentWindow && event.origin === location.origin)
      OIR[event.data?.que]?.(event.data);
  });
  for (const evento of ["pointerover", "focusin"]) {
    raiz.addEventListener(evento, (event) => {
      const id = Number(event.target.closest(".tarjeta")?.dataset.id) || null;
      if (id !== senalado) send({ que: "senalar", id });
      senalado = id;
    });
  }
  toggle(true);
  hub.on("drawn", cambio);

  function toggle(si) {
    localStorage.mapa = si ? "si" : "no";
    boton.setAttribute("aria-expanded", si);
    setText(boton.lastElementChild, `Mapa: ${si ? "sí" : "no"}`);
    marco?.parentElement.remove();
    marco = null;
    listo = false;
    if (!si) return void boton.focus();
    const caja = clone("mapa");
    marco = caja.querySelector("iframe");
    prepareBorde(caja, caja.lastElementChild);
    raiz.prepend(caja);
  }

  function prepareBorde(caja, borde) {
    put(Number(localStorage.mapaAncho) || 40);
    borde.addEventListener("pointerdown", (event) => borde.setPointerCapture(event.pointerId));
    borde.addEventListener("pointermove", (event) => {
      if (borde.hasPointerCapture(event.pointerId)) put((event.clientX / innerWidth) * 100);
    });
    caja.addEventListener("keydown", ({ key }) => {
      const paso = { ArrowLeft: -2, ArrowRight: 2 }[key];
      if (key === "Escape") toggle(false);
      else if (paso) put(Number(localStorage.mapaAncho) + paso);
    });

    function put(ancho) {
      localStorage.mapaAncho = Math.round(Math.min(70, Math.max(20, ancho)));
      borde.setAttribute("aria-valuenow", localStorage.mapaAncho);
      caja.style.setProperty("--mapa-ancho", `${localStorage.mapaAncho}%`);
    }
  }

  function send(mensaje) {
    if (listo) marco.contentWindow.postMessage(mensaje, location.origin);
  }

  function cambio(cuales) {
    if (!listo) return;
    for (const una of cuales) sucias.add(una);
    pronto ||= setTimeout(count, JUNTAR_MS);
  }

  /** Only places, labels and ids leave for the frame. */
  function count() {
    pronto = 0;
    for (const id of sucias) {
      const uno = store.repartidores.get(id);
      send({
        que: "columna",
        id,
        quien: uno ? { nombre: uno.nombre, ubicacion: uno.en_turno ? uno.ubicacion : null } : null,
        tickets: store.orden(id).map((ticket) => punto(store.tickets.get(ticket), pasa(ticket))),
      });
    }
    sucias.clear();
  }
}

function punto(
  {
    id,
    numero,
    cliente_direccion,
    cliente_nombre,
    cliente_lat,
    cliente_lng,
    estado,
    llego_en,
    prioridad,
    franja_hasta,
  },
  pasa,
) {
  return {
    id,
    lat: cliente_lat,
    lng: cliente_lng,
    texto: `${numero} · ${cliente_direccion} · ${cliente_nombre}`,
    estado,
    llego: Boolean(llego_en),
    prioridad,
    vence: franja_hasta ? Date.parse(franja_hasta) : null,
    pasa,
  };
}
