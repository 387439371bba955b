// This phone's own part: its permissions, its position, its screen, its place on the home screen, its version.
import { avisar } from "../page/avisos.js";
import { nuevaClave } from "../page/clave.js";
import { pedir } from "../stream/requests.js";
import { activarSonido, prepararSonido, suena, tocar } from "../page/sonido.js";
import { Avisos } from "./avisos.js";
import { A_MANO, Instalar } from "./instalar.js";
import { Mas } from "./mas.js";
import { Pantalla } from "./pantalla.js";
import { recordar, recuerdo } from "./recuerdo.js";
import { Ubicacion } from "./ubicacion.js";
import { quedarInstalada } from "./version.js";

export class Telefono {
  /**
   * @param {object} parts
   * @param {object} parts.yo
   * @param {string} parts.version of the page
   * @param {object} parts.problemas their storage
   * @param {import("./franja.js").Franja} parts.franja
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {() => string} parts.central its telephone
   * @param {() => number} parts.adelanto ms in which the server's clock is ahead
   * @param {(punto: object) => void} parts.mandarUbicacion
   * @param {(dicho: {telefono: string, responde: boolean}) => void} parts.decirTelefono to this person's other phones
   * @param {() => number} parts.pendientes how much is unsent
   * @param {() => Promise<void>} parts.ponerseAlDia
   */
  constructor(parts) {
    Object.assign(this, parts, { turno: false, dicho: "", principal: true });
    this.id = recuerdo("telefono") ?? nuevaClave();
    recordar("telefono", this.id);
    const alCambiar = () => this.#cambio();
    this.ubicacion = new Ubicacion({
      mandar: (punto) => this.principal && this.mandarUbicacion(punto),
      alCambiar,
      adelanto: parts.adelanto,
      quiere: recuerdo(`ubicacion-${parts.yo.id}`),
    });
    this.pantalla = new Pantalla(recuerdo("pantalla", true));
    this.instalar = new Instalar(alCambiar);
    this.avisos = new Avisos(document.querySelector("[data-clave]")?.dataset.clave);
    const { yo, problemas, central } = parts;
    this.mas = new Mas({
      yo,
      problemas,
      central,
      alAvisar: alCambiar,
      ubicacion: this.ubicacion,
      pantalla: this.pantalla,
      instalar: this.instalar,
      avisos: this.avisos,
    });
    this.mas.parte.mNavegar.addEventListener("change", (event) =>
      recordar("navegar", event.target.value),
    );
  }

  /** The page is live: what may wait until then. The server may have been renewed while the line was cut. */
  async enLinea({ reconectada = false } = {}) {
    if (this.presentado) this.#reportar();
    if (reconectada && this.registro)
      this.registro.then((registro) => registro?.update()).catch(() => {});
    (globalThis.requestIdleCallback ?? setTimeout)(prepararSonido);
    await (this.presentado ? this.#otro() : this.#reportar(true));
    this.presentado = true;
    if (reconectada && this.principal) this.decirTelefono({ telefono: this.id, responde: false });
    if (this.registro) return;
    this.registro = quedarInstalada({
      version: this.version,
      alHaberNueva: (actualizar) => this.#hayNueva(actualizar),
    });
    this.avisos.seguir().then(
      () => this.#cambio(),
      () => {},
    );
  }

  /** After each change of the day. */
  poner({ turno, enCamino, viendoMas }) {
    this.turno = turno;
    this.ubicacion.poner({ turno, enCamino });
    this.pantalla.mantener(enCamino);
    this.viendoMas = viendoMas;
    if (viendoMas) this.#pintarMas();
  }

  /** Since when help is asked for; null when it is not. */
  get #ayuda() {
    return recuerdo(`ayuda-${this.yo.id}`);
  }

  #pintarMas() {
    this.mas.ayuda(this.#ayuda, this.dicho.includes('"ayuda"'));
    return this.mas.pintar();
  }

  /** Marks this repartidor on the board and calls, once they said that they mean it; or takes the mark away. */
  async #pedirAyuda() {
    const pide = !this.#ayuda;
    if (pide && !(await this.mas.confirmarAyuda())) return;
    recordar(`ayuda-${this.yo.id}`, pide ? new Date().toISOString() : null);
    if (pide) this.mas.llamar();
    this.#cambio();
  }

  /** "Salgo para allá" was pressed: the moment to ask for the position, once, with its reason. */
  salio() {
    if (!this.ubicacion.porPreguntar) return;
    const accion = {
      clave: "ubicacion",
      accion: "Prender ubicación",
      alTocar: () => this.#querer(true),
      entendido: "Ahora no",
      alCerrar: () => this.#querer(false),
    };
    this.fijos.aviso(
      "¿Prendés la ubicación? Sólo durante el turno, para avisarle al cliente cuánto falta.",
      false,
      accion,
    );
  }

  /** Something was delivered: the moment to offer the home screen. */
  entrego() {
    if (!this.instalar.tocaOfrecer()) return;
    const porque = "Instalá Ticketera: abre más rápido y funciona sin señal.";
    if (this.instalar.como === "a-mano")
      this.fijos.aviso(`${porque} ${A_MANO}`, false, { clave: "instalar" });
    else
      this.fijos.aviso(porque, false, {
        clave: "instalar",
        accion: "Instalar",
        alTocar: () => this.instalar.instalar(),
        entendido: "Ahora no",
      });
  }

  /** Something was refused for good: the central sees that there is something. */
  conProblema() {
    this.#cambio();
  }

  /** A button of "Más". */
  async tocar(accion) {
    if (accion === "probar-sonido") {
      if (await activarSonido()) tocar([784, 988, 1318], { cada: 0, volumen: 0.6 });
      navigator.vibrate?.([200, 100, 200]);
      this.franja.sonido(suena());
      this.#cambio();
    } else if (accion === "ubicacion")
      this.#querer(!this.ubicacion.quiere || this.ubicacion.estado === "bloqueada");
    else if (accion === "ayuda") this.#pedirAyuda();
    else if (accion === "avisos") {
      await this.avisos
        .cambiar()
        .catch(() => avisar("No se pudo cambiar. Probá de nuevo con señal.", { error: true }));
      this.#cambio();
    } else if (accion === "pantalla") {
      this.pantalla.querer(!this.pantalla.quiere);
      recordar("pantalla", this.pantalla.quiere);
      this.#pintarMas();
    } else if (accion === "instalar") await this.instalar.instalar();
    else if (accion === "actualizar") await this.#actualizar();
  }

  #querer(si) {
    recordar(`ubicacion-${this.yo.id}`, si);
    this.ubicacion.querer(si);
  }

  async #actualizar() {
    try {
      await this.ponerseAlDia();
      await (await this.registro)?.update();
      avisar("Estás al día.");
    } catch {
      avisar("Sin señal: probá de nuevo.", { error: true });
    }
  }

  #hayNueva(actualizar) {
    const mostrar = () =>
      this.fijos.aviso("Hay una versión nueva.", false, {
        clave: "version",
        accion: "Actualizar",
        alTocar,
        entendido: "Después",
      });
    const alTocar = () => {
      // What is unsent was written by this version.
      if (!this.pendientes()) return actualizar();
      avisar("Se actualiza cuando esté todo enviado.", { error: true });
      mostrar();
    };
    mostrar();
  }

  #cambio() {
    if (this.viendoMas) this.#pintarMas();
    if (this.presentado) this.#reportar();
  }

  /** Says what this phone may do, where it has not said so already. */
  async #reportar(siempre = false) {
    const ubicacion =
      { encendida: "si", bloqueada: "bloqueado", "no-hay": "no_hay" }[this.ubicacion.estado] ??
      (this.ubicacion.quiere ? "si" : "no");
    const problemas = (await this.problemas.todos()).length;
    const permisos = {
      sonido: suena() ? "si" : "no",
      ubicacion,
      instalada: this.instalar.instalada,
      version: this.version,
      telefono: this.id,
      problemas,
    };
    if (this.avisos.clave)
      permisos.avisos = {
        encendidos: "si",
        apagados: "no",
        bloqueados: "bloqueado",
        "no-hay": "no_hay",
      }[this.avisos.estado];
    if (this.#ayuda) permisos.ayuda = true;
    const dicho = JSON.stringify(permisos);
    if (!siempre && (dicho === this.dicho || !this.principal)) return;
    try {
      await pedir("POST", "/api/permisos", permisos);
      this.dicho = dicho;
      this.principal = true;
      if (this.viendoMas) this.#pintarMas();
    } catch {
      // Said again with the next change.
    }
  }

  /** Another phone has this person's day, and says so: the newer one by itself, the other in answer. Both are told. */
  oirTelefono({ telefono, responde }) {
    if (telefono === this.id) return;
    if (!responde) this.decirTelefono({ telefono: this.id, responde: true });
    this.principal = responde;
    this.#avisarOtro();
  }

  /** Whether the same person has gone on with another phone. */
  async #otro() {
    const { telefono } = await pedir("GET", "/api/permisos").catch(() => ({ telefono: this.id }));
    this.principal = !telefono || telefono === this.id;
    if (this.principal) this.fijos.quitar("otro-telefono");
    else this.#avisarOtro();
  }

  #avisarOtro() {
    if (!this.turno) return;
    const clave = "otro-telefono";
    const seguir = async () => {
      await this.#reportar(true);
      this.decirTelefono({ telefono: this.id, responde: false });
    };
    const dicho =
      "Tenés el turno abierto en otro teléfono. Lo que hagas se ve en los dos; la ubicación la manda";
    if (this.principal) this.fijos.aviso(`${dicho} este.`, false, { clave });
    else
      this.fijos.aviso(`${dicho} el otro.`, false, {
        clave,
        accion: "Seguir acá",
        alTocar: seguir,
      });
  }
}
