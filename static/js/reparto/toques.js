// What a tap anywhere on the page does, where no part of the screen listens by itself.
import { elegirNavegador } from "./navegar.js";
import { navegarA } from "./palabras.js";
import { recuerdo } from "./recuerdo.js";

const MEDIOS = { llamar: "llamada", whatsapp: "whatsapp" };

/**
 * @param {object} parts
 * @param {import("./dia.js").Dia} parts.dia
 * @param {import("./vista.js").Vista} parts.vista
 * @param {import("./lugar.js").Lugar} parts.lugar
 * @param {import("./turno.js").Turno} parts.turno
 * @param {import("./telefono.js").Telefono} parts.telefono
 * @param {(ticketId: number, medio: string) => void} parts.alContactar the customer was called or written to
 */
export function atender({ dia, vista, lugar, turno, telefono, alContactar }) {
  document.addEventListener("click", (event) => {
    const tocado = (selector) => event.target.closest(selector);
    const medio = MEDIOS[tocado("[data-campo=llamar], [data-campo=whatsapp]")?.dataset.campo];
    if (medio) alContactar(vista.id, medio);
    const enlace = tocado("a[href^='/reparto']");
    if (enlace && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      ir(enlace.getAttribute("href"));
    } else if (tocado("[data-campo=navegar]") && !recuerdo("navegar")) {
      event.preventDefault();
      const ticket = dia.ver(vista.id);
      elegirNavegador().then(
        (con) => con && window.open(navegarA(ticket, con), "_blank", "noopener,noreferrer"),
      );
    } else if (tocado("[data-accion=terminar-turno]")) turno.terminar();
    else if (vista.pestana === "mas") telefono.tocar(tocado("[data-accion]")?.dataset.accion);
  });

  function ir(url) {
    const id = /(\d+)$/.exec(url);
    if (id) lugar.abrir(Number(id[1]));
    else if (url === "/reparto") lugar.volver();
    else lugar.ir(url);
  }
}
