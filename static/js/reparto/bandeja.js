// The outbox: every act is stored before the screen changes, and sent in order until the server has answered; photos in
// a queue of their own behind it. Pure: storage, network and clock are given.
import { PRUEBAS } from "../words/contract.js";
import { SinRed } from "../stream/requests.js";

const ESPERAS = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000];

/** What waits on the phone's disk to be sent, one after the other, over bad lines and closed pages. */
class Cola {
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

/** The queue of acts. */
export class Bandeja extends Cola {
  /** @param {object} parts as for Cola; `send(metodo, url, datos)`, `guardado.add(registro, fotos)`, and `oneWrites`, as `oneAtATime` */
  constructor({ send, oneWrites = (write) => write(), ...parts }) {
    super({
      ...parts,
      send: ({ ticket_id, acto }) => send("POST", `/api/tickets/${ticket_id}/acciones`, acto),
    });
    this.oneWrites = oneWrites;
  }

  /**
   * Stores an act and its photos in one go; resolves once they are on the phone's disk. Only then may the screen change.
   * @param {() => boolean} [vale] asked once the acts of all pages are known: whether it is still one to be done
   */
  add(registro, fotos = [], vale = () => true) {
    return this.oneWrites(async () => {
      await this.reread();
      if (!vale()) return;
      const propio = await this.guardado.add(registro, fotos);
      // What was sent while it was being written is not brought back.
      this.registros = [...this.registros, propio];
      this.onChange(this.registros);
      this.tellOthers();
      this.push();
    });
  }
}

/** The queue of photos: they never stand in the way of acts. */
export class Fotos extends Cola {
  constructor({ send, ...parts }) {
    const url = ({ ticket_id, foto_id, tipo }) =>
      `/api/tickets/${ticket_id}/fotos/${foto_id}?tipo=${tipo}`;
    super({ ...parts, send: (foto) => send("PUT", url(foto), foto.blob, { espera: 90_000 }) });
  }
}

/**
 * What the person is told when the server did not take an act; `clase` as `Fijos.say` has it.
 * @param {object} registro @param {{codigo?: string, cuerpo?: object, message: string}} rechazo
 */
export function textoDeRechazo(registro, rechazo) {
  const { numero, acto } = registro;
  const hecho = acto.accion === "entregar" ? "entrega" : "intento de entrega";
  if (rechazo.cuerpo?.conflicto_id) {
    if (rechazo.codigo === "en_revision")
      return { clase: "rechazo", grave: true, texto: `${numero}: ${rechazo.message}` };
    if (rechazo.codigo === "falta_prueba") {
      return {
        clase: "rechazo",
        grave: true,
        texto: `${numero}: falta ${inWords(rechazo.cuerpo.faltan)}. Tu entrega quedó registrada: la central la revisa.`,
      };
    }
    const por = rechazo.codigo === "ticket_ajeno" ? "ya no era tuyo" : "ya estaba cerrado";
    return {
      clase: "rechazo",
      grave: true,
      texto: `${numero}: ${por}. Tu ${hecho} quedó registrada: la central la revisa.`.replace(
        "intento de entrega quedó registrada: la central la",
        "intento quedó registrado: la central lo",
      ),
    };
  }
  if (rechazo.codigo === "ticket_ajeno" || rechazo.status === 404)
    return { clase: "retirado", grave: true, texto: `${numero} ya no es tuyo. No vayas.` };
  if (rechazo.codigo === "cerrado")
    return {
      clase: "retirado",
      grave: true,
      texto: `${numero} ya está cerrado. No hace falta que vayas.`,
    };
  if (rechazo.codigo === "fuera_de_plazo")
    return {
      clase: "rechazo",
      grave: false,
      texto: `${numero}: pasaron más de 30 segundos, ya no se puede deshacer. Avisale a la central.`,
    };
  if (acto.accion === "llegar" || acto.accion === "volver")
    return { clase: "rechazo", grave: false, texto: `${numero}: ${rechazo.message}` };
  return {
    clase: "rechazo",
    grave: true,
    texto: `${numero}: no se pudo registrar. ${rechazo.message}`,
  };
}

/** `la foto y la firma`. */
export function inWords(clases) {
  return clases
    .map((una) => PRUEBAS[una]?.telefono ?? una)
    .join(", ")
    .replace(/, (?=[^,]*$)/, " y ");
}
