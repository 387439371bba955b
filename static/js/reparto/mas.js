// The tab "Más": what this phone may do and how to get it back, what has problems, whom to call, how to leave.
import { contactoDe } from "../stream/contactos.js";
import { hora } from "../words/formats.js";
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { sounds } from "../page/sonido.js";
import { A_MANO } from "./instalar.js";
import { avisoA, inWords } from "./problemas.js";
import { recuerdo } from "./recuerdo.js";

const UBICACION = {
  encendida: "Encendida: la ve la central, sólo durante el turno.",
  apagada: "Apagada.",
  bloqueada:
    "Bloqueada. Para prenderla: tocá el candado junto a la dirección, Permisos, Ubicación, Permitir.",
  "no-hay": "Este navegador no la da. Hace falta entrar por https.",
};

const AVISOS = {
  encendidos: "Encendidos: suena cuando entra un ticket.",
  apagados: "Apagados.",
  bloqueados:
    "Bloqueados. Para prenderlos: tocá el candado junto a la dirección, Permisos, Notificaciones, Permitir.",
  "no-hay": "Este navegador no los da.",
};

/** Whether the screen is kept on: what is said of it, and what its button does. */
const PANTALLA = {
  true: ["Queda encendida mientras estás en camino.", "Dejar que se apague"],
  false: ["Se apaga sola.", "Mantener encendida"],
  "no-puede": ["Este navegador no la deja encendida: subí el tiempo de bloqueo del teléfono.", ""],
};

export class Mas {
  /**
   * @param {object} parts
   * @param {Json} parts.yo
   * @param {Json} parts.problemas their storage
   * @param {import("./central.js").Central} parts.central
   * @param {import("./ubicacion.js").Ubicacion} parts.ubicacion
   * @param {import("./pantalla.js").Pantalla} parts.pantalla
   * @param {import("./instalar.js").Instalar} parts.instalar
   * @param {import("./avisos.js").Avisos} parts.avisos
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ yo, problemas, central, ubicacion, pantalla, instalar, avisos, hub }) {
    this.problemas = problemas;
    this.central = central;
    this.ubicacion = ubicacion;
    this.pantalla = pantalla;
    this.instalar = instalar;
    this.avisos = avisos;
    this.hub = hub;
    this.parte = fields(document.querySelector("[data-campo=vistaMas]"));
    setText(this.parte.mQuien, yo.nombre);
  }

  async draw() {
    const { parte, ubicacion, pantalla, instalar } = this;
    setText(parte.mSonido, sounds() ? "Anda." : "Apagado: tocá Probar sonido.");
    setText(
      parte.mUbicacion,
      ubicacion.estado === "apagada" && ubicacion.quiere && !ubicacion.turno
        ? "Se prende con el turno."
        : UBICACION[ubicacion.estado],
    );
    setText(
      parte.mUbicacionBoton,
      ubicacion.quiere && ubicacion.estado !== "bloqueada" ? "Apagar" : "Prender",
    );
    parte.mUbicacionBoton.hidden = ubicacion.estado === "no-hay";
    const [dicho, boton] = PANTALLA[pantalla.puede ? String(Boolean(pantalla.quiere)) : "no-puede"];
    setText(parte.mPantalla, dicho);
    setText(parte.mPantallaBoton, boton);
    if (parte.mAvisos) {
      const { estado } = this.avisos;
      setText(
        parte.mAvisos,
        estado === "no-hay" && instalar.como === "a-mano"
          ? `En este teléfono hace falta instalarla. ${A_MANO}`
          : AVISOS[estado],
      );
      setText(parte.mAvisosBoton, { encendidos: "Apagar", apagados: "Prender" }[estado]);
    }
    setText(
      parte.mInstalada,
      {
        ya: "Sí.",
        boton: "No. Instalada abre más rápido y funciona sin señal.",
        "a-mano": `No. ${A_MANO}`,
        no: "No. Se instala desde el menú del navegador.",
      }[instalar.como],
    );
    parte.mInstalar.hidden = instalar.como !== "boton";
    parte.mNavegar.value = recuerdo("navegar", "");
    const central = await contactoDe(this.central.politica.central ?? "");
    parte.mCentral.hidden = !central.llamar;
    if (central.llamar) setAttribute(parte.mCentral, "href", `tel:${central.llamar}`);
    await this.#problemas(central);
  }

  /** "Necesito ayuda", or since when it is asked for; `sabida` when the central was told. */
  ayuda(desde, sabida) {
    const { parte } = this;
    setText(parte.mAyuda, desde ? "Ya no necesito ayuda" : "Necesito ayuda");
    const visto = sabida
      ? "La central lo ve en el tablero."
      : "Sin señal: el tablero lo dice cuando vuelva.";
    setText(parte.mAyudaDicho, desde ? `Pediste ayuda a las ${hora(desde)}. ${visto}` : "");
  }

  /** One tap is soon done by a thumb that wanted something else. */
  confirmAyuda() {
    const hoja = document.getElementById("hoja-ayuda");
    fields(hoja).ayudaLlama.hidden = this.parte.mCentral.hidden;
    return new Promise((resolve) => {
      hoja.returnValue = "";
      hoja.onclose = () => resolve(hoja.returnValue === "si");
      hoja.showModal();
    });
  }

  /** Calls the central, where it has a telephone. */
  llamar() {
    if (!this.parte.mCentral.hidden) location.href = this.parte.mCentral.href;
  }

  async #problemas(central) {
    const todos = await this.problemas.todos();
    this.parte.mProblemas.hidden = todos.length === 0;
    this.parte.mProblemasLista.replaceChildren(...todos.map((uno) => this.#problema(uno, central)));
  }

  #problema(uno, central) {
    const caja = clone("problema");
    const suyo = fields(caja);
    setText(suyo.texto, inWords(uno));
    const enlace = avisoA(central, uno);
    suyo.avisar.hidden = !enlace;
    if (enlace) setAttribute(suyo.avisar, "href", enlace);
    suyo.avisado.addEventListener("click", async () => {
      await this.problemas.remove(uno.n);
      this.hub.tell("permisos");
    });
    return caja;
  }
}
