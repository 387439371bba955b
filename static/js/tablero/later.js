// What the board loads when it is first asked for (static/js/aparte.js): an act's dialog, the menus, orders, the map.
import { withAparte } from "./aparte.js";

/**
 * @param {object} parts
 * @param {HTMLElement} parts.raiz
 * @param {import("./store.js").Store} parts.store
 * @param {import("./seleccion.js").Seleccion} parts.seleccion
 * @param {import("./preferencias.js").Preferencias} parts.preferencias
 * @param {import("./columnas.js").Columnas} parts.columnas
 * @param {(id: number) => boolean} parts.pasa whether the filter shows a ticket
 * @param {string[]} parts.motivos
 * @param {(pregunta: Json) => Promise<boolean>} parts.ask
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareLater(parts) {
  const { store, seleccion, preferencias, motivos, ask, hub } = parts;
  const dialogo = document.getElementById("dialogo-actuar");
  let askActo = null;
  let menus = null;
  hub.on(
    "act",
    withAparte(({ prepareAct }, ticket, accion) => {
      askActo ??= prepareAct({ dialogo, motivos, hub });
      askActo(ticket, accion);
    }),
  );
  const ordenar = withAparte((partes, id, criterio) =>
    partes.ordenar({ id, criterio, store, hub }),
  );
  const endTurno = withAparte((partes, uno, lleva) => partes.endTurno(uno, lleva, ask));
  hub.on(
    "menu",
    withAparte(({ prepareMenus }, boton) => {
      menus ??= prepareMenus({ store, seleccion, preferencias, ordenar, endTurno, hub });
      if (boton.isConnected) menus(boton);
    }),
  );
  prepareMapaSwitch(parts);
}

/** The switch of the map; once it is on its button is the map's own. */
function prepareMapaSwitch({ raiz, store, seleccion, columnas, pasa, hub }) {
  const boton = document.querySelector("[data-mapa]");
  let prendido = false;
  const switchOn = withAparte(({ prepareMapa }) => {
    if (prendido) return;
    prendido = true;
    boton.removeEventListener("click", switchOn);
    prepareMapa({ boton, raiz, store, seleccion, columnas, pasa, hub });
  });
  boton.addEventListener("click", switchOn);
  if (localStorage.mapa === "si") switchOn();
}
