// The other admins who are at the board, by their initials in its header.
import { clone, fields, setText } from "../page/template.js";
import { iniciales } from "../words/formats.js";

/**
 * @param {HTMLElement} lugar
 * @param {import("./mirando.js").Mirando} mirando
 * @param {import("../page/hub.js").Hub} hub
 */
export function preparePresentes(lugar, mirando, hub) {
  hub.on("miran", (ids) => {
    const { nombres } = mirando;
    if (lugar.dataset.son !== String(nombres)) {
      lugar.dataset.son = String(nombres);
      lugar.replaceChildren(...nombres.map(presente));
    }
    hub.tell("tickets", ids);
  });
}

function presente(nombre) {
  const uno = clone("presente");
  const parte = fields(uno);
  uno.title = `${nombre} está en el tablero`;
  setText(parte.iniciales, iniciales(nombre));
  setText(parte.nombre, uno.title);
  return uno;
}
