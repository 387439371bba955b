// The outbox: every act is stored before the screen changes, and sent in order until the server has answered.
// Pure: storage, network and clock are given.
import { SinRed } from "../nucleo/red.js";

const ESPERAS = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000];

export class Bandeja {
  /**
   * @param {object} parts
   * @param {{todos: () => Promise<object[]>, agregar: (registro: object) => Promise<object>, quitar: (n: number) => Promise<void>}} parts.guardado
   * @param {(metodo: string, url: string, datos: object) => Promise<object>} parts.mandar
   * @param {(registros: object[]) => void} parts.alCambiar told after each change of what waits
   * @param {(registro: object, resultado: {ticket?: object, rechazo?: object}) => void} parts.alResolver
   * @param {() => void} parts.sinSesion the server wants a login first; everything stays
   */
  constructor({ guardado, mandar, alCambiar, alResolver, sinSesion, reloj = globalThis, azar = Math.random }) {
    Object.assign(this, { guardado, mandar, alCambiar, alResolver, sinSesion, reloj, azar });
    this.registros = [];
    this.fallas = 0;
    this.espera = null;
    this.enviando = null;
    this.otraVuelta = false;
  }

  /** Reads what an earlier page left, and begins to send it. */
  async abrir() {
    this.registros = await this.guardado.todos();
    this.alCambiar(this.registros);
    this.empujar();
  }

  /** Stores an act; resolves once it is on the phone's disk. Only then may the screen change. */
  async agregar(registro) {
    this.registros = [...this.registros, await this.guardado.agregar(registro)];
    this.alCambiar(this.registros);
    this.empujar();
  }

  get pendientes() {
    return this.registros.length;
  }

  /** Tries now: after a new act, when the network, the socket or the screen comes back. */
  empujar() {
    this.reloj.clearTimeout(this.espera);
    this.espera = null;
    // Pushed while sending: what came in after the last look must not be left lying.
    this.otraVuelta = this.enviando !== null;
    this.enviando ??= this.#enviar().finally(() => {
      this.enviando = null;
      if (this.otraVuelta) return this.empujar();
    });
    return this.enviando;
  }

  async #enviar() {
    while (this.registros.length) {
      const registro = this.registros[0];
      let resultado;
      try {
        resultado = { ticket: await this.mandar("POST", `/api/tickets/${registro.ticket_id}/acciones`, registro.acto) };
      } catch (error) {
        if (error instanceof SinRed) return this.#otraVez();
        if (error.status === 401) return this.sinSesion();
        resultado = { rechazo: error };
      }
      this.fallas = 0;
      // Told first: whoever hears it keeps the answer before the act is gone.
      this.alResolver(registro, resultado);
      await this.guardado.quitar(registro.n);
      this.registros = this.registros.filter((otro) => otro.n !== registro.n);
      this.alCambiar(this.registros);
    }
  }

  #otraVez() {
    const base = ESPERAS[Math.min(this.fallas, ESPERAS.length - 1)];
    this.fallas += 1;
    this.espera = this.reloj.setTimeout(() => this.empujar(), base * (0.5 + this.azar() / 2));
    this.alCambiar(this.registros);
  }
}

/**
 * What the person is told when the server did not take an act. `grave` asks for "Entendido".
 * @param {object} registro @param {{codigo?: string, cuerpo?: object, message: string}} rechazo
 */
export function textoDeRechazo(registro, rechazo) {
  const { numero, acto } = registro;
  const hecho = acto.accion === "entregar" ? "entrega" : "intento de entrega";
  if (rechazo.cuerpo?.conflicto_id) {
    const por = rechazo.codigo === "ticket_ajeno" ? "la central ya lo había pasado a otra persona" : "ya estaba cerrado";
    return { grave: true, texto: `${numero}: ${por}. Tu ${hecho} quedó registrada: la central la revisa.`.replace("intento de entrega quedó registrada: la central la", "intento quedó registrado: la central lo") };
  }
  if (rechazo.codigo === "ticket_ajeno" || rechazo.status === 404) return { grave: true, texto: `${numero} ahora es de otra persona. No vayas.` };
  if (rechazo.codigo === "cerrado") return { grave: true, texto: `${numero} ya está cerrado. No hace falta que vayas.` };
  if (rechazo.codigo === "fuera_de_plazo") return { grave: false, texto: `${numero}: pasaron más de 30 segundos, ya no se puede deshacer. Avisale a la central.` };
  if (acto.accion === "llegar" || acto.accion === "volver") return { grave: false, texto: `${numero}: ${rechazo.message}` };
  return { grave: true, texto: `${numero}: no se pudo registrar. ${rechazo.message}` };
}
