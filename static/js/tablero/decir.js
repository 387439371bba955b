// What came of a move, in words that name who did what and when.
import { avisar } from "../nucleo/avisos.js";
import { cuantos } from "../nucleo/formatos.js";
import { columnaDe } from "./almacen.js";
import { conAparte } from "./aparte.js";
import { topeDe } from "./columna.js";

/**
 * @param {object} parts
 * @param {import("./almacen.js").Almacen} parts.almacen
 * @param {{mover: Function, deshacer: (clave: string) => void, ver: (id: number) => void, resaltar: (id: number) => void}} parts.hacer
 * @returns {(suceso: object) => void}
 */
export function prepararDecir({ almacen, reloj, hacer }) {
  let quitar = () => {};
  const rechazada = conAparte(decirRechazo);
  const noDeshecha = conAparte(({ textoDeRechazo }, uno) =>
    avisar(`No se puede deshacer. ${textoDeRechazo(uno, { destino: uno.ticket?.repartidor_nombre, ahora: reloj() })}`, { error: true }),
  );
  return function decir(suceso) {
    const { que, mudanza } = suceso;
    if (que === "movida") movida(suceso);
    else if (que === "rechazada") for (const uno of suceso.resultados) rechazada(uno, mudanza);
    else if (que === "deshecha") deshecha(suceso);
    else if (que === "sin_respuesta") {
      const cual = mudanza && almacen.tickets.get(mudanza.ids[0]);
      const quienes = !cual ? "" : mudanza.ids.length > 1 ? ` ${mudanza.ids.length} tickets volvieron a donde estaban.` : ` ${cual.numero} volvió a ${nombreDe(cual.repartidor_id)}.`;
      avisar(`Sin respuesta del servidor.${quienes}`, { error: true, ...(mudanza && { accion: "Reintentar", alTocar: () => hacer.mover(mudanza) }) });
    } else avisar(suceso.detalle ?? "No se pudo mover.", { error: true });
  };

  function nombreDe(id) {
    return id === null ? "Sin asignar" : (almacen.repartidores.get(id)?.nombre ?? "ese repartidor");
  }

  function movida({ ids, mudanza, ancla_perdida }) {
    const orden = almacen.orden(columnaDe(mudanza.repartidor_id));
    const cuales = ids.length === 1 ? almacen.tickets.get(ids[0]).numero : cuantos(ids.length, "ticket", "tickets");
    const perdida = ancla_perdida ? " El ticket que seguía ya no estaba: quedó al final." : "";
    quitar();
    quitar = avisar(`${cuales} → ${nombreDe(mudanza.repartidor_id)}, posición ${orden.indexOf(ids[0]) + 1} de ${orden.length}.${perdida}`, {
      accion: "Deshacer",
      alTocar: () => hacer.deshacer(mudanza.clave),
    });
  }

  function decirRechazo({ textoDeRechazo }, uno, mudanza) {
    const insistir = uno.codigo === "sin_lugar" && { accion: "Mover igual", alTocar: () => hacer.mover({ ...mudanza, ids: [uno.id], forzar: true }) };
    const ver = uno.ticket && !insistir && { accion: "Ver", alTocar: () => hacer.ver(uno.id) };
    avisar(textoDeRechazo(uno, { destino: nombreDe(mudanza.repartidor_id), ...carga(mudanza), ahora: reloj() }), { error: true, ...(insistir || ver) });
    hacer.resaltar(uno.id);
  }

  function carga({ repartidor_id }) {
    return { lleva: almacen.orden(columnaDe(repartidor_id)).length, tope: topeDe(almacen.repartidores.get(repartidor_id)) };
  }

  function deshecha({ resultados, detalle }) {
    quitar();
    const mal = resultados.filter((uno) => !uno.ok);
    for (const uno of mal) noDeshecha(uno);
    if (!resultados.length) avisar(detalle ?? "No se puede deshacer.", { error: true });
    else if (!mal.length) avisar("Deshecho: todo volvió a su lugar.");
  }
}
