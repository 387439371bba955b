// What is heard and announced of what happens: new tickets, deliveries that failed, tickets that grew late, a card that
// changed while it was in the hand.
import { ABIERTOS } from "../words/acciones.js";
import { anunciar, avisar } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";

/**
 * @param {{yo: number, almacen: import("./store.js").Almacen, nuevos: import("./nuevos.js").Nuevos, reloj: () => number,
 *   sonar: (que: string) => void, resaltar: (id: number) => void}} parts
 */
export function prepararNoticias({ yo, almacen, nuevos, reloj, sonar, resaltar }) {
  let demorados = almacen.conteos(reloj()).demorado;
  return { contar, envejecer };

  /** Tells of one novedad; `enLaMano` are the cards that are dragged now. */
  function contar({ tipo, ticket_id: id, ticket, por }, enLaMano) {
    const ajena = por?.id !== yo;
    if (tipo === "ticket.creado") {
      nuevos.llega(id);
      resaltar(id);
      sonar("nuevo", ticket.repartidor_id === null ? ticket.numero : null);
      anunciar(
        nuevos.ids.size > 1
          ? `${nuevos.ids.size} tickets nuevos.`
          : `Ticket nuevo: ${ticket.cliente_direccion}.`,
      );
    } else if (tipo === "ticket.fallido") sonar("fallido", ticket.numero);
    else if (ajena && !enLaMano?.includes(id)) resaltar(id);
    if (!ABIERTOS.has(ticket?.estado)) nuevos.olvidar(id);
    if (ajena && enLaMano?.includes(id))
      avisar(`${por?.nombre ?? "Alguien"} cambió ${ticket.numero} mientras lo movías.`, {
        error: true,
      });
  }

  /** Told now and then: tickets grow late by themselves. */
  function envejecer() {
    const ahora = almacen.conteos(reloj()).demorado;
    if (ahora > demorados) {
      sonar("demorado");
      anunciar(`${cuantos(ahora, "ticket demorado", "tickets demorados")}.`);
    }
    demorados = ahora;
  }
}
