// "Ordenar por franja" and "por cercanía": what would change, and then one move of the whole route, undone like a drag.
import { avisar } from "../page/avisos.js";
import { distancia } from "../words/formats.js";
import { campos, clonar, texto } from "../page/template.js";
import { pedir } from "../stream/requests.js";

/**
 * Asks for a better order of a column and shows it beside the present one.
 *
 * @param {object} parts
 * @param {number} parts.id the repartidor
 * @param {"franja" | "cercania"} parts.criterio
 * @param {import("./store.js").Almacen} parts.almacen
 * @param {(mudanza: {ids: number[], repartidor_id: number}) => void} parts.mover
 */
export async function ordenar({ id, criterio, almacen, mover }) {
  const antes = almacen.orden(id);
  if (antes.length < 2) return void avisar("Con menos de dos tickets no hay nada que ordenar.");
  const orden = await pedir("GET", `/api/repartidores/${id}/orden?criterio=${criterio}`);
  const propuesto = orden.tickets.map((uno) => uno.id).filter((uno) => almacen.tickets.has(uno));
  if (criterio === "cercania" && orden.sin_lugar.length === propuesto.length)
    return void avisar("Ninguno de sus tickets tiene ubicación: no se puede ordenar por cercanía.");
  if (String(propuesto) === String(antes)) return void avisar("Ya está en ese orden.");
  const dialogo = document.getElementById("dialogo-orden");
  const parte = campos(dialogo);
  texto(
    parte.titulo,
    `Ordenar por ${criterio === "franja" ? "franja" : "cercanía"}: ${almacen.repartidores.get(id).nombre}`,
  );
  texto(
    parte.resumen,
    orden.metros_antes || orden.metros_despues
      ? `En línea recta: de ${distancia(orden.metros_antes)} a ${distancia(orden.metros_despues)}.`
      : "",
  );
  texto(parte.nota, nota(orden.sin_lugar.length, propuesto.length, criterio));
  parte.lista.replaceChildren(
    ...propuesto.map((uno, lugar) => puesto(almacen.tickets.get(uno), antes.indexOf(uno), lugar)),
  );
  parte.lista.scrollTop = 0;
  dialogo.returnValue = "";
  dialogo.onclose = () => {
    if (dialogo.returnValue !== "si") return;
    // What came or went while the preview stood keeps its hands off this move.
    const siguen = new Set(almacen.orden(id));
    mover({ ids: propuesto.filter((uno) => siguen.has(uno)), repartidor_id: id });
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
  const fila = clonar("puesto");
  const suyo = campos(fila);
  texto(suyo.direccion, ticket.cliente_direccion);
  texto(
    suyo.cambio,
    estaba === lugar ? "" : `${estaba > lugar ? "↑" : "↓"} estaba ${estaba + 1}.º`,
  );
  return fila;
}
