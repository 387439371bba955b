// What telephone numbers are good for, asked of the server (Argentine mobiles need a 9) and kept.
import { aCiegas } from "../words/contacto.js";
import { request } from "./requests.js";

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
        await request("GET", `/api/contacto?telefono=${encodeURIComponent(telefono)}`, undefined, {
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
export function rememberContactos(pares) {
  for (const [telefono, contacto] of pares) sabidos.set(telefono, contacto);
}

/** What is known of these numbers. */
export const contactosSabidos = (telefonos) =>
  [...sabidos].filter(([telefono]) => telefonos.has(telefono));
