// The turno: begun with its change, ended knowingly and never with something unsent.
import { notify, hush } from "../page/avisos.js";
import { cuantos, pesos } from "../words/formats.js";
import { request, Rechazo } from "../stream/requests.js";
import { shake } from "./timbre.js";

export class Turno {
  /**
   * @param {object} parts
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./caja.js").Caja} parts.caja
   * @param {import("./envios.js").Envios} parts.envios
   * @param {Json} [parts.sabido] `{abierto, desde}`
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ fijos, dia, caja, envios, sabido = {}, hub }) {
    this.fijos = fijos;
    this.dia = dia;
    this.caja = caja;
    this.envios = envios;
    this.hub = hub;
    this.abierto = sabido.abierto ?? false;
    this.desde = sabido.desde ?? null;
    this.veces = 0;
    this.terminando = false;
    caja.enTurno(this.abierto);
    for (const cuando of ["connected", "shown", "ofertas"]) hub.on(cuando, () => this.#ask());
    hub.on("closed", () => (this.abierto = false));
  }

  /** Ends it; what is open stays theirs, so that with tickets it takes a second tap. */
  end() {
    const abiertos = this.dia.abiertos().length;
    if (!abiertos || this.envios.quedan()) return this.change(false);
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
    if (!abierto && this.envios.quedan())
      return notify(`${this.envios.quedan()} Buscá señal antes de terminar el turno.`, {
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
      this.caja.pull();
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
  #ask() {
    // What was asked before it was changed here says nothing.
    const { veces } = this;
    request("GET", "/api/turno").then(
      (turno) => veces === this.veces && this.#es(turno),
      () => {},
    );
  }

  #es({ abierto, desde }) {
    const antes = this.abierto;
    this.abierto = abierto;
    this.desde = desde;
    if (!abierto) this.fijos.remove("terminar");
    this.caja.enTurno(abierto);
    if (abierto !== antes) {
      hush("turno");
      this.hub.tell("turno");
      if (antes) this.#ended();
    }
    this.hub.tell("draw");
  }

  /** Ended here, which the person knows, or elsewhere, which they may not. */
  #ended() {
    const { aRendir } = this.caja;
    const rendir = aRendir > 0 ? ` Tenés ${pesos(aRendir)} para rendir.` : "";
    this.hub.tell("ended");
    const fin = this.terminando
      ? "Terminaste el turno."
      : "Tu turno se terminó desde la central o desde otro teléfono.";
    this.fijos.aviso(fin + rendir, !this.terminando, { clave: "terminar" });
    if (!this.terminando) shake();
  }
}
