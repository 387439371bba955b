// Ordering one's own route: the server has the order, so it needs a line.
import { newClave } from "../page/clave.js";
import { Rechazo } from "../stream/requests.js";

/**
 * Puts one's own ticket before another, or (null) last.
 * @param {{send: typeof import("../stream/requests.js").request, ticket_id: number, antes_de: number | null}} parts
 * @returns {Promise<string>} what went wrong, in words; empty when it is done
 */
export async function ordenar({ send, ticket_id, antes_de }) {
  try {
    await send("POST", "/api/mi-orden", { clave: newClave(), ticket_id, antes_de });
    return "";
  } catch (error) {
    if (error instanceof Rechazo) return error.message;
    return "Sin señal: el orden se cambia con conexión. Probá de nuevo.";
  }
}
