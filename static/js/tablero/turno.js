// Ends the turno of a repartidor, once that is confirmed.
import { avisar } from "../page/avisos.js";
import { mensajeDe, pedir } from "../stream/requests.js";

/** @param {{id: number, nombre: string}} uno @param {number} lleva how many open tickets they have */
export async function terminarTurno({ id, nombre }, lleva, preguntar) {
  const sigue = lleva
    ? ` Sus ${lleva} tickets siguen siendo suyos: podés pasarlos con “Pasar todo a…”.`
    : "";
  if (
    !(await preguntar({
      titulo: `Terminar el turno de ${nombre}`,
      texto: `Deja de recibir tickets hasta que vuelva a empezar.${sigue}`,
      confirmar: "Terminar turno",
    }))
  )
    return;
  try {
    await pedir("PATCH", `/api/repartidores/${id}`, { en_turno: false });
    avisar(`Terminó el turno de ${nombre}.`);
  } catch (error) {
    avisar(mensajeDe(error), { error: true });
  }
}
