// Money and time as people here write them. The same forms as the filters in belgrano/http/pages.py.

import { PAGOS } from "./contract.js";

const ZONA = "America/Argentina/Buenos_Aires";
const HORA = new Intl.DateTimeFormat("es-AR", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: ZONA,
});
// es-AR would write 1/12: our pages write 01/12, as the British do.
const FECHA = new Intl.DateTimeFormat("en-GB", {
  day: "2-digit",
  month: "2-digit",
  timeZone: ZONA,
});

/** `12450` -> `$ 12.450,00`, with a space that does not break. */
export function pesos(total) {
  const centavos = Math.round(Number(total) * 100);
  const enteros = String(Math.floor(Math.abs(centavos) / 100)).replace(/\B(?=(\d{3})+$)/g, ".");
  return `$\u00a0${centavos < 0 ? "-" : ""}${enteros},${String(Math.abs(centavos) % 100).padStart(2, "0")}`;
}

/** `12450` -> `$ 12.450`: without centavos where there are none. */
export function pesosJustos(total) {
  return pesos(total).replace(/,00$/, "");
}

/** What a person typed as an amount ("12.450,50", "12450.5", "$ 12.450") in pesos, or null. */
export function readPesos(texto) {
  let limpio = texto.replace(/[$\s\u00a0]/g, "");
  if (/^\d{1,3}(\.\d{3})+(,\d{1,2})?$/.test(limpio)) limpio = limpio.replaceAll(".", "");
  limpio = limpio.replace(",", ".");
  return /^\d{1,9}(\.\d{1,2})?$/.test(limpio) ? Number(limpio) : null;
}

/** The shop's code of a way to pay in words; what another shop wrote stays as it is. */
export function formaDePago(metodo) {
  return PAGOS[metodo]?.frase ?? metodo ?? "";
}

/** Whether the repartidor is to be paid: not what the shop says is paid, nor what is paid to it beforehand. */
export function seCobra({ pagado, metodo_pago }) {
  return !pagado && !PAGOS[(metodo_pago ?? "").trim().toLowerCase()]?.antes;
}

/** What is said where nothing is collected: what is paid beforehand is not paid until somebody saw the money. */
export function pagoDicho({ pagado }) {
  return pagado ? "Pagado" : "Esperando el pago";
}

/** ISO instant -> `18:04` in Buenos Aires. */
export function hora(iso) {
  return iso ? HORA.format(new Date(iso)) : "";
}

// Asked of a thousand tickets at each change: one question to Intl for every minute that is asked about.
const DIA = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONA });
const dias = new Map();

/** The day of an instant (ms) in Buenos Aires: `2026-11-30`, whatever zone the device is in. */
export function diaDe(ms) {
  const minuto = Math.floor(ms / 60_000);
  if (dias.size > 5_000) dias.clear();
  if (!dias.has(minuto)) dias.set(minuto, DIA.format(new Date(minuto * 60_000)));
  return dias.get(minuto);
}

const DIAS = ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"];
const CERCA_DIAS = 180;

/**
 * The day of an ISO instant as people say it: nothing for today, `mañana`, `ayer`, `jue 3/12`, `jue 3/12/2027`.
 * As belgrano/words/times.py.
 */
export function otroDia(iso, ahora) {
  const dia = new Date(diaDe(Date.parse(iso)));
  const lejos = Math.round((dia.getTime() - Date.parse(diaDe(ahora))) / 86_400_000);
  if (Math.abs(lejos) <= 1) return ["ayer", "", "mañana"][lejos + 1];
  return Math.abs(lejos) < CERCA_DIAS ? cualDia(iso) : `${cualDia(iso)}/${dia.getUTCFullYear()}`;
}

/** The day of an ISO instant, whatever today is: `jue 3/12`. */
function cualDia(iso) {
  const dia = new Date(diaDe(Date.parse(iso)));
  return `${DIAS[dia.getUTCDay()]} ${dia.getUTCDate()}/${dia.getUTCMonth() + 1}`;
}

/** `de 18:00 a 20:00`, `mañana de 18:00 a 20:00`, `desde las 18:00`; nothing where no time was agreed. Without `ahora` it names its day. */
export function deHoraAHora(desde, hasta, ahora) {
  if (!desde) return "";
  const dia = ahora === undefined ? cualDia(desde) : otroDia(desde, ahora);
  return [dia, hasta ? `de ${hora(desde)} a ${hora(hasta)}` : `desde las ${hora(desde)}`]
    .filter(Boolean)
    .join(" ");
}

/** ISO instant -> `24/11, 18:04`. */
export function fechaHora(iso) {
  return iso ? `${FECHA.format(new Date(iso))}, ${hora(iso)}` : "";
}

/** How long ago in words: `recién`, `hace 4 min`, `hace 2 h`, `hace 3 días`. */
export function hace(iso, ahora) {
  const minutos = Math.floor((ahora - Date.parse(iso)) / 60_000);
  if (minutos < 1) return "recién";
  if (minutos < 60) return `hace ${minutos} min`;
  if (minutos < 48 * 60) return `hace ${Math.floor(minutos / 60)} h`;
  return `hace ${Math.floor(minutos / 1440)} días`;
}

/** `1 ticket`, `3 tickets`. */
export function cuantos(numero, uno, varios) {
  return `${numero} ${numero === 1 ? uno : varios}`;
}

/** Two letters of a name. */
export function iniciales(nombre) {
  const palabras = nombre.trim().split(/\s+/);
  return ((palabras[0]?.[0] ?? "") + (palabras.length > 1 ? palabras.at(-1)[0] : "")).toUpperCase();
}

/** Metres in words: `350 m`, `1,2 km`. */
export function distancia(metros) {
  return metros < 1_000
    ? `${Math.round(metros)} m`
    : `${(metros / 1_000).toFixed(1).replace(".", ",")} km`;
}

/** Grams in words: `750 g`, `1,25 kg`. */
export function peso(gramos) {
  return gramos < 1_000 ? `${gramos} g` : `${String(gramos / 1_000).replace(".", ",")} kg`;
}

/** The order of texts that only machines read, as sort() wants it: instants in ISO, places in a list. */
export function byText(a, b) {
  return Number(a > b) - Number(a < b);
}

/** For searching: lower case, without accents. */
export function llano(texto) {
  return texto.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
