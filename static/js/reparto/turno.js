// The turno: begun with its change, ended knowingly and never with something unsent.
import { avisar, callar } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";
import { pedir, Rechazo } from "../stream/requests.js";

export class Turno {
  /**
   * @param {object} parts
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./caja.js").Caja} parts.caja
   * @param {() => string} parts.quedan what is unsent, in words; empty with nothing
   * @param {(turno: {abierto: boolean, desde: string | null}) => void} parts.poner
   * @param {() => void} parts.alCambiar told when it was begun or ended here
   */
  constructor(parts) {
    Object.assign(this, parts, { veces: 0, terminando: false });
  }

  /** Ends it; what is open stays theirs, so that with tickets it takes a second tap. */
  terminar() {
    const abiertos = this.dia.abiertos().length;
    if (!abiertos || this.quedan()) return this.cambiar(false);
    const alTocar = () => this.cambiar(false);
    const cuales = `Te ${abiertos === 1 ? "queda" : "quedan"} ${cuantos(abiertos, "ticket", "tickets")} sin entregar.`;
    this.fijos.aviso(`${cuales} Avisale a la central antes de terminar el turno.`, true, {
      clave: "terminar",
      accion: "Terminar igual",
      alTocar,
      entendido: "Sigo en turno",
    });
    scrollTo(0, 0);
  }

  async cambiar(abierto) {
    if (!abierto && this.quedan())
      return avisar(`${this.quedan()} Buscá señal antes de terminar el turno.`, {
        error: true,
        clave: "quedan",
      });
    const fondo = abierto ? this.caja.fondo() : {};
    if (fondo === null)
      return avisar("Escribí el cambio con el que salís así: 5.000", {
        error: true,
        clave: "turno",
      });
    this.veces += 1;
    this.terminando = !abierto;
    try {
      this.#es(await pedir("POST", "/api/turno", { abierto, ...fondo }));
      this.alCambiar();
    } catch (error) {
      avisar(
        error instanceof Rechazo
          ? error.message
          : "Sin señal: el turno se cambia con conexión. Probá de nuevo.",
        { error: true, clave: "turno" },
      );
    } finally {
      this.veces += 1;
      this.terminando = false;
    }
  }

  /** The central may have ended it. */
  preguntar() {
    // What was asked before it was changed here says nothing.
    const { veces } = this;
    pedir("GET", "/api/turno").then(
      (turno) => veces === this.veces && this.#es(turno),
      () => {},
    );
  }

  #es(turno) {
    if (turno.abierto !== this.abierto) callar("turno");
    this.abierto = turno.abierto;
    if (!turno.abierto) this.fijos.quitar("terminar");
    this.caja.enTurno(turno.abierto);
    this.poner(turno);
  }
}
