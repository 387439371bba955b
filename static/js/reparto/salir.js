// "Salir": whoever leaves takes the day along; what was not sent yet is said before.
import { avisar } from "../page/avisos.js";
import { pedir, SinRed } from "../stream/requests.js";

/**
 * @param {object} parts
 * @param {import("./envios.js").Envios} parts.envios
 * @param {() => Promise<void>} parts.cerrar takes this person's day from the phone
 */
export function dejarSalir({ envios, cerrar }) {
  document.querySelector("[data-salir]").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (envios.pendientes)
      return avisar(`${envios.quedan()} Buscá señal antes de salir.`, {
        error: true,
        clave: "quedan",
      });
    try {
      await pedir("DELETE", "/api/sesion");
    } catch (error) {
      if (error instanceof SinRed)
        return avisar("Sin señal: de acá se sale con conexión. Probá de nuevo.", { error: true });
    }
    await cerrar();
    location.replace("/login");
  });
}
