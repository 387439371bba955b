// Deliveries of tickets that somebody no longer had: how many wait for a decision, and a notice when one comes in.
import { avisar } from "../nucleo/avisos.js";
import { pedir } from "../nucleo/red.js";

/** @param {{almacen: import("./almacen.js").Almacen, sonar: (que: string) => void}} parts */
export function prepararConflictos({ almacen, sonar }) {
  const cuenta = document.querySelector("[data-conflictos]");
  mostrar();
  return { mostrar, traer };

  /** A snapshot has none of them. */
  async function traer() {
    const { conflictos } = await pedir("GET", "/api/conflictos");
    almacen.conflictos = new Map(conflictos.map((uno) => [uno.id, uno]));
    mostrar();
  }

  function mostrar(nuevo) {
    cuenta.textContent = almacen.conflictos.size;
    cuenta.hidden = almacen.conflictos.size === 0;
    if (!nuevo || !almacen.conflictos.has(nuevo.id)) return;
    sonar("conflicto");
    avisar(`${nuevo.repartidor?.nombre ?? "Un repartidor"} cerró en la calle un ticket que ya no tenía.`, {
      error: true,
      accion: "Resolver",
      alTocar: () => location.assign("/conflictos"),
      dura: 20_000,
    });
  }
}
