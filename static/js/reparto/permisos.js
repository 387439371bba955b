// What the central was told of this phone, and whether it is the one that the person goes on with: of several the others
// are silent.
import { newClave } from "../page/clave.js";
import { sounds } from "../page/sonido.js";
import { request } from "../stream/requests.js";
import { remember, recuerdo } from "./recuerdo.js";

export class Permisos {
  /**
   * @param {object} parts
   * @param {Json} parts.yo
   * @param {string} parts.version of the page
   * @param {Json} parts.problemas their storage
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./turno.js").Turno} parts.turno
   * @param {import("./linea.js").Linea} parts.linea
   * @param {import("./ubicacion.js").Ubicacion} parts.ubicacion
   * @param {import("./instalar.js").Instalar} parts.instalar
   * @param {import("./avisos.js").Avisos} parts.avisos
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ yo, version, problemas, fijos, turno, linea, ubicacion, instalar, avisos, hub }) {
    this.yo = yo;
    this.version = version;
    this.problemas = problemas;
    this.fijos = fijos;
    this.turno = turno;
    this.linea = linea;
    this.ubicacion = ubicacion;
    this.instalar = instalar;
    this.avisos = avisos;
    this.hub = hub;
    /** What the server was told. */
    this.dicho = "";
    this.principal = true;
    this.id = recuerdo("telefono") ?? newClave();
    remember("telefono", this.id);
    hub.on("ubicacion", (punto) => this.principal && linea.volatile("ubicacion", punto));
    hub.on("telefono", (dicho) => this.#hearTelefono(dicho));
  }

  /** Since when help is asked for; null when it is not. */
  get ayuda() {
    return recuerdo(`ayuda-${this.yo.id}`);
  }

  /** Whether the central knows that help is asked for. */
  get ayudaDicha() {
    return this.dicho.includes('"ayuda"');
  }

  /** Help is needed (from now on), or no more. */
  askAyuda(pide) {
    remember(`ayuda-${this.yo.id}`, pide ? new Date().toISOString() : null);
  }

  /** Says what this phone may do, where it has not said so already. */
  async report(siempre = false) {
    const ubicacion =
      { encendida: "si", bloqueada: "bloqueado", "no-hay": "no_hay" }[this.ubicacion.estado] ??
      (this.ubicacion.quiere ? "si" : "no");
    const problemas = (await this.problemas.todos()).length;
    /** @type {Json} */
    const permisos = {
      sonido: sounds() ? "si" : "no",
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
    if (this.ayuda) permisos.ayuda = true;
    const dicho = JSON.stringify(permisos);
    if (!siempre && (dicho === this.dicho || !this.principal)) return;
    try {
      await request("POST", "/api/permisos", permisos);
      this.dicho = dicho;
      this.principal = true;
      this.hub.tell("draw");
    } catch {
      // Said again with the next change.
    }
  }

  /** Another phone has this person's day, and says so: the newer one by itself, the other in answer. Both are told. */
  #hearTelefono({ telefono, responde }) {
    if (telefono === this.id) return;
    if (!responde) this.say(true);
    this.principal = responde;
    this.#notifyOther();
  }

  /** To the other phones. */
  say(responde = false) {
    this.linea.emit("telefono", { telefono: this.id, responde });
  }

  /** Whether the same person has gone on with another phone. */
  async review() {
    const { telefono } = await request("GET", "/api/permisos").catch(() => ({ telefono: this.id }));
    this.principal = !telefono || telefono === this.id;
    if (this.principal) this.fijos.remove("otro-telefono");
    else this.#notifyOther();
  }

  #notifyOther() {
    if (!this.turno.abierto) return;
    const clave = "otro-telefono";
    const follow = async () => {
      await this.report(true);
      this.say();
    };
    const dicho =
      "Tenés el turno abierto en otro teléfono. Lo que hagas se ve en los dos; la ubicación la manda";
    if (this.principal) this.fijos.aviso(`${dicho} este.`, false, { clave });
    else
      this.fijos.aviso(`${dicho} el otro.`, false, {
        clave,
        accion: "Seguir acá",
        onTap: follow,
      });
  }
}
