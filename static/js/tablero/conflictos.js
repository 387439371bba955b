// Deliveries of tickets that somebody no longer had: how many wait for a decision, and one notice of those that came in.
import { notify, hush } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";
import { request } from "../stream/requests.js";

const CLAVE = "conflictos";

/** @param {{store: import("./store.js").Store, hub: import("../page/hub.js").Hub}} parts */
export function prepareConflictos({ store, hub }) {
  const cuenta = document.querySelector("[data-conflictos]");
  const vistos = new Set(store.conflictos.keys());
  const dichos = new Set();
  show();
  hub.on("novedad", ({ tipo }) => tipo === "ticket.conflicto" && show());
  hub.on("replaced", () => pull().catch(() => {}));

  /** A snapshot has none of them. */
  async function pull() {
    const { conflictos } = await request("GET", "/api/conflictos");
    store.conflictos = new Map(conflictos.map((uno) => [uno.id, uno]));
    show();
  }

  function show() {
    cuenta.textContent = store.conflictos.size;
    cuenta.hidden = store.conflictos.size === 0;
    const antes = dichos.size;
    for (const id of dichos) if (!store.conflictos.has(id)) dichos.delete(id);
    const llegan = [...store.conflictos.keys()].filter((id) => !vistos.has(id));
    for (const id of llegan) vistos.add(id) && dichos.add(id);
    if (llegan.length) hub.tell("ring", "conflicto");
    if (!dichos.size) return hush(CLAVE);
    if (!llegan.length && dichos.size === antes) return;
    const nombres = [
      ...new Set(
        [...dichos].map((id) => store.conflictos.get(id).repartidor?.nombre ?? "Un repartidor"),
      ),
    ];
    const que =
      dichos.size === 1
        ? `${nombres[0]} cerró en la calle un ticket que ya no tenía.`
        : `En la calle cerraron ${cuantos(dichos.size, "ticket", "tickets")} que ya no tenían: ${nombres.join(", ")}.`;
    notify(que, {
      error: true,
      clave: CLAVE,
      accion: "Resolver",
      onTap: () => location.assign("/conflictos"),
      onClose: () => dichos.clear(),
    });
  }
}
