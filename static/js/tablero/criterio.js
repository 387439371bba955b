// What the board shows of all it knows: counters that are filters too, and the search. Pure.
import { ABIERTOS } from "../words/acciones.js";
import { llano, otroDia } from "../words/formats.js";
import { cifras, formas } from "../words/telefono.js";

/** What the configuration says; the page fills it in. */
export const ajustes = { sinVerMs: 60_000, tope: 10 };

/** The header's counters are filters too. */
export const FILTROS = {
  sin: (ticket) => ticket.estado === "pendiente",
  sin_ver: (ticket, ahora) =>
    ticket.estado === "asignado" &&
    !ticket.visto_en &&
    Boolean(ticket.asignado_en) &&
    ticket.asignado_en < iso(ahora - ajustes.sinVerMs),
  demorado: (ticket, ahora) =>
    Boolean(ticket.franja_hasta) && ABIERTOS.has(ticket.estado) && ticket.franja_hasta < iso(ahora),
  en_camino: (ticket) => ticket.estado === "en_camino",
  fallido: (ticket) => ticket.estado === "fallido",
  entregado: (ticket) => ticket.estado === "entregado",
};

/** Whether it failed and waits for somebody: not tried again, and not put away. */
export const porResolver = (ticket) => ticket.estado === "fallido" && !ticket.resuelto_en;

const UN_DIA_MS = 86_400_000;

/** Whether a new board would not be given it any more: closed for a day, or a week where it waits for somebody. */
export function isForgotten(ticket, ahora) {
  return (
    !ABIERTOS.has(ticket.estado) &&
    ahora - Date.parse(ticket.cerrado_en) >= (porResolver(ticket) ? 7 : 1) * UN_DIA_MS
  );
}

const isos = new Map();

/** An instant in the server's form, which is compared as text: a thousand tickets are counted at each change. */
function iso(ms) {
  if (isos.size > 4) isos.clear();
  if (!isos.has(ms)) isos.set(ms, new Date(ms).toISOString());
  return isos.get(ms);
}

/** The names of a filter's parts, as they stand in the URL: a counter, words to look for, and what a ticket says. */
export const PARTES = ["ver", "q", "estado", "prioridad", "negocio", "repartidor", "franja"];

/** Whether anything is left out. */
export const filtra = (filtro) => PARTES.some((parte) => filtro[parte]);

/** What each part looks at. The `franja` of a ticket is the text that its card shows. */
const MIRA = {
  estado: (ticket) => ticket.estado,
  prioridad: (ticket) => ticket.prioridad,
  negocio: (ticket) => ticket.negocio,
  repartidor: (ticket) => (ticket.repartidor_id === null ? "sin" : String(ticket.repartidor_id)),
  franja,
};

/**
 * Whether a ticket passes.
 * @param {Json} ticket
 * @param {Record<string, string>} filtro by PARTES; what is empty leaves nothing out
 * @param {() => string} suTexto the ticket's text, made once
 */
export function pasa(ticket, filtro, ahora, suTexto) {
  if (filtro.ver && !FILTROS[filtro.ver]?.(ticket, ahora)) return false;
  for (const parte of Object.keys(MIRA))
    if (filtro[parte] && MIRA[parte](ticket, ahora) !== filtro[parte]) return false;
  if (!filtro.q) return true;
  const texto = suTexto();
  return (
    numeroEn(filtro.q).some((digitos) => texto.includes(digitos)) ||
    llano(filtro.q)
      .split(/\s+/)
      .every((palabra) => texto.includes(palabra))
  );
}

/** @type {[string, string[]]} */
let buscado = ["", []];

/** The ways to write the number that is looked for; a thousand tickets are asked about each. */
function numeroEn(q) {
  if (buscado[0] !== q) buscado = [q, formas(q.trim())];
  return buscado[1];
}

/**
 * Everything of a ticket that can be searched, in lower case without accents, phones by their digits too: what is said of
 * the customer, but the mail, which the board has of few.
 */
export function textoDe(ticket) {
  const { cliente_email: _, ...dicho } = ticket;
  const delCliente = Object.keys(dicho)
    .filter((campo) => campo.startsWith("cliente_") && typeof dicho[campo] === "string")
    .map((campo) => dicho[campo]);
  return llano(
    [ticket.numero, ...delCliente, cifras(ticket.cliente_telefono ?? "")].filter(Boolean).join(" "),
  );
}

const RELOJ = new Intl.DateTimeFormat("es-AR", {
  hour: "numeric",
  minute: "2-digit",
  hour12: false,
  timeZone: "America/Argentina/Buenos_Aires",
});

/** `18–20 h`, `mañana, 18:30–20 h`, `jue 3/12, desde las 18 h`; nothing where no time was agreed. As routes/pages/tarjeta.py. */
export function franja({ franja_desde, franja_hasta }, ahora) {
  if (!franja_desde) return "";
  return [otroDia(franja_desde, ahora), horas(franja_desde, franja_hasta, ahora)]
    .filter(Boolean)
    .join(", ");
}

function horas(desde, hasta, ahora) {
  if (!hasta) return `desde las ${enPunto(desde)} h`;
  const dura = Date.parse(hasta) - Date.parse(desde);
  if (dura > UN_DIA_MS)
    return `desde las ${enPunto(desde)} h hasta ${otroDia(hasta, ahora) || "hoy"}, ${enPunto(hasta)} h`;
  return enPunto(desde) === "0" && dura > UN_DIA_MS - 120_000
    ? "todo el día"
    : `${enPunto(desde)}–${enPunto(hasta)} h`;
}

function enPunto(instante) {
  const [hora, minutos] = RELOJ.format(new Date(instante)).split(":");
  return `${Number(hora) % 24}${minutos === "00" ? "" : `:${minutos}`}`;
}
