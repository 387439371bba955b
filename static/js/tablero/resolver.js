// A failed delivery that waits for somebody: put away, or back among those that wait.
import { notify } from "../page/avisos.js";
import { mensajeDe, request } from "../stream/requests.js";

/**
 * @param {Json} ticket
 * @param {(ticket: Json) => void} onSave told of the ticket as the server has it, changed or refused
 */
export async function resolve({ id, version, numero, resuelto_en }, onSave) {
  try {
    onSave(
      await request("POST", `/api/tickets/${id}/resuelto`, { version, resuelto: !resuelto_en }),
    );
    notify(`${numero}: ${resuelto_en ? "otra vez por resolver" : "resuelto"}.`);
  } catch (error) {
    if (error.cuerpo?.ticket) onSave(error.cuerpo.ticket);
    notify(mensajeDe(error));
  }
}
