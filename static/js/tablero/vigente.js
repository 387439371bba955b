// What may change behind an open board: the settings, and the board itself when a new version was put in place.
import { notify } from "../page/avisos.js";
import { request } from "../stream/requests.js";
import { ajustes } from "./criterio.js";

/** Takes what of the configuration the board goes by. */
export function useAjustes({ max_tickets_por_repartidor, segundos_sin_ver }) {
  ajustes.tope = max_tickets_por_repartidor;
  ajustes.sinVerMs = segundos_sin_ver * 1000;
}

/** Asks for the settings as they are now; what is known stays where there is no answer. */
export async function pullAjustes(onChange) {
  const dichos = await request("GET", "/api/configuracion").catch(() => null);
  if (!dichos) return;
  useAjustes(dichos);
  onChange();
}

/** Offers a newer build than this page's; never loads it by itself. */
export async function watchVersion() {
  const respuesta = await fetch("/static/dist/manifest.json", { cache: "no-store" }).catch(
    () => null,
  );
  const nueva = respuesta?.ok && (await respuesta.json())["tablero.js"];
  if (!nueva || import.meta.url.endsWith(`/${nueva}`)) return;
  notify("Hay una versión nueva del tablero.", {
    queda: true,
    accion: "Actualizar",
    onTap: () => location.reload(),
  });
}
