// What the board's map knows of Leaflet stands here: a grid, tiles over it if there are any, a scale, pins and the way of a repartidor.
// Nothing here hands Leaflet a text: what is written stands in elements that we clone and fill.
import {
  Circle,
  Control,
  GridLayer,
  Icon,
  LatLngBounds,
  Map as Plano,
  Marker,
  Polyline,
  TileLayer,
  Tooltip,
} from "leaflet/dist/leaflet-src.esm.js";

const SIN_PUNTOS = { centro: [-34.61, -58.42], acercado: 12 }; // Buenos Aires
const CERCA = 16;

/** A pin is whatever element we made. */
const Propio = Icon.extend({
  createIcon() {
    return this.options.elemento;
  },
  createShadow() {
    return null;
  },
});

/** Leaflet gives each marker a 3D transform and a z-index of its own. A thousand of them take the browser 400 ms a frame
 *  to put in layers, so ours have neither: they lie as they came, and mapa.css puts the one pointed at on top. */
const Clavado = Marker.extend({
  _setPos({ x, y }) {
    this._icon.style.left = `${x}px`;
    this._icon.style.top = `${y}px`;
  },
  _updateZIndex() {},
});

const Cuadricula = GridLayer.extend({
  createTile() {
    const cuadro = document.createElement("div");
    cuadro.className = "cuadro";
    return cuadro;
  },
});

/**
 * Makes the map.
 *
 * @param {HTMLElement} elemento
 * @param {{teselas: string, onFail: (fallan: boolean) => void, onChoose: (dentro: (lugar: number[]) => boolean) => void}} parts
 */
export function createPlano(elemento, { teselas, onFail, onChoose }) {
  const plano = new Plano(elemento, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.5,
    maxZoom: 19,
  });
  plano.setView(SIN_PUNTOS.centro, SIN_PUNTOS.acercado);
  new Cuadricula({ maxZoom: 19 }).addTo(plano);
  new Control.Zoom({ zoomInTitle: "Acercar", zoomOutTitle: "Alejar" }).addTo(plano);
  new Control.Scale({ imperial: false, maxWidth: 140 }).addTo(plano);
  // What stands above may take a second line, which is no change of the window.
  new ResizeObserver(() => plano.invalidateSize({ animate: false })).observe(elemento);
  if (teselas) putTeselas(plano, teselas, onFail);

  // Shift + drag draws Leaflet's zoom box; here it chooses tickets, and the view stays.
  plano.fitBounds = () => plano;
  plano.on("boxzoomend", ({ boxZoomBounds }) => onChoose((lugar) => boxZoomBounds.contains(lugar)));

  const camino = new Polyline([], { className: "camino", interactive: false }).addTo(plano);
  const globo = new Tooltip({ direction: "top", offset: [0, -30], opacity: 1 });
  let movido = false;
  let encuadrando = false;
  plano.on("movestart", () => (movido ||= !encuadrando));

  return {
    /** Whether a person has chosen what to look at. */
    get movido() {
      return movido;
    },
    frame(lugares) {
      movido = false;
      if (!lugares.length) return;
      encuadrando = true;
      Plano.prototype.fitBounds.call(plano, new LatLngBounds(lugares), {
        padding: [48, 48],
        maxZoom: CERCA,
        animate: false,
      });
      encuadrando = false;
    },
    seVen: (lugares) => plano.getBounds().contains(new LatLngBounds(lugares)),
    approach: (lugar) => plano.panInside(lugar, { padding: [60, 60] }),
    pin: (lugar, pin, onTap) =>
      new Clavado(lugar, { icon: new Propio({ elemento: pin }), keyboard: false })
        .on("click", onTap)
        .addTo(plano),
    /** Where somebody is whose fix is no better; its radius in metres is 0 until it is set. */
    alrededor: (lugar) =>
      new Circle(lugar, { radius: 0, className: "alrededor", interactive: false }).addTo(plano),
    trace: (puntos) => camino.setLatLngs(puntos),
    /** Says what a pin is, beside it. */
    say(lugar, contenido) {
      if (contenido) globo.setContent(contenido).setLatLng(lugar).addTo(plano);
      else globo.remove();
    },
  };
}

/** The grid stays under the tiles, so that where one is missing there is no hole. */
function putTeselas(plano, teselas, onFail) {
  const capa = new TileLayer(teselas, { maxZoom: 19 });
  let seguidas = 0;
  capa.on("tileerror", ({ tile }) => {
    tile.hidden = true;
    seguidas += 1;
    if (seguidas === 3) onFail(true);
  });
  capa.on("tileload", () => {
    if (seguidas >= 3) onFail(false);
    seguidas = 0;
  });
  capa.addTo(plano);
}
