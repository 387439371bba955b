// Zones drawn on a map: the text field stays the truth, the map only writes into it and shows what is there.
import {
  Control,
  DivIcon,
  LatLngBounds,
  Map as Plano,
  Marker,
  Polygon,
  TileLayer,
} from "leaflet/dist/leaflet-src.esm.js";

const BUENOS_AIRES = { centro: [-34.6, -58.45], acercado: 12 };
const PUNTO = /^\s*(-?\d{1,3}\.\d+|-?\d{1,3})[\s,;]+(-?\d{1,3}\.\d+|-?\d{1,3})\s*$/;

/** The points that a text has; lines that are none are the server's to refuse. */
function puntosDe(texto) {
  return texto
    .split("\n")
    .map((linea) => PUNTO.exec(linea))
    .filter(Boolean)
    .map(([, lat, lng]) => [Number(lat), Number(lng)]);
}

class Dibujo {
  constructor(caja) {
    this.campo = caja.closest("form").elements.namedItem(caja.dataset.dibujo);
    caja.hidden = false;
    this.plano = new Plano(caja.querySelector(".dibujo__mapa"), {
      attributionControl: false,
      zoomControl: false,
      maxZoom: 19,
    });
    new Control.Zoom({ zoomInTitle: "Acercar", zoomOutTitle: "Alejar" }).addTo(this.plano);
    if (caja.dataset.teselas)
      new TileLayer(caja.dataset.teselas, { maxZoom: 19 }).addTo(this.plano);
    this.area = new Polygon([], { className: "dibujo__area", interactive: false }).addTo(
      this.plano,
    );
    this.marcas = [];
    this.plano.setView(BUENOS_AIRES.centro, BUENOS_AIRES.acercado);
    this.plano.on("click", ({ latlng }) => this.write([...this.puntos, [latlng.lat, latlng.lng]]));
    this.campo.addEventListener("input", () => this.read());
    this.read();
    if (this.puntos.length)
      this.plano.fitBounds(new LatLngBounds(this.puntos), { padding: [30, 30], animate: false });
  }

  read() {
    this.puntos = puntosDe(this.campo.value);
    this.draw();
  }

  write(puntos) {
    this.campo.value = puntos
      .map((punto) => punto.map((grados) => Number(grados.toFixed(5))).join(", "))
      .join("\n");
    this.read();
  }

  draw() {
    this.area.setLatLngs(this.puntos);
    for (const marca of this.marcas) marca.remove();
    this.marcas = this.puntos.map((punto, n) =>
      new Marker(punto, {
        draggable: true,
        title: `Punto ${n + 1}`,
        icon: new DivIcon({ className: "dibujo__punto", iconSize: [20, 20] }),
      })
        .on("click", () => this.write(this.puntos.filter((_, m) => m !== n)))
        .on("dragend", ({ target }) => {
          const { lat, lng } = target.getLatLng();
          this.write(this.puntos.map((otro, m) => (m === n ? [lat, lng] : otro)));
        })
        .addTo(this.plano),
    );
  }
}

// A map needs its size: it is made when it is first seen.
for (const caja of document.querySelectorAll("[data-dibujo]")) {
  const detalle = caja.closest("details");
  const begin = () => detalle.open && caja.hidden && new Dibujo(caja);
  detalle.addEventListener("toggle", begin);
  begin();
}
