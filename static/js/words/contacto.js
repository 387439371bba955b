// Links to call, write and find a client. Numbers are put right by the server (Argentine mobiles need a 9).
import { pedir } from "../stream/requests.js";
import { marcables } from "./telefono.js";

const sabidos = new Map();

/**
 * What a typed phone number is good for: `{llamar, whatsapp, texto}`, each maybe null, and the same of `otros` written
 * beside it (`primero` is then the number alone, `texto` all that was typed). Without the server, what can be dialled.
 * @param {string} telefono
 */
export async function contactoDe(telefono) {
  if (!telefono) return { llamar: null, whatsapp: null, texto: "" };
  if (!sabidos.has(telefono)) {
    try {
      sabidos.set(
        telefono,
        await pedir("GET", `/api/contacto?telefono=${encodeURIComponent(telefono)}`, undefined, {
          espera: 5_000,
        }),
      );
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
export const contactosSabidos = (telefonos) =>
  [...sabidos].filter(([telefono]) => telefonos.has(telefono));

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
