// Instants of the server as people here read them; the same forms as the filters in belgrano/http/pages.py.

const ZONA = "America/Argentina/Buenos_Aires";
const FECHA = new Intl.DateTimeFormat("es-AR", {
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  timeZone: ZONA,
});

export { hora } from "../../words/formats.js";

/** ISO instant -> `24/11/2026`. */
export function readFecha(iso) {
  return iso ? FECHA.format(new Date(iso)) : "";
}
