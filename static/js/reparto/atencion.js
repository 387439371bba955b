// What wants to be looked at: new tickets, then an offer. It rings until somebody did, and the icon has a number.
import { HojaOferta } from "./oferta.js";
import { Timbre } from "./timbre.js";

/**
 * @param {object} parts
 * @param {import("./dia.js").Dia} parts.dia
 * @param {import("./envios.js").Envios} parts.envios
 * @param {import("./hojas.js").HojaNuevos} parts.nuevos
 * @param {import("./oferta.js").Ofertas} parts.ofertas
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareAtencion({ dia, envios, nuevos, ofertas, hub }) {
  const timbre = new Timbre();
  const hojaOferta = new HojaOferta(ofertas);
  let numero;
  hub.on("draw", () => {
    const sinVer = dia.nuevos();
    nuevos.show(sinVer);
    document.title = sinVer.length ? `(${sinVer.length}) Reparto` : "Reparto · Ticketera";
    setBadge(sinVer.length || envios.pendientes);
    const tapada = sinVer.length > 0 || Boolean(document.querySelector("dialog[open]"));
    if (hojaOferta.show(tapada) || sinVer.length) timbre.ring();
    else timbre.hush();
  });

  /** On the installed page's icon: what is new, else what is unsent. */
  function setBadge(cuantos) {
    if (cuantos === numero) return;
    numero = cuantos;
    navigator.setAppBadge?.(cuantos).catch(() => {});
  }
}
