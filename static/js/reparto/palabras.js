// A ticket in words, as the phone says them. Pure.
import { ESTADOS, MOTIVOS, PAGOS } from "../words/contract.js";
import { TRAS_LA_CALLE } from "../words/encargo.js";
import { deHoraAHora, otroDia, pagoDicho, pesosJustos, seCobra } from "../words/formats.js";

/** `Cobrar $ 12.450 en efectivo`, `Esperando el pago · $ 12.450`, `Pagado · $ 12.450`, or what came of it. */
export function cobro(ticket) {
  const total = pesosJustos(ticket.total);
  if (ticket.estado === "entregado")
    return ticket.cobrado == null ? total : `Cobraste ${pesosJustos(ticket.cobrado)}`;
  if (!seCobra(ticket)) return `${pagoDicho(ticket)} · ${total}`;
  return ["Cobrar", total, PAGOS[ticket.metodo_pago]?.como ?? ticket.metodo_pago]
    .filter(Boolean)
    .join(" ");
}

/** `4° B · Belgrano`: what comes after the street. */
export function lugar(ticket) {
  return TRAS_LA_CALLE.map((campo) => ticket[campo])
    .filter(Boolean)
    .join(" · ");
}

/** `De 18:00 a 20:00 · quedan 35 min`, `Mañana de 18:00 a 20:00`; empty without a franja. */
export function franja(ticket, ahora) {
  const dicho = deHoraAHora(ticket.franja_desde, ticket.franja_hasta, ahora);
  const cuando = dicho.slice(0, 1).toUpperCase() + dicho.slice(1);
  const [empieza, termina] = [
    Date.parse(ticket.franja_desde) - ahora,
    Date.parse(ticket.franja_hasta) - ahora,
  ];
  if (
    !cuando ||
    (empieza > 0 && otroDia(ticket.franja_desde, ahora)) ||
    (empieza <= 0 && !ticket.franja_hasta)
  )
    return cuando;
  if (termina <= 0) return `${cuando} · se pasó hace ${duracion(-termina)}`;
  return empieza > 0
    ? `${cuando} · empieza en ${duracion(empieza)}`
    : `${cuando} · quedan ${duracion(termina)}`;
}

function duracion(ms) {
  const minutos = Math.max(1, Math.ceil(ms / 60_000));
  if (minutos > 48 * 60) return `${Math.floor(minutos / 1440)} días`;
  return minutos < 90 ? `${minutos} min` : `${Math.floor(minutos / 60)} h ${minutos % 60} min`;
}

/** How it stands; `enviando` is what is said of an act that the server does not have yet. */
export function estado(ticket, enviando) {
  let palabras =
    ticket.estado === "en_camino" && ticket.llego_en ? "Llegaste" : ESTADOS[ticket.estado].oficina;
  if (ticket.estado === "fallido" && ticket.motivo)
    palabras += `: ${(MOTIVOS[ticket.motivo]?.oficina ?? ticket.motivo).toLowerCase()}`;
  return enviando ? `${palabras} · ${enviando}` : palabras;
}

/** What a customer reads first on WhatsApp. */
export function saludo(ticket, yo) {
  const nombre = (persona) => persona.trim().split(/\s+/)[0];
  const quien = `soy ${nombre(yo.nombre)} de ${ticket.negocio || "la tienda"}`;
  return `Hola ${nombre(ticket.cliente_nombre)}, ${quien}. Estoy llegando con tu pedido ${ticket.numero}.`;
}

/** Where the maps are to go: the point if it is known, else the address as it is written. */
export function navigateA(ticket, con) {
  const punto =
    ticket.cliente_lat != null && ticket.cliente_lng != null
      ? `${ticket.cliente_lat},${ticket.cliente_lng}`
      : null;
  const texto = encodeURIComponent(
    [ticket.cliente_direccion, ticket.cliente_barrio].filter(Boolean).join(", "),
  );
  if (con === "waze")
    return punto
      ? `https://waze.com/ul?ll=${punto}&navigate=yes`
      : `https://waze.com/ul?q=${texto}&navigate=yes`;
  if (con === "geo") return punto ? `geo:${punto}?q=${punto}` : `geo:0,0?q=${texto}`;
  return `https://www.google.com/maps/dir/?api=1&destination=${punto ? encodeURIComponent(punto) : texto}`;
}
