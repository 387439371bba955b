// A field of a ticket as the panel says it.
import { PRIORIDADES } from "../words/contract.js";
import { formaDePago } from "../words/formats.js";
import { escritoDe } from "./borrador.js";
import { franja } from "./criterio.js";

/** A field's value in words. */
export function legible(ticket, campo, ahora = Date.now()) {
  if (campo === "franja")
    return (
      franja(ticket, ahora) &&
      `${escritoDe(ticket, campo)[0].split("-").reverse().join("/")}: ${franja(ticket, ahora)}`
    );
  if (campo === "metodo_pago") return formaDePago(ticket[campo]);
  if (campo === "prioridad")
    return PRIORIDADES[ticket[campo]]?.tarjeta || PRIORIDADES.normal.oficina;
  return ticket[campo] ?? "";
}
