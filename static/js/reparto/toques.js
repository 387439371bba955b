// What a tap anywhere on the page does, where no part of the screen listens by itself.
import { chooseNavegador } from "./navegar.js";
import { navigateA } from "./palabras.js";
import { recuerdo } from "./recuerdo.js";

const MEDIOS = { llamar: "llamada", whatsapp: "whatsapp" };

/**
 * @param {object} parts
 * @param {import("./dia.js").Dia} parts.dia
 * @param {import("./vista.js").Vista} parts.vista
 * @param {import("./turno.js").Turno} parts.turno
 * @param {import("./telefono.js").Telefono} parts.telefono
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function serve({ dia, vista, turno, telefono, hub }) {
  document.addEventListener("click", (event) => {
    const tocado = (selector) => event.target.closest(selector);
    const medio = MEDIOS[tocado("[data-campo=llamar], [data-campo=whatsapp]")?.dataset.campo];
    if (medio) hub.tell("contacto", vista.id, medio);
    const enlace = tocado("a[href^='/reparto']");
    if (enlace && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      go(enlace.getAttribute("href"));
    } else if (tocado("[data-campo=navegar]") && !recuerdo("navegar")) {
      event.preventDefault();
      const ticket = dia.see(vista.id);
      chooseNavegador().then(
        (con) => con && window.open(navigateA(ticket, con), "_blank", "noopener,noreferrer"),
      );
    } else if (tocado("[data-accion=terminar-turno]")) turno.end();
    else if (vista.pestana === "mas") telefono.tap(tocado("[data-accion]")?.dataset.accion);
  });

  function go(url) {
    const id = /(\d+)$/.exec(url);
    if (id) hub.tell("open", Number(id[1]));
    else if (url === "/reparto") hub.tell("back");
    else hub.tell("go", url);
  }
}
