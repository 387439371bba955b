// The dialog that an act asks before it is sent, and what is said when the server refuses.
import { MOTIVOS } from "../words/contract.js";
import { NOMBRE_DE_ACCION } from "../words/acciones.js";
import { notify } from "../page/avisos.js";
import { newClave } from "../page/clave.js";
import { readPesos, pesos } from "../words/formats.js";
import { fields, setText } from "../page/template.js";
import { mensajeDe, request } from "../stream/requests.js";

const PREGUNTA = {
  entregar: "Queda como entregado por vos, con la hora de ahora.",
  cancelar: "El repartidor y la tienda se enteran enseguida.",
  reintentar: "Vuelve a la espera con un intento más y se reparte de nuevo.",
  corregir: "Vuelve al estado que tenía antes de cerrarse.",
  iniciar: "Queda en camino, como si el repartidor hubiera salido.",
  volver: "Vuelve a asignado, como si no hubiera salido.",
};

/** @param {{dialogo: HTMLDialogElement, motivos: string[], hub: import("../page/hub.js").Hub}} parts */
export function prepareAct({ dialogo, motivos, hub }) {
  const parte = fields(dialogo);
  let pedido = null;
  parte.motivo.replaceChildren(
    new Option("Elegí un motivo", ""),
    ...motivos.map((uno) => new Option(MOTIVOS[uno]?.oficina ?? uno, uno)),
  );
  dialogo.querySelector("[data-accion=cancelar]").addEventListener("click", () => dialogo.close());
  dialogo.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    confirm();
  });
  return function ask(ticket, accion) {
    pedido = { ticket, accion, accion_id: newClave() };
    setText(parte.titulo, `${NOMBRE_DE_ACCION[accion] ?? accion}: ${ticket.numero}`);
    setText(parte.pregunta, PREGUNTA[accion] ?? "");
    setText(parte.error, "");
    parte.motivoCaja.hidden = accion !== "fallar";
    parte.cobradoCaja.hidden = accion !== "entregar";
    parte.notaCaja.hidden = accion !== "fallar" && accion !== "entregar";
    parte.motivo.value = "";
    parte.cobrado.value = "";
    parte.cobrado.placeholder = pesos(ticket.total);
    parte.nota.value = "";
    setText(parte.confirmar, NOMBRE_DE_ACCION[accion] ?? "Confirmar");
    parte.confirmar.classList.toggle("peligro", accion === "fallar" || accion === "cancelar");
    dialogo.showModal();
  };

  async function confirm() {
    const { ticket, accion, accion_id } = pedido;
    const cuerpo = { accion, accion_id, version: ticket.version };
    if (accion === "fallar") {
      if (!parte.motivo.value) return void setText(parte.error, "Elegí un motivo.");
      if (parte.motivo.value === "otro" && !parte.nota.value.trim())
        return void setText(parte.error, "Contá en la nota qué pasó.");
      cuerpo.motivo = parte.motivo.value;
    }
    if (accion === "entregar" && parte.cobrado.value.trim()) {
      cuerpo.cobrado = readPesos(parte.cobrado.value);
      if (cuerpo.cobrado === null)
        return void setText(parte.error, "Escribí el monto así: 12.450,50");
    }
    if (parte.nota.value.trim() && !parte.notaCaja.hidden) cuerpo.nota = parte.nota.value.trim();
    parte.confirmar.disabled = true;
    try {
      hub.tell("put", await request("POST", `/api/tickets/${ticket.id}/acciones`, cuerpo));
      dialogo.close();
      notify(`${ticket.numero}: ${(NOMBRE_DE_ACCION[accion] ?? accion).toLowerCase()}, listo.`);
    } catch (error) {
      if (error.cuerpo?.ticket) {
        pedido.ticket = error.cuerpo.ticket;
        hub.tell("put", error.cuerpo.ticket);
      }
      setText(parte.error, mensajeDe(error));
    } finally {
      parte.confirmar.disabled = false;
    }
  }
}
