// The turno: begun with its change, ended knowingly and never with something unsent.
import { notify, hush } from "../page/avisos.js";
import { cuantos } from "../words/formats.js";
import { request, Rechazo } from "../stream/requests.js";

export class Turno {
  /**
   * @param {object} parts
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./caja.js").Caja} parts.caja
   * @param {() => string} parts.quedan what is unsent, in words; empty with nothing
   * @param {(turno: {abierto: boolean, desde: string | null}) => void} parts.put
   * @param {() => void} parts.onChange told when it was begun or ended here
   */
  constructor(parts) {
    Object.assign(this, parts, { veces: 0, terminando: false });
  }

  /** Ends it; what is open stays theirs, so that with tickets it takes a second tap. */
  end() {
    const abiertos = this.dia.abiertos().length;
    if (!abiertos || this.quedan()) return this.change(false);
    const onTap = () => this.change(false);
    const cuales = `Te ${abiertos === 1 ? "queda" : "quedan"} ${cuantos(abiertos, "ticket", "tickets")} sin entregar.`;
    this.fijos.aviso(`${cuales} Avisale a la central antes de terminar el turno.`, true, {
      clave: "terminar",
      accion: "Terminar igual",
      onTap,
      entendido: "Sigo en turno",
    });
    scrollTo(0, 0);
  }

  async change(abierto) {
    if (!abierto && this.quedan())
      return notify(`${this.quedan()} Buscá señal antes de terminar el turno.`, {
        error: true,
        clave: "quedan",
      });
    const fondo = abierto ? this.caja.fondo() : {};
    if (fondo === null)
      return notify("Escribí el cambio con el que salís así: 5.000", {
        error: true,
        clave: "turno",
      });
    this.veces += 1;
    this.terminando = !abierto;
    try {
      this.#es(await request("POST", "/api/turno", { abierto, ...fondo }));
      this.onChange();
    } catch (error) {
      notify(
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
  ask() {
    // What was asked before it was changed here says nothing.
    const { veces } = this;
    request("GET", "/api/turno").then(
      (turno) => veces === this.veces && this.#es(turno),
      () => {},
    );
  }

  #es(turno) {
    if (turno.abierto !== this.abierto) hush("turno");
    this.abierto = turno.abierto;
    if (!turno.abierto) this.fijos.remove("terminar");
    this.caja.enTurno(turno.abierto);
    this.put(turno);
  }
}
