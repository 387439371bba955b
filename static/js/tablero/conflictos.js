// Deliveries of tickets that somebody no longer had: how many wait for a decision, and one notice of those that came in.
import { avisar, callar } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";
import { pedir } from "../stream/requests.js";

const CLAVE = "conflictos";

/** @param {{almacen: import("./store.js").Almacen, sonar: (que: string) => void}} parts */
export function prepararConflictos({ almacen, sonar }) {
  const cuenta = document.querySelector("[data-conflictos]");
  const vistos = new Set(almacen.conflictos.keys());
  const dichos = new Set();
  mostrar();
  return { mostrar, traer };

  /** A snapshot has none of them. */
  async function traer() {
    const { conflictos } = await pedir("GET", "/api/conflictos");
    almacen.conflictos = new Map(conflictos.map((uno) => [uno.id, uno]));
    mostrar();
  }

  function mostrar() {
    cuenta.textContent = almacen.conflictos.size;
    cuenta.hidden = almacen.conflictos.size === 0;
    const antes = dichos.size;
    for (const id of dichos) if (!almacen.conflictos.has(id)) dichos.delete(id);
    const llegan = [...almacen.conflictos.keys()].filter((id) => !vistos.has(id));
    for (const id of llegan) vistos.add(id) && dichos.add(id);
    if (llegan.length) sonar("conflicto");
    if (!dichos.size) return callar(CLAVE);
    if (!llegan.length && dichos.size === antes) return;
    const nombres = [
      ...new Set(
        [...dichos].map((id) => almacen.conflictos.get(id).repartidor?.nombre ?? "Un repartidor"),
      ),
    ];
    const que =
      dichos.size === 1
        ? `${nombres[0]} cerró en la calle un ticket que ya no tenía.`
        : `En la calle cerraron ${cuantos(dichos.size, "ticket", "tickets")} que ya no tenían: ${nombres.join(", ")}.`;
    avisar(que, {
      error: true,
      clave: CLAVE,
      accion: "Resolver",
      alTocar: () => location.assign("/conflictos"),
      alCerrar: () => dichos.clear(),
    });
  }
}
