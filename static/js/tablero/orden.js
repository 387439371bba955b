// "Ordenar por franja" and "por cercanía": what would change, and then one move of the whole route, undone like a drag.
import { notify } from "../page/avisos.js";
import { distancia } from "../words/formats.js";
import { fields, clone, setText } from "../page/template.js";
import { request } from "../stream/requests.js";

/**
 * Asks for a better order of a column and shows it beside the present one.
 *
 * @param {object} parts
 * @param {number} parts.id the repartidor
 * @param {"franja" | "cercania"} parts.criterio
 * @param {import("./store.js").Store} parts.store
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export async function ordenar({ id, criterio, store, hub }) {
  const antes = store.orden(id);
  if (antes.length < 2) return void notify("Con menos de dos tickets no hay nada que ordenar.");
  const orden = await request("GET", `/api/repartidores/${id}/orden?criterio=${criterio}`);
  const propuesto = orden.tickets.map((uno) => uno.id).filter((uno) => store.tickets.has(uno));
  if (criterio === "cercania" && orden.sin_lugar.length === propuesto.length)
    return void notify("Ninguno de sus tickets tiene ubicación: no se puede ordenar por cercanía.");
  if (String(propuesto) === String(antes)) return void notify("Ya está en ese orden.");
  const dialogo = document.getElementById("dialogo-orden");
  const parte = fields(dialogo);
  setText(
    parte.titulo,
    `Ordenar por ${criterio === "franja" ? "franja" : "cercanía"}: ${store.repartidores.get(id).nombre}`,
  );
  setText(
    parte.resumen,
    orden.metros_antes || orden.metros_despues
      ? `En línea recta: de ${distancia(orden.metros_antes)} a ${distancia(orden.metros_despues)}.`
      : "",
  );
  setText(parte.nota, nota(orden.sin_lugar.length, propuesto.length, criterio));
  parte.lista.replaceChildren(
    ...propuesto.map((uno, lugar) => puesto(store.tickets.get(uno), antes.indexOf(uno), lugar)),
  );
  parte.lista.scrollTop = 0;
  dialogo.returnValue = "";
  dialogo.onclose = () => {
    if (dialogo.returnValue !== "si") return;
    // What came or went while the preview stood keeps its hands off this move.
    const siguen = new Set(store.orden(id));
    hub.tell("mover", { ids: propuesto.filter((uno) => siguen.has(uno)), repartidor_id: id });
  };
  dialogo.showModal();
}

function nota(faltan, todos, criterio) {
  if (!faltan) return "";
  if (faltan === todos) return "Ninguno tiene ubicación: se mira solo la franja.";
  const cuantos =
    faltan === 1 ? "1 no tiene ubicación y va" : `${faltan} no tienen ubicación y van`;
  return `${cuantos} al final${criterio === "franja" ? " de su franja" : ""}.`;
}

function puesto(ticket, estaba, lugar) {
  const fila = clone("puesto");
  const suyo = fields(fila);
  setText(suyo.direccion, ticket.cliente_direccion);
  setText(
    suyo.cambio,
    estaba === lugar ? "" : `${estaba > lugar ? "↑" : "↓"} estaba ${estaba + 1}.º`,
  );
  return fila;
}
