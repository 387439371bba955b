// What changed of a ticket, in words. Pure.
import { ADONDE, DICHO } from "../words/encargo.js";
import { deHoraAHora, formaDePago, pesosJustos } from "../words/formats.js";

const CAMPOS_A_DECIR = {
  ...Object.fromEntries(ADONDE.map((campo) => [campo, `Cambió ${DICHO[campo]}`])),
  cliente_telefono: "Cambió el teléfono",
  cliente_nombre: "Cambió quién recibe",
  indicaciones: "Cambiaron las indicaciones",
  franja: "Cambió el horario",
  metodo_pago: "Cambió la forma de pago",
  total: "Cambió el total",
  prioridad: "Cambió la prioridad",
};

/** What a person should hear of: `Cambió la dirección: Mitre 1 → Mitre 2`, one after the other; empty when nothing did. */
export function cambiosDe(antes, ahora) {
  return Object.entries(CAMPOS_A_DECIR)
    .map(([campo, dicho]) => [dicho, inWords(antes, campo), inWords(ahora, campo)])
    .filter(([, viejo, nuevo]) => viejo !== nuevo)
    .map(([dicho, viejo, nuevo]) => `${dicho}: ${viejo || "nada"} → ${nuevo || "nada"}`)
    .join(". ");
}

function inWords(ticket, campo) {
  if (campo === "franja") return deHoraAHora(ticket.franja_desde, ticket.franja_hasta);
  if (campo === "total") return pesosJustos(ticket.total);
  if (campo === "metodo_pago") return formaDePago(ticket.metodo_pago);
  return ticket[campo] ?? "";
}
