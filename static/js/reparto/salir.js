// "Salir": whoever leaves takes the day along; what was not sent yet is said before.
import { notify } from "../page/avisos.js";
import { request, SinRed } from "../stream/requests.js";

/**
 * @param {object} parts
 * @param {import("./envios.js").Envios} parts.envios
 * @param {import("./sesion.js").Sesion} parts.sesion
 */
export function letLeave({ envios, sesion }) {
  document.querySelector("[data-salir]").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (envios.pendientes)
      return notify(`${envios.quedan()} Buscá señal antes de salir.`, {
        error: true,
        clave: "quedan",
      });
    try {
      await request("DELETE", "/api/sesion");
    } catch (error) {
      if (error instanceof SinRed)
        return notify("Sin señal: de acá se sale con conexión. Probá de nuevo.", { error: true });
    }
    await sesion.close();
    location.replace("/login");
  });
}
