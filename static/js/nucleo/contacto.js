// Links to call, write and find a client. Numbers are put right by the server (Argentine mobiles need a 9).
import { pedir } from "./red.js";

const sabidos = new Map();

/**
 * What a typed phone number is good for: `{llamar, whatsapp, texto}`, each maybe null. Without the server, the digits.
 * @param {string} telefono
 */
export async function contactoDe(telefono) {
  if (!telefono) return { llamar: null, whatsapp: null, texto: "" };
  if (!sabidos.has(telefono)) {
    try {
      sabidos.set(telefono, await pedir("GET", `/api/contacto?telefono=${encodeURIComponent(telefono)}`, undefined, { espera: 5_000 }));
    } catch {
      return aCiegas(telefono);
    }
  }
  return sabidos.get(telefono);
}

/** Numbers known from an earlier visit. */
export function recordarContactos(pares) {
  for (const [telefono, contacto] of pares) sabidos.set(telefono, contacto);
}

/** What is known of these numbers. */
export const contactosSabidos = (telefonos) => [...sabidos].filter(([telefono]) => telefonos.has(telefono));

/** Calling works with what was typed; WhatsApp does not, so it is left out. */
export function aCiegas(telefono) {
  const digitos = telefono.replace(/[^\d+]/g, "");
  return { llamar: digitos.length >= 6 ? digitos : null, whatsapp: null, texto: telefono };
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
