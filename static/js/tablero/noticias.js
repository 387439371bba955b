// What is heard and announced of what happens: new tickets, deliveries that failed, tickets that grew late, a card that
// changed while it was in the hand.
import { ABIERTOS } from "../words/acciones.js";
import { announce, notify } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";

/**
 * @param {{yo: number, store: import("./store.js").Store, nuevos: import("./nuevos.js").Nuevos, reloj: () => number,
 *   hub: import("../page/hub.js").Hub}} parts
 */
export function prepareNoticias({ yo, store, nuevos, reloj, hub }) {
  let demorados = store.conteos(reloj()).demorado;
  /** The cards that are dragged now. */
  let enLaMano = null;
  hub.on("hand", (ids) => (enLaMano = ids));
  hub.on("novedad", count);
  hub.on("age", age);

  /** Tells of one novedad. */
  function count({ tipo, ticket_id: id, ticket, por }) {
    const ajena = por?.id !== yo;
    if (tipo === "ticket.creado") {
      nuevos.arrive(id);
      hub.tell("highlight", id);
      hub.tell("ring", "nuevo", ticket.repartidor_id === null ? ticket.numero : null);
      announce(
        nuevos.ids.size > 1
          ? `${nuevos.ids.size} tickets nuevos.`
          : `Ticket nuevo: ${ticket.cliente_direccion}.`,
      );
    } else if (tipo === "ticket.fallido") hub.tell("ring", "fallido", ticket.numero);
    else if (ajena && !enLaMano?.includes(id)) hub.tell("highlight", id);
    if (!ABIERTOS.has(ticket?.estado)) nuevos.forget(id);
    if (ajena && enLaMano?.includes(id))
      notify(`${por?.nombre ?? "Alguien"} cambió ${ticket.numero} mientras lo movías.`, {
        error: true,
      });
  }

  /** Told now and then: tickets grow late by themselves. */
  function age() {
    const ahora = store.conteos(reloj()).demorado;
    if (ahora > demorados) {
      hub.tell("ring", "demorado");
      announce(`${cuantos(ahora, "ticket demorado", "tickets demorados")}.`);
    }
    demorados = ahora;
  }
}
