// One card: fills what templates/ticketera/_tarjeta.html draws, and patches only what changed.
// The server draws the first cards itself, without what a clock changes (routes/pages/tarjeta.py); a test holds the two together.
import { ESTADOS, PRIORIDADES } from "../words/contract.js";
import { calleYPiso } from "../words/direccion.js";
import { hace, hora, pagoDicho, pesosJustos, seCobra } from "../words/formats.js";
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { FILTROS, franja } from "./criterio.js";

const PARTES = new WeakMap();
const MUCHOS = 1_000_000_000;
const POR_VENCER_MS = 30 * 60_000;

/** A card for a ticket id: a new one, or the one that the server drew. */
export function newTarjeta(id, tarjeta = clone("tarjeta")) {
  tarjeta.dataset.id = id;
  PARTES.set(tarjeta, fields(tarjeta));
  return tarjeta;
}

/** What the card says of time is worked out anew this often. */
const ENVEJECE_MS = 10_000;

/**
 * Writes a ticket into its card. `sobre` is our own move that waits for its answer, `miran` who else is at it. A column is
 * drawn whole whenever one of its cards changes: a card that would say the same is left alone, but for its place in it.
 */
export function fillTarjeta(tarjeta, ticket, { sobre, ahora, posicion, total, elegida, miran }) {
  const parte = PARTES.get(tarjeta);
  if (parte.elegir.checked !== Boolean(elegida)) parte.elegir.checked = Boolean(elegida);
  const dice = [ticket, sobre, Boolean(elegida), miran, Math.floor(ahora / ENVEJECE_MS)];
  const igual = parte.dicho?.every((uno, i) => uno === dice[i]);
  if (igual && parte.lugar === posicion && parte.de === total) return;
  Object.assign(parte, { dicho: dice, lugar: posicion, de: total });
  const acuse = textoDeAcuse(ticket, ahora);
  const plazo = textoDePlazo(ticket, ahora);
  const cobrar = seCobra(ticket);
  setAttribute(
    parte.numero,
    "aria-label",
    nombreAccesible(ticket, acuse.texto, plazo.texto, posicion, total, ahora),
  );
  if (igual) return;
  setText(parte.numero, ticket.numero);
  setAttribute(parte.numero, "href", `/tickets/${ticket.id}`);
  setAttribute(parte.elegir, "aria-label", `Seleccionar ${ticket.numero}`);
  setAttribute(parte.menu, "aria-label", `Más de ${ticket.numero}`);
  chipDeEstado(parte.estado, ticket);
  setText(parte.prioridad, PRIORIDADES[ticket.prioridad]?.tarjeta ?? ticket.prioridad);
  setAttribute(parte.prioridad, "class", clases("chip", PRIORIDADES[ticket.prioridad]?.tono));
  setText(parte.preparado, preparado(ticket) ? `Preparado ${hora(ticket.preparado_en)}` : "");
  setText(parte.direccion, calleYPiso(ticket));
  setText(parte.barrio, ticket.cliente_barrio ? `· ${ticket.cliente_barrio}` : "");
  setText(parte.cliente, `${ticket.cliente_nombre} · ${bultos(ticket.productos)}`);
  setText(parte.franja, franja(ticket, ahora));
  setText(parte.plazo, plazo.texto);
  setAttribute(parte.plazo, "class", plazo.clase);
  setText(parte.cobro, cobrar ? `Cobrar ${pesosJustos(ticket.total)}` : pagoDicho(ticket));
  setAttribute(parte.cobro, "class", claseDeCobro(ticket));
  setText(parte.indicaciones, ticket.indicaciones ? `“${ticket.indicaciones}”` : "");
  setText(parte.acuse, acuse.texto);
  setAttribute(parte.acuse, "class", acuse.clase);
  setAttribute(parte.acuse, "title", demora(ticket));
  setAttribute(parte.avisarle, "aria-label", `Avisarle de ${ticket.numero}`);
  parte.avisarle.hidden = acuse.clase !== "acuse tarde";
  setText(parte.miran, miran ?? "");
  // Short: beside it the whole number has to be read.
  setText(parte.edad, hace(ticket.creado_en, ahora).replace("hace ", ""));
  setText(parte.guardando, sobre?.dudoso ? "Sin confirmar" : "");
  setAttribute(tarjeta, "aria-busy", sobre ? "true" : null);
  setAttribute(tarjeta, "data-dudoso", sobre?.dudoso ? "si" : null);
  setAttribute(tarjeta, "data-prioridad", ticket.prioridad);
  setAttribute(tarjeta, "data-estado", ticket.estado);
  setAttribute(tarjeta, "data-demorado", FILTROS.demorado(ticket, ahora) ? "si" : null);
  tarjeta.classList.toggle("elegida", Boolean(elegida));
}

/** Writes a ticket's state into a chip: words and colour. */
export function chipDeEstado(chip, ticket) {
  const llego = ticket.estado === "en_camino" && ticket.llego_en;
  setText(chip, llego ? "Llegó" : ESTADOS[ticket.estado].oficina);
  setAttribute(chip, "class", clases("chip", ESTADOS[ticket.estado].tono));
}

/** How far the ticket has got towards its repartidor's eyes, in words. */
function textoDeAcuse(ticket, ahora) {
  if (ticket.repartidor_id === null) return { texto: "", clase: "acuse" };
  if (ticket.visto_en) return { texto: `✓✓ Visto ${hora(ticket.visto_en)}`, clase: "acuse visto" };
  if (FILTROS.sin_ver(ticket, ahora))
    return { texto: ticket.recibido_en ? "✓ No lo vio" : "No le llegó", clase: "acuse tarde" };
  if (ticket.recibido_en) return { texto: "✓ Recibido", clase: "acuse" };
  return { texto: "Enviado", clase: "acuse" };
}

/** How long it took from the hand that gave it to the phone that has it, in words; null where it is not known. */
export function demora({ asignado_en, recibido_en }) {
  if (!asignado_en || !recibido_en) return null;
  return `Llegó al teléfono en ${Math.max(0, Date.parse(recibido_en) - Date.parse(asignado_en))} ms`;
}

/** What is left until its franja ends, once that is near: `faltan 12 min`, `demorado 8 min`. */
function textoDePlazo(ticket, ahora) {
  const queda = Date.parse(ticket.franja_hasta ?? "") - ahora;
  if (ticket.cerrado_en || !(queda < POR_VENCER_MS)) return { texto: "", clase: "plazo" };
  if (queda < 0) return { texto: `demorado ${rato(-queda)}`, clase: "plazo demorado" };
  return { texto: `faltan ${rato(queda)}`, clase: "plazo" };
}

function rato(ms) {
  const minutos = Math.max(1, Math.floor(ms / 60_000));
  return minutos < 60 ? `${minutos} min` : `${Math.floor(minutos / 60)} h`;
}

/** `5 productos`, counting quantities where they are given. What nobody carries, and what is weighed, counts as one. */
export function bultos(productos) {
  const suma = cuantosBultos(productos);
  return suma === 1 ? "1 producto" : `${suma} productos`;
}

export function cuantosBultos(productos) {
  return productos.reduce(
    (total, uno) =>
      total + ((Number.isInteger(uno?.cantidad) && uno.cantidad <= MUCHOS && uno.cantidad) || 1),
    0,
  );
}

/** Whether the shop has packed what still waits to be fetched. */
const preparado = ({ preparado_en, en_camino_en, cerrado_en }) =>
  Boolean(preparado_en && !en_camino_en && !cerrado_en);

function claseDeCobro(ticket) {
  if (ticket.pagado) return "tarjeta-cobro pagado";
  return clases("tarjeta-cobro", seCobra(ticket) ? "" : "espera-pago");
}

function clases(una, otra) {
  return otra ? `${una} ${otra}` : una;
}

/** What is read of a card: all that it says, and where it stands. */
export function nombreAccesible(ticket, acuse, plazo, posicion, total, ahora) {
  const partes = [
    `Ticket ${ticket.numero}`,
    calleYPiso(ticket),
    ESTADOS[ticket.estado].oficina.toLowerCase(),
  ];
  if (ticket.prioridad !== "normal") partes.push(`prioridad ${ticket.prioridad}`);
  if (ticket.franja_desde) partes.push(`franja ${franja(ticket, ahora)}`);
  if (plazo) partes.push(plazo);
  if (preparado(ticket)) partes.push("preparado");
  partes.push(
    seCobra(ticket) ? `cobrar ${pesosJustos(ticket.total)}` : pagoDicho(ticket).toLowerCase(),
  );
  if (ticket.repartidor_nombre) partes.push(`de ${ticket.repartidor_nombre}`);
  if (posicion) partes.push(`posición ${posicion} de ${total}`);
  if (acuse) partes.push(acuse.replace(/^✓+ /, "").toLowerCase());
  return partes.join(", ");
}
