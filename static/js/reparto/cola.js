// What waits on the phone's disk to be sent, one after the other, over bad lines and closed pages. Pure: storage, network
// and clock are given.
import { SinRed } from "../stream/requests.js";

/** No other page. */
const SOLA = { oneAtATime: () => (perform) => perform(), say() {} };
const ESPERAS = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000];

export class Cola {
  /**
   * @param {object} parts
   * @param {string} parts.que what the hub is told with all that waits, after each change of it
   * @param {Json} parts.guardado its storage: `todos()`, `remove(n)`
   * @param {(metodo: string, url: string, datos?: Json | Blob, opciones?: Json) => Promise<Json>} parts.send
   * @param {(registro: Json, resultado: {respuesta?: Json, rechazo?: Json}) => Promise<void> | void} parts.settle told what
   *   the server answered; resolves when that is kept
   * @param {{close: () => Promise<void>}} parts.sesion closed when the server wants a login first; what waits stays
   * @param {{oneAtATime: Function, say: () => void}} [parts.pestanas] this person's other pages: one of them sends at a
   *   time, and they want to know when what is on the disk has changed
   * @param {import("../page/hub.js").Hub} parts.hub
   * @param {Json} [parts.reloj] `setTimeout`, `clearTimeout`
   * @param {() => number} [parts.azar] 0 to 1
   */
  constructor({
    que,
    guardado,
    send,
    settle,
    sesion,
    pestanas = SOLA,
    hub,
    reloj = globalThis,
    azar = Math.random,
  }) {
    this.que = que;
    this.guardado = guardado;
    this.send = send;
    this.settle = settle;
    this.sesion = sesion;
    this.pestanas = pestanas;
    this.hub = hub;
    this.reloj = reloj;
    this.azar = azar;
    this.oneAtATime = pestanas.oneAtATime(que);
    /** @type {Json[]} */
    this.registros = [];
    this.fallas = 0;
    this.espera = null;
    this.enviando = null;
    this.otraVuelta = false;
  }

  /** Reads what is stored, an earlier page's too, and begins to send it. */
  async open() {
    this.registros = await this.guardado.todos();
    this.say();
    this.push();
  }

  /**
   * Sends one; resolves with the server's answer.
   * @param {Json} _registro
   * @returns {Promise<Json>}
   */
  request(_registro) {
    throw new Error("Each queue says how.");
  }

  /** Whether it may be sent now; whoever says no pushes later. */
  puede() {
    return true;
  }

  get pendientes() {
    return this.registros.length;
  }

  /** Tries now: after something new, when the network, the socket or the screen comes back. */
  push() {
    this.reloj.clearTimeout(this.espera);
    this.espera = null;
    // Pushed while sending: what came in after the last look must not be left lying.
    this.otraVuelta = this.enviando !== null;
    this.enviando ??= this.oneAtATime(() => this.#deliver()).finally(() => {
      this.enviando = null;
      if (this.otraVuelta) return this.push();
    });
    return this.enviando;
  }

  async #deliver() {
    await this.reread();
    while (this.registros.length && this.puede()) {
      const registro = this.registros[0];
      let resultado;
      try {
        resultado = { respuesta: await this.request(registro) };
      } catch (error) {
        if (error instanceof SinRed) return this.#otraVez();
        if (error.status === 401) return this.sesion.close();
        resultado = { rechazo: error };
      }
      try {
        // Told first: whoever hears it keeps the answer before the act is gone.
        await this.settle(registro, resultado);
        await this.guardado.remove(registro.n);
      } catch {
        // The disk fails: it is sent once more, which changes nothing.
        return this.#otraVez();
      }
      this.fallas = 0;
      this.registros = this.registros.filter((otro) => otro.n !== registro.n);
      this.say();
      this.pestanas.say();
    }
  }

  /** Another page of this person's may have sent some of it meanwhile, or stored more. */
  async reread() {
    const hay = await this.guardado.todos();
    const numeros = (registros) => registros.map((uno) => uno.n).join();
    if (numeros(hay) === numeros(this.registros)) return;
    this.registros = hay;
    this.say();
  }

  say() {
    this.hub.tell(this.que, this.registros);
  }

  #otraVez() {
    const base = ESPERAS[Math.min(this.fallas, ESPERAS.length - 1)];
    this.fallas += 1;
    this.espera = this.reloj.setTimeout(() => this.push(), base * (0.5 + this.azar() / 2));
    this.say();
  }
}
