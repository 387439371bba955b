// What came of a move, in words that name who did what and when.
import { avisar } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";
import { columnaDe } from "./store.js";
import { aparte } from "./aparte.js";
import { topeDe } from "./columna.js";

/**
 * @param {object} parts
 * @param {import("./store.js").Almacen} parts.almacen
 * @param {number} parts.yo
 * @param {{mover: Function, deshacer: (clave: string) => void, ver: (id: number) => void, resaltar: (id: number) => void}} parts.hacer
 * @returns {((suceso: object) => void) & {revisar: () => void}} `revisar()` after each change of tickets
 */
export function prepararDecir({ almacen, reloj, yo, hacer }) {
  let quitar = () => {};
  let rechazos = null;
  const conRechazos = (resultados, hacerlo) =>
    aparte()
      .then(({ Rechazos }) =>
        hacerlo((rechazos ??= new Rechazos({ almacen, reloj, yo, nombreDe, cargaDe, hacer }))),
      )
      .catch(() =>
        avisar(
          `No se pudo: ${resultados.map(({ id }) => almacen.tickets.get(id)?.numero).join(", ")}.`,
          { error: true },
        ),
      );
  decir.revisar = () => rechazos?.revisar();
  return decir;

  function decir(suceso) {
    const { que, mudanza } = suceso;
    if (que === "movida") movida(suceso);
    else if (que === "rechazada") conRechazos(suceso.resultados, (ellos) => ellos.decir(suceso));
    else if (que === "deshecha") deshecha(suceso);
    else if (que === "sin_respuesta") sinRespuesta(mudanza);
    else avisar(suceso.detalle ?? "No se pudo mover.", { error: true });
  }

  function nombreDe(id) {
    return id === null ? "Sin asignar" : (almacen.repartidores.get(id)?.nombre ?? "ese repartidor");
  }

  function cargaDe(id) {
    return {
      lleva: almacen.orden(columnaDe(id)).length,
      tope: topeDe(almacen.repartidores.get(id)),
    };
  }

  function sinRespuesta(mudanza) {
    if (!mudanza) return void avisar("Sin respuesta del servidor.", { error: true });
    const { ids, clave } = mudanza;
    const versiones = new Map(ids.map((id) => [id, almacen.tickets.get(id)?.version]));
    const { numero, repartidor_id } = almacen.tickets.get(ids[0]);
    const quienes =
      ids.length > 1
        ? `${ids.length} tickets volvieron a donde estaban`
        : `${numero} volvió a ${nombreDe(repartidor_id)}`;
    avisar(`Sin respuesta del servidor. ${quienes}.`, {
      error: true,
      clave,
      accion: "Reintentar",
      // The notice stays; what somebody did since is theirs.
      alTocar() {
        const iguales = ids.filter((id) => almacen.tickets.get(id)?.version === versiones.get(id));
        if (iguales.length < ids.length)
          avisar(
            `${cuantos(ids.length - iguales.length, "ticket cambió", "tickets cambiaron")} mientras tanto y no se mueven.`,
            { error: true },
          );
        if (iguales.length) hacer.mover({ ...mudanza, ids: iguales });
      },
    });
  }

  function movida({ ids, mudanza, ancla_perdida }) {
    const orden = almacen.orden(columnaDe(mudanza.repartidor_id));
    const cuales =
      ids.length === 1
        ? almacen.tickets.get(ids[0]).numero
        : cuantos(ids.length, "ticket", "tickets");
    if (ancla_perdida)
      avisar(`${cuales}: el ticket que seguía ya no estaba, quedó al final.`, { queda: true });
    quitar();
    quitar = avisar(
      `${cuales} → ${nombreDe(mudanza.repartidor_id)}, posición ${orden.indexOf(ids[0]) + 1} de ${orden.length}.`,
      {
        accion: "Deshacer",
        alTocar: () => hacer.deshacer(mudanza.clave),
      },
    );
  }

  function deshecha({ resultados, detalle }) {
    quitar();
    const mal = resultados.filter((uno) => !uno.ok);
    if (mal.length) conRechazos(mal, (ellos) => ellos.decirNoDeshecha(mal));
    if (!resultados.length) avisar(detalle ?? "No se puede deshacer.", { error: true });
    else if (!mal.length) avisar("Deshecho: todo volvió a su lugar.");
  }
}
