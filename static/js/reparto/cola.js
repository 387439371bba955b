// What waits on the phone's disk to be sent, one after the other, over bad lines and closed pages. Pure: storage, network
// and clock are given.
import { SinRed } from "../stream/requests.js";

const ESPERAS = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000];

export class Cola {
  /**
   * @param {object} parts
   * @param {{todos: () => Promise<object[]>, remove: (n: number) => Promise<void>}} parts.guardado
   * @param {(registro: object) => Promise<object>} parts.send resolves with the server's answer
   * @param {(registros: object[]) => void} parts.onChange told after each change of what waits
   * @param {(registro: object, resultado: {respuesta?: object, rechazo?: object}) => Promise<void> | void} parts.onResolve
   *   resolves when it is kept
   * @param {() => void} parts.sinSesion the server wants a login first; everything stays
   * @param {(deliver: () => Promise<void>) => Promise<void>} [parts.oneAtATime] lets one page of this person's send at a time
   * @param {() => void} [parts.tellOthers] told when what is on the disk has changed: their other pages want to know
   * @param {() => boolean} [parts.puede] whether it may be sent now; whoever says no pushes later
   */
  constructor({
    guardado,
    send,
    onChange,
    onResolve,
    sinSesion,
    puede = () => true,
    tellOthers = () => {},
    oneAtATime = (deliver) => deliver(),
    reloj = globalThis,
    azar = Math.random,
  }) {
    Object.assign(this, {
      guardado,
      send,
      onChange,
      onResolve,
      sinSesion,
      puede,
      tellOthers,
      oneAtATime,
      reloj,
      azar,
    });
    this.registros = [];
    this.fallas = 0;
    this.espera = null;
    this.enviando = null;
    this.otraVuelta = false;
  }

  /** Reads what is stored, an earlier page's too, and begins to send it. */
  async open() {
    this.registros = await this.guardado.todos();
    this.onChange(this.registros);
    this.push();
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
        resultado = { respuesta: await this.send(registro) };
      } catch (error) {
        if (error instanceof SinRed) return this.#otraVez();
        if (error.status === 401) return this.sinSesion();
        resultado = { rechazo: error };
      }
      try {
        // Told first: whoever hears it keeps the answer before the act is gone.
        await this.onResolve(registro, resultado);
        await this.guardado.remove(registro.n);
      } catch {
        // The disk fails: it is sent once more, which changes nothing.
        return this.#otraVez();
      }
      this.fallas = 0;
      this.registros = this.registros.filter((otro) => otro.n !== registro.n);
      this.onChange(this.registros);
      this.tellOthers();
    }
  }

  /** Another page of this person's may have sent some of it meanwhile, or stored more. */
  async reread() {
    const hay = await this.guardado.todos();
    const numeros = (registros) => registros.map((uno) => uno.n).join();
    if (numeros(hay) === numeros(this.registros)) return;
    this.registros = hay;
    this.onChange(this.registros);
  }

  #otraVez() {
    const base = ESPERAS[Math.min(this.fallas, ESPERAS.length - 1)];
    this.fallas += 1;
    this.espera = this.reloj.setTimeout(() => this.push(), base * (0.5 + this.azar() / 2));
    this.onChange(this.registros);
  }
}
