// Links to call, write and find a client, from what was typed.
import { marcables } from "./telefono.js";

/** Calling works with what was typed; WhatsApp does not, so it is left out. */
export function aCiegas(telefono) {
  const [primero = null, ...demas] = marcables(telefono);
  const otros = demas.map((uno) => ({ llamar: uno, whatsapp: null, texto: uno }));
  return {
    llamar: primero,
    whatsapp: null,
    texto: telefono,
    ...(otros.length > 0 && { primero, otros }),
  };
}

/** Google Maps' universal link; opens the app where there is one. */
export function enlaceDeMapa(ticket) {
  const punto = ticket.cliente_lat != null && ticket.cliente_lng != null;
  const destino = punto ? `${ticket.cliente_lat},${ticket.cliente_lng}` : ticket.cliente_direccion;
  return `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(destino)}`;
}

/** A chat with a first sentence in it. */
export function enlaceDeWhatsApp(numero, mensaje) {
  return `https://wa.me/${numero}?text=${encodeURIComponent(mensaje)}`;
}
