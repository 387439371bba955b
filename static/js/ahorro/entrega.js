// The delivery on a pedido's page, and the states in the list of pedidos, as Ticketera tells them: no reload.
import { hora, readFecha } from "./partes/tiempos.js";
import { ESTADOS } from "../words/contract.js";

const caja = document.querySelector("[data-entrega]");
const lista = document.querySelector("[data-pedidos]");

const REINTENTO_MS = 8000;
let fuente;

if (caja?.dataset.cerrado === "0" || lista) {
  listen();
  addEventListener("pagehide", () => fuente.close());
  // A page that comes back from the browser's memory shows what was true then.
  addEventListener("pageshow", (evento) => evento.persisted && location.reload());
  addEventListener("pageshow", (evento) => evento.persisted && listen());
}

/** Opens the stream. The browser takes it up again by itself, except after an answer that was an error. */
function listen() {
  const esta = (fuente = new EventSource("/api/pedidos/vivo"));
  esta.addEventListener("entrega", (evento) => {
    const entrega = JSON.parse(evento.data);
    if (caja?.dataset.entrega === entrega.numero) {
      show(entrega);
      revise(entrega.revision);
    }
    if (lista) showInLista(entrega);
  });
  esta.addEventListener("error", () => {
    if (esta.readyState !== EventSource.CLOSED) return;
    setTimeout(() => esta === fuente && listen(), REINTENTO_MS * (0.5 + Math.random()));
  });
}

/** Takes what the shop changed of the lines, the total or the payment from the page as it is now. */
async function revise(revision) {
  const dicha = document.querySelector("[data-revision]");
  if (!dicha || dicha.dataset.revision === String(revision)) return;
  dicha.dataset.revision = revision;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const nueva = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const parte of document.querySelectorAll("[data-revisado]")) {
    const ahora = nueva.querySelector(`[data-revisado="${parte.dataset.revisado}"]`);
    if (ahora) parte.replaceChildren(...ahora.childNodes);
  }
}

/** Draws the steps, and takes the sentence for this state from the page's templates. */
function show(entrega) {
  if (caja.dataset.estado === entrega.estado && caja.dataset.en === String(entrega.en)) return;
  const cambio = caja.dataset.estado !== entrega.estado;
  caja.dataset.estado = entrega.estado;
  caja.dataset.en = entrega.en;
  const frase = document
    .getElementById(`frase-${entrega.estado}`)
    .content.firstElementChild.cloneNode(true);
  fill(frase, entrega);
  caja.querySelector("[data-frase]").replaceChildren(frase);
  const ahora = ESTADOS[entrega.estado].paso;
  const pasos = caja.querySelectorAll("[data-paso]");
  pasos.forEach((paso, lugar) => {
    const ultimo = lugar === pasos.length - 1;
    const mal = ultimo && (entrega.estado === "fallido" || entrega.estado === "cancelado");
    const hecho = lugar < ahora || entrega.estado === "entregado";
    paso.classList.toggle("paso--hecho", hecho && !mal);
    paso.classList.toggle("paso--mal", mal);
    paso.classList.toggle("paso--ahora", lugar === ahora && !hecho && !mal);
    // What was cancelled is not on its way, whatever an earlier attempt was.
    paso.hidden = lugar === ESTADOS.en_camino.paso && entrega.estado === "cancelado";
    if (lugar === ahora) paso.setAttribute("aria-current", "step");
    else paso.removeAttribute("aria-current");
    if (ultimo)
      paso.querySelector("b").textContent = mal
        ? caja.dataset[entrega.estado]
        : caja.dataset.entregado;
    if (lugar > 0 && lugar >= ahora)
      paso.querySelector("time").textContent = lugar === ahora ? hora(entrega.en) : "";
  });
  // Once it is on its way there is nothing to cancel.
  const cancelar = document.querySelector("[data-cancelable]");
  if (cancelar) cancelar.hidden = ahora >= ESTADOS.en_camino.paso;
  const codigo = document.querySelector("[data-codigo]");
  if (codigo) codigo.hidden = ahora >= ESTADOS.entregado.paso;
  if (cambio)
    document.querySelector("[data-entrega-anuncio]").textContent = frase.textContent
      .trim()
      .replace(/\s+/g, " ");
}

function fill(frase, entrega) {
  const nombre = (entrega.repartidor_nombre ?? "").split(" ")[0];
  const motivos = JSON.parse(caja.dataset.motivos);
  put(frase, "nombre", nombre);
  put(frase, "motivo", motivos[entrega.motivo]);
  put(frase, "fecha", readFecha(entrega.en));
  put(frase, "hora", hora(entrega.en));
}

/** Writes a value into its place, and hides what makes no sense without it. */
function put(frase, dato, valor) {
  for (const lugar of frase.querySelectorAll(`[data-dato="${dato}"]`))
    lugar.textContent = valor ?? "";
  for (const trozo of frase.querySelectorAll(`[data-si="${dato}"]`)) trozo.hidden = !valor;
}

function showInLista(entrega) {
  const chip = lista.querySelector(
    `[data-pedido="${CSS.escape(entrega.numero)}"] [data-estado-chip]`,
  );
  if (!chip) return;
  chip.className = `chip ${ESTADOS[entrega.estado].tono_cliente}`.trim();
  chip.textContent = JSON.parse(lista.dataset.nombres)[entrega.estado];
}
