// The board's own stopwatch (/tablero?medir=1): a script before the board's, which knows nothing of it. It listens at the
// socket and to what the browser tells of its tasks, and says the numbers in a small panel.
import { fields, setText } from "./page/template.js";
import { ms, Ritmo, Serie } from "./tablero/medidas.js";

const CADA_MS = 1_000;
const NOVEDAD = '42["novedad",';
const parte = fields(document.getElementById("medir"));
// Between two machines no clock is good to the millisecond; on one it is the same clock.
const mismoReloj = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
let usable = null;
let cuenta = null;

const Propio = WebSocket;
globalThis.WebSocket = class extends Propio {
  constructor(url, protocolos) {
    super(url, protocolos);
    // Before the board's own listener: its time counts too.
    this.addEventListener("message", hear);
  }
};

begin();
new MutationObserver((_, vigia) => {
  if (document.documentElement.dataset.vivo !== "si") return;
  vigia.disconnect();
  // Idle, and nothing more was drawn in the last frame. A tab that nobody sees has no frames and says nothing.
  const dibujadas = document.getElementsByClassName("tarjeta");
  const onStop = globalThis.requestIdleCallback ?? setTimeout;
  const watchForStop = () => {
    const habia = dibujadas.length;
    requestAnimationFrame(() =>
      onStop(() => (dibujadas.length === habia ? endLoading() : watchForStop())),
    );
  };
  watchForStop();
}).observe(document.documentElement, { attributeFilter: ["data-vivo"] });
watch("longtask", ({ startTime, duration }) => {
  if (usable === null || startTime < usable) cuenta.cargando = Math.max(cuenta.cargando, duration);
  else if (startTime >= cuenta.desde) {
    cuenta.largas += 1;
    cuenta.masLarga = Math.max(cuenta.masLarga, duration);
  }
});
watch(
  "event",
  ({ interactionId, startTime, duration }) => {
    if (interactionId && startTime >= cuenta.desde)
      cuenta.toques.set(interactionId, Math.max(duration, cuenta.toques.get(interactionId) ?? 0));
  },
  { durationThreshold: 16 },
);
watch("resource", ({ name, startTime, duration }) => {
  if (name.endsWith("/api/mudanzas") && startTime >= cuenta.desde) cuenta.mudanzas.sum(duration);
});
parte.otraVez.addEventListener("click", () => {
  begin();
  say();
});
parte.copiar.hidden = !navigator.clipboard;
parte.copiar.addEventListener("click", async () => {
  const filas = [...parte.lista.children].map(
    (fila) => `${fila.firstElementChild.textContent}: ${fila.lastElementChild.textContent}`,
  );
  const donde = [
    new Date().toISOString(),
    `${innerWidth}×${innerHeight}`,
    `${navigator.hardwareConcurrency} núcleos`,
    navigator.userAgent,
  ].join(" · ");
  await navigator.clipboard.writeText(
    ["Tablero, medido en el navegador", donde, ...filas].join("\n"),
  );
  setText(parte.dicho, "Copiado.");
});
setInterval(() => document.hidden || say(), CADA_MS);

function endLoading() {
  usable = performance.now();
  begin();
  say();
}

/** From zero; what loading cost is kept. */
function begin() {
  const desde = performance.now();
  cuenta = {
    desde,
    ritmo: new Ritmo(desde),
    pintado: new Serie(),
    servidor: new Serie(),
    mudanzas: new Serie(),
    toques: new Map(),
    largas: 0,
    masLarga: 0,
    cargando: cuenta?.cargando ?? 0,
  };
  setText(parte.dicho, "");
}

function hear({ data }) {
  if (typeof data !== "string" || !data.startsWith(NOVEDAD)) return;
  const desde = performance.now();
  const { ritmo, pintado, servidor } = cuenta;
  ritmo.sum(desde);
  // Behind another tab nothing is painted.
  if (document.hidden) return;
  const en = mismoReloj ? Date.parse(/"en":"([^"]+)"/.exec(data)?.[1]) : NaN;
  requestAnimationFrame(() => {
    // The frame's own work is over when a message comes through.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      pintado.sum(performance.now() - desde);
      if (en) servidor.sum(Date.now() - en);
    };
    port2.postMessage(0);
  });
}

/** What this browser does not tell of stays without a number. */
function watch(type, perform, mas) {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
  new PerformanceObserver((lista) => lista.getEntries().forEach(perform)).observe({
    type,
    buffered: true,
    ...mas,
  });
}

function say() {
  const { ritmo, pintado, servidor, mudanzas, toques, largas, masLarga, cargando } = cuenta;
  const sabe = (type) => PerformanceObserver.supportedEntryTypes.includes(type);
  const memoria = performance.memory?.usedJSHeapSize;
  setText(parte.usable, usable === null ? "—" : ms(usable));
  setText(parte.eventos, ritmo.texto(performance.now()));
  setText(parte.pintado, pintado.texto);
  setText(parte.servidor, mismoReloj ? servidor.texto : "— (los relojes son de dos máquinas)");
  setText(
    parte.larga,
    !sabe("longtask")
      ? "— (este navegador no lo dice)"
      : `${masLarga ? ms(masLarga) : "ninguna de 50 ms"} · al cargar ${cargando ? ms(cargando) : "tampoco"}`,
  );
  setText(parte.largas, sabe("longtask") ? String(largas) : "—");
  const peor = Math.max(0, ...toques.values());
  const lentos = peor ? `la peor ${ms(peor)} · ${toques.size} de 16 ms o más` : "ninguna de 16 ms";
  setText(parte.toques, sabe("event") ? lentos : "— (este navegador no lo dice)");
  setText(parte.mudanzas, mudanzas.texto);
  setText(parte.tarjetas, String(document.getElementsByClassName("tarjeta").length));
  setText(
    parte.memoria,
    memoria
      ? `${(memoria / 2 ** 20).toLocaleString("es-AR", { maximumFractionDigits: 1 })} MiB`
      : "— (este navegador no lo dice)",
  );
}
