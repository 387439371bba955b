// Ends the turno of a repartidor, once that is confirmed.
import { notify } from "../page/avisos.js";
import { mensajeDe, request } from "../stream/requests.js";

/** @param {{id: number, nombre: string}} uno @param {number} lleva how many open tickets they have */
export async function endTurno({ id, nombre }, lleva, ask) {
  const sigue = lleva
    ? ` Sus ${lleva} tickets siguen siendo suyos: podés pasarlos con “Pasar todo a…”.`
    : "";
  if (
    !(await ask({
      titulo: `Terminar el turno de ${nombre}`,
      texto: `Deja de recibir tickets hasta que vuelva a empezar.${sigue}`,
      confirmar: "Terminar turno",
    }))
  )
    return;
  try {
    await request("PATCH", `/api/repartidores/${id}`, { en_turno: false });
    notify(`Terminó el turno de ${nombre}.`);
  } catch (error) {
    notify(mensajeDe(error), { error: true });
  }
}
