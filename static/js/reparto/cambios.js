// What changed of a ticket, in words. Pure.
import { ADONDE, DICHO } from "../words/encargo.js";
import { deHoraAHora, formaDePago, pesosJustos } from "../words/formats.js";
import { cambiosDeProductos } from "../words/renglones.js";

const CAMPOS_A_DECIR = {
  ...Object.fromEntries(ADONDE.map((campo) => [campo, `Cambió ${DICHO[campo]}`])),
  cliente_telefono: "Cambió el teléfono",
  cliente_nombre: "Cambió quién recibe",
  indicaciones: "Cambiaron las indicaciones",
  franja: "Cambió el horario",
  metodo_pago: "Cambió la forma de pago",
  pagado: "Cambió el pago",
  prioridad: "Cambió la prioridad",
};

/**
 * What a person should hear of: `Sacaron Leche entera 1 l · Total $ 10.200 (antes $ 11.450)`, `Cambió la dirección:
 * Mitre 1 → Mitre 2`, one after the other; empty when nothing did.
 */
export function cambiosDe(antes, ahora) {
  const campos = Object.entries(CAMPOS_A_DECIR)
    .map(([campo, dicho]) => [dicho, inWords(antes, campo), inWords(ahora, campo)])
    .filter(([, viejo, nuevo]) => viejo !== nuevo)
    .map(([dicho, viejo, nuevo]) => `${dicho}: ${viejo || "nada"} → ${nuevo || "nada"}`);
  return [
    cambiosDeProductos(antes.productos, ahora.productos),
    antes.total !== ahora.total &&
      `Total ${pesosJustos(ahora.total)} (antes ${pesosJustos(antes.total)})`,
    Boolean(antes.preparado_en) !== Boolean(ahora.preparado_en) &&
      (ahora.preparado_en ? "Ya está preparado" : "Todavía no está preparado"),
    ...campos,
  ]
    .filter(Boolean)
    .join(" · ");
}

function inWords(ticket, campo) {
  if (campo === "franja") return deHoraAHora(ticket.franja_desde, ticket.franja_hasta);
  if (campo === "pagado") return ticket.pagado ? "pagado" : "sin pagar";
  if (campo === "metodo_pago") return formaDePago(ticket.metodo_pago);
  return ticket[campo] ?? "";
}
