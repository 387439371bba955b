// How many tickets were closed today, exactly: the server's counts of its snapshot, and the changes heard since. Pure.
// What is open is all on the board and needs no counting here.
import { diaDe } from "../words/formats.js";

export class Cuentas {
  /** @param {Json} foto answer of `GET /api/tablero`: `cuentas` by state and `hechos` by repartidor, both of its `dia` */
  constructor({ dia, cuentas, hechos }) {
    const { entregado = 0, fallido = 0, cancelado = 0 } = cuentas ?? {};
    this.dia = dia;
    this.estados = { entregado, fallido, cancelado };
    this.hechos = new Map(
      Object.entries(hechos ?? {}).map(([id, cuantos]) => [Number(id), cuantos]),
    );
  }

  /** One novedad of the stream, each once: `antes` is how a closed ticket was before, which the board may not know. */
  apply({ tipo, ticket, antes }) {
    if (tipo === "ticket.conflicto") return;
    if (antes) this.#sum(antes, -1);
    this.#sum(ticket, 1);
  }

  /** The counts of the day of `ahora`. At midnight they start anew, from what was closed since: all of it is in `tickets`. */
  de(ahora, tickets) {
    const hoy = diaDe(ahora);
    if (!(hoy <= this.dia)) {
      this.dia = hoy;
      this.estados = { entregado: 0, fallido: 0, cancelado: 0 };
      this.hechos = new Map();
      for (const ticket of tickets) this.#sum(ticket, 1);
    }
    return this;
  }

  #sum({ estado, cerrado_en, repartidor_id }, cuantos) {
    if (!cerrado_en || diaDe(Date.parse(cerrado_en)) !== this.dia) return;
    this.estados[estado] += cuantos;
    if (repartidor_id !== null)
      this.hechos.set(repartidor_id, (this.hechos.get(repartidor_id) ?? 0) + cuantos);
  }
}
