// Goes on with the sheet that a page which is gone had open.
import { ABIERTOS } from "../words/acciones.js";

/**
 * That of the ticket which is seen, else the latest.
 * @param {object} parts
 * @param {import("./borrador.js").Borradores} parts.borradores
 * @param {import("./dia.js").Dia} parts.dia
 * @param {import("./vista.js").Vista} parts.vista
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export async function resumeHoja({ borradores, dia, vista, hub }) {
  const dejados = await borradores.dejados((id) => ABIERTOS.has(dia.see(id)?.estado));
  const uno = dejados.find(({ ticket_id }) => ticket_id === vista.id) ?? dejados[0];
  if (!uno || document.querySelector("dialog[open]")) return;
  if (await borradores.de(uno.accion, uno.ticket_id).abierto()) return;
  hub.tell("perform", dia.see(uno.ticket_id), uno.accion);
}
