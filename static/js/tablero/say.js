// What came of a move, in words that name who did what and when.
import { notify } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";
import { columnaDe } from "./store.js";
import { aparte } from "./aparte.js";
import { topeDe } from "./columna.js";

/**
 * @param {object} parts
 * @param {import("./store.js").Store} parts.store
 * @param {() => number} parts.reloj
 * @param {number} parts.yo
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareSay({ store, reloj, yo, hub }) {
  let remove = () => {};
  let rechazos = null;
  const conRechazos = (resultados, hacerlo) =>
    aparte()
      .then(({ Rechazos }) =>
        hacerlo((rechazos ??= new Rechazos({ store, reloj, yo, nombreDe, cargaDe, hub }))),
      )
      .catch(() =>
        notify(
          `No se pudo: ${resultados.map(({ id }) => store.tickets.get(id)?.numero).join(", ")}.`,
          { error: true },
        ),
      );
  hub.on("moved", say);
  for (const que of ["novedad", "replaced"]) hub.on(que, () => rechazos?.review());

  function say(suceso) {
    const { que, mudanza } = suceso;
    if (que === "movida") movida(suceso);
    else if (que === "rechazada") conRechazos(suceso.resultados, (ellos) => ellos.say(suceso));
    else if (que === "deshecha") deshecha(suceso);
    else if (que === "sin_respuesta") sinRespuesta(mudanza);
    else notify(suceso.detalle ?? "No se pudo mover.", { error: true });
  }

  function nombreDe(id) {
    return id === null ? "Sin asignar" : (store.repartidores.get(id)?.nombre ?? "ese repartidor");
  }

  function cargaDe(id) {
    return {
      lleva: store.orden(columnaDe(id)).length,
      tope: topeDe(store.repartidores.get(id)),
    };
  }

  function sinRespuesta(mudanza) {
    if (!mudanza) return void notify("Sin respuesta del servidor.", { error: true });
    const { ids, clave } = mudanza;
    const versiones = new Map(ids.map((id) => [id, store.tickets.get(id)?.version]));
    const { numero, repartidor_id } = store.tickets.get(ids[0]);
    const quienes =
      ids.length > 1
        ? `${ids.length} tickets volvieron a donde estaban`
        : `${numero} volvió a ${nombreDe(repartidor_id)}`;
    notify(`Sin respuesta del servidor. ${quienes}.`, {
      error: true,
      clave,
      accion: "Reintentar",
      // The notice stays; what somebody did since is theirs.
      onTap() {
        const iguales = ids.filter((id) => store.tickets.get(id)?.version === versiones.get(id));
        const otros = ids.length - iguales.length;
        const cambiaron = cuantos(otros, "ticket cambió", "tickets cambiaron");
        if (otros) notify(`${cambiaron} mientras tanto y no se mueven.`, { error: true });
        if (iguales.length) hub.tell("mover", { ...mudanza, ids: iguales });
      },
    });
  }

  function movida({ ids, mudanza, ancla_perdida }) {
    const orden = store.orden(columnaDe(mudanza.repartidor_id));
    const cuales =
      ids.length === 1
        ? store.tickets.get(ids[0]).numero
        : cuantos(ids.length, "ticket", "tickets");
    if (ancla_perdida)
      notify(`${cuales}: el ticket que seguía ya no estaba, quedó al final.`, { queda: true });
    remove();
    remove = notify(
      `${cuales} → ${nombreDe(mudanza.repartidor_id)}, posición ${orden.indexOf(ids[0]) + 1} de ${orden.length}.`,
      {
        accion: "Deshacer",
        onTap: () => hub.tell("undo", mudanza.clave),
      },
    );
  }

  function deshecha({ resultados, detalle }) {
    remove();
    const mal = resultados.filter((uno) => !uno.ok);
    if (mal.length) conRechazos(mal, (ellos) => ellos.sayNotUndone(mal));
    if (!resultados.length) notify(detalle ?? "No se puede deshacer.", { error: true });
    else if (!mal.length) notify("Deshecho: todo volvió a su lugar.");
  }
}
