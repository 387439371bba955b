// Ordering one's own route: the server has the order, so it needs a line.
import { notify } from "../page/avisos.js";
import { newClave } from "../page/clave.js";
import { Rechazo, request } from "../stream/requests.js";

/** @param {import("../page/hub.js").Hub} hub hears `mover` */
export function prepareOrden(hub) {
  hub.on("mover", async (ticket_id, antes_de) => {
    const mal = await ordenar({ send: request, ticket_id, antes_de });
    if (mal) notify(mal, { error: true });
  });
}

/**
 * Puts one's own ticket before another, or (null) last.
 * @param {{send: typeof request, ticket_id: number, antes_de: number | null}} parts
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
