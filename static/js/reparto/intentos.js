// How often the phone was used to reach a customer: shown when nobody opened, and sent along. Pure.
import { hora } from "../words/formats.js";

const MOST = 20;
const HECHO = { llamada: "Llamaste", whatsapp: "Escribiste" };

export class Intentos {
  /** @param {Array<[number, {medio: string, en: string}[]]>} [guardados] what `toSave` gave */
  constructor(guardados = []) {
    this.porTicket = new Map(guardados);
  }

  /** A tap on Llamar or WhatsApp. */
  note(ticketId, medio, ahora) {
    this.porTicket.set(
      ticketId,
      [...this.de(ticketId), { medio, en: new Date(ahora).toISOString() }].slice(-MOST),
    );
  }

  de(ticketId) {
    return this.porTicket.get(ticketId) ?? [];
  }

  /** `Llamaste 2 veces (18:04, 18:09). Escribiste 1 vez (18:05).` */
  inWords(ticketId) {
    return Object.entries(HECHO)
      .map(([medio, verbo]) => {
        const horas = this.de(ticketId)
          .filter((uno) => uno.medio === medio)
          .map((uno) => hora(uno.en));
        return horas.length
          ? `${verbo} ${horas.length === 1 ? "1 vez" : `${horas.length} veces`} (${horas.join(", ")}).`
          : "";
      })
      .filter(Boolean)
      .join(" ");
  }

  /** Only of tickets that are still here. */
  toSave(siguen) {
    return [...this.porTicket].filter(([id]) => siguen(id));
  }
}
