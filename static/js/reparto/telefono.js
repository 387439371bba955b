// This phone's own part: its position, its screen, its place on the home screen, its version, and the buttons of "Más".
import { notify } from "../page/avisos.js";
import { activateSonido, prepareSonido, sounds, play } from "../page/sonido.js";
import { Avisos } from "./avisos.js";
import { A_MANO, Instalar } from "./instalar.js";
import { Mas } from "./mas.js";
import { Pantalla } from "./pantalla.js";
import { Permisos } from "./permisos.js";
import { remember, recuerdo } from "./recuerdo.js";
import { Ubicacion } from "./ubicacion.js";
import { settleInstalled } from "./version.js";

export class Telefono {
  /**
   * @param {object} parts
   * @param {Json} parts.yo
   * @param {string} parts.version of the page
   * @param {Json} parts.problemas their storage
   * @param {import("./reloj.js").Reloj} parts.reloj
   * @param {import("./central.js").Central} parts.central
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./dia.js").Dia} parts.dia
   * @param {import("./turno.js").Turno} parts.turno
   * @param {import("./envios.js").Envios} parts.envios
   * @param {import("./linea.js").Linea} parts.linea
   * @param {import("./vista.js").Vista} parts.vista
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({
    yo,
    version,
    problemas,
    reloj,
    central,
    fijos,
    dia,
    turno,
    envios,
    linea,
    vista,
    hub,
  }) {
    this.yo = yo;
    this.version = version;
    this.fijos = fijos;
    this.dia = dia;
    this.turno = turno;
    this.envios = envios;
    this.linea = linea;
    this.vista = vista;
    this.hub = hub;
    this.ubicacion = new Ubicacion({ reloj, quiere: recuerdo(`ubicacion-${yo.id}`), hub });
    this.pantalla = new Pantalla(recuerdo("pantalla", true));
    this.instalar = new Instalar(hub);
    this.avisos = new Avisos(document.querySelector("[data-clave]")?.dataset.clave);
    const { ubicacion, instalar, avisos } = this;
    const suyo = { yo, version, problemas, fijos, turno, linea, hub };
    this.permisos = new Permisos({ ...suyo, ubicacion, instalar, avisos });
    this.mas = new Mas({
      yo,
      problemas,
      central,
      hub,
      ubicacion,
      instalar,
      avisos,
      pantalla: this.pantalla,
    });
    this.mas.parte.mNavegar.addEventListener("change", (event) =>
      remember("navegar", event.target.value),
    );
    hub.on("connected", () => this.#enLinea(true));
    hub.on("shown", () => linea.connected && this.#enLinea());
    hub.on("draw", () => this.#put());
    hub.on("permisos", () => this.#cambio());
    hub.on("done", (accion, estado) => {
      if (accion === "iniciar" && estado === "en_camino") this.#salio();
      if (accion === "entregar" && estado === "entregado") this.#entrego();
    });
  }

  /** The page is live: what may wait until then. The server may have been renewed while the line was cut. */
  async #enLinea(reconectada = false) {
    if (this.presentado) this.permisos.report();
    if (reconectada && this.registro)
      this.registro.then((registro) => registro?.update()).catch(() => {});
    (globalThis.requestIdleCallback ?? setTimeout)(prepareSonido);
    await (this.presentado ? this.permisos.review() : this.permisos.report(true));
    this.presentado = true;
    if (reconectada && this.permisos.principal) this.permisos.say();
    if (this.registro) return;
    this.registro = settleInstalled({
      version: this.version,
      onNewVersion: (update) => this.#newVersion(update),
    });
    this.avisos.follow().then(
      () => this.#cambio(),
      () => {},
    );
  }

  /** After each change of the day. */
  #put() {
    const enCamino = this.dia.abiertos().some((uno) => uno.estado === "en_camino");
    this.ubicacion.put({ turno: this.turno.abierto, enCamino });
    this.pantalla.hold(enCamino);
    if (this.#viendoMas) this.#drawMas();
  }

  get #viendoMas() {
    return this.vista.id === null && this.vista.pestana === "mas";
  }

  #drawMas() {
    this.mas.ayuda(this.permisos.ayuda, this.permisos.ayudaDicha);
    return this.mas.draw();
  }

  /** Marks this repartidor on the board and calls, once they said that they mean it; or takes the mark away. */
  async #requestAyuda() {
    const pide = !this.permisos.ayuda;
    if (pide && !(await this.mas.confirmAyuda())) return;
    this.permisos.askAyuda(pide);
    if (pide) this.mas.llamar();
    this.#cambio();
  }

  /** "Salgo para allá" was pressed: the moment to ask for the position, once, with its reason. */
  #salio() {
    if (!this.ubicacion.toAsk) return;
    const accion = {
      clave: "ubicacion",
      accion: "Prender ubicación",
      onTap: () => this.#want(true),
      entendido: "Ahora no",
      onClose: () => this.#want(false),
    };
    this.fijos.aviso(
      "¿Prendés la ubicación? Sólo durante el turno, para avisarle al cliente cuánto falta.",
      false,
      accion,
    );
  }

  /** Something was delivered: the moment to offer the home screen. */
  #entrego() {
    if (!this.instalar.mayOffer()) return;
    const porque = "Instalá Ticketera: abre más rápido y funciona sin señal.";
    if (this.instalar.como === "a-mano")
      this.fijos.aviso(`${porque} ${A_MANO}`, false, { clave: "instalar" });
    else
      this.fijos.aviso(porque, false, {
        clave: "instalar",
        accion: "Instalar",
        onTap: () => this.instalar.install(),
        entendido: "Ahora no",
      });
  }

  /** A button of "Más". */
  async tap(accion) {
    if (accion === "probar-sonido") {
      if (await activateSonido()) play([784, 988, 1318], { cada: 0, volumen: 0.6 });
      navigator.vibrate?.([200, 100, 200]);
      this.hub.tell("sound", sounds());
      this.#cambio();
    } else if (accion === "ubicacion")
      this.#want(!this.ubicacion.quiere || this.ubicacion.estado === "bloqueada");
    else if (accion === "ayuda") this.#requestAyuda();
    else if (accion === "avisos") {
      await this.avisos
        .change()
        .catch(() => notify("No se pudo cambiar. Probá de nuevo con señal.", { error: true }));
      this.#cambio();
    } else if (accion === "pantalla") {
      this.pantalla.want(!this.pantalla.quiere);
      remember("pantalla", this.pantalla.quiere);
      this.#drawMas();
    } else if (accion === "instalar") await this.instalar.install();
    else if (accion === "actualizar") await this.#update();
  }

  #want(si) {
    remember(`ubicacion-${this.yo.id}`, si);
    this.ubicacion.want(si);
  }

  async #update() {
    try {
      await this.linea.secuencia.catchUp();
      await (await this.registro)?.update();
      notify("Estás al día.");
    } catch {
      notify("Sin señal: probá de nuevo.", { error: true });
    }
  }

  #newVersion(update) {
    const show = () =>
      this.fijos.aviso("Hay una versión nueva.", false, {
        clave: "version",
        accion: "Actualizar",
        onTap,
        entendido: "Después",
      });
    const onTap = () => {
      // What is unsent was written by this version.
      if (!this.envios.pendientes) return update();
      notify("Se actualiza cuando esté todo enviado.", { error: true });
      show();
    };
    show();
  }

  #cambio() {
    if (this.#viendoMas) this.#drawMas();
    if (this.presentado) this.permisos.report();
  }
}
