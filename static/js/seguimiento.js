// The customer's page of one delivery stays true: it asks for itself again and takes over what is new.
//
// The answer comes as a document (an XMLHttpRequest may parse one, without a string that becomes markup), so the page is
// drawn by the server alone. Most answers are a 304 without a body.
import { hora } from "./words/formats.js";

const CADA_MS = 15_000;
const ESCONDIDA_MS = 60_000;

const anuncio = document.querySelector("[data-anuncio]");
const pie = document.querySelector("[data-pie]");
let etag = "";
let reloj;
let visto = Date.now();

schedule();
document.addEventListener("visibilitychange", () => (document.hidden ? schedule() : watch()));
addEventListener("online", watch);
addEventListener("pageshow", (evento) => evento.persisted && watch());

function schedule() {
  clearTimeout(reloj);
  reloj = setTimeout(watch, document.hidden ? ESCONDIDA_MS : CADA_MS);
}

function watch() {
  clearTimeout(reloj);
  const pedido = new XMLHttpRequest();
  pedido.open("GET", location.pathname);
  pedido.responseType = "document";
  pedido.timeout = 10_000;
  if (etag) pedido.setRequestHeader("If-None-Match", etag);
  pedido.onloadend = () => {
    if (pedido.status === 404) return location.reload();
    if (pedido.status === 200 && pedido.response) take(pedido);
    const bien = pedido.status === 200 || pedido.status === 304;
    // The server's clock: that of the device may be anything.
    if (bien) visto = Date.parse(pedido.getResponseHeader("Date") ?? "") || Date.now();
    pie.hidden = bien;
    if (!bien) pie.querySelector("[data-desde]").textContent = hora(new Date(visto).toISOString());
    schedule();
  };
  pedido.send();
}

/** Takes over the newer drawing, says what changed, and leaves the focus where it was. */
function take(pedido) {
  etag = pedido.getResponseHeader("ETag") ?? "";
  const actual = document.querySelector("[data-seguimiento]");
  const nuevo = pedido.response.querySelector("[data-seguimiento]");
  if (!nuevo) return;
  const foco = document.activeElement?.id;
  const antes = titulo();
  actual.replaceWith(document.adoptNode(nuevo));
  if (foco) document.getElementById(foco)?.focus({ preventScroll: true });
  document.title = pedido.response.title;
  if (titulo() !== antes) anuncio.textContent = titulo();
}

function titulo() {
  return document.getElementById("titulo").textContent;
}
