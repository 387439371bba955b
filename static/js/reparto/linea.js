// The phone's line to the server: what comes over it, in order, and what is said over it at once.
import { connect } from "../stream/live.js";
import { request, SinRed } from "../stream/requests.js";
import { follow } from "../stream/sequence.js";

/** ms until what carries it is asked for again. */
const OTRA_VEZ_MS = 5_000;
/** ms until what was said counts as not heard. */
const SIN_ACUSE_MS = 8_000;

export class Linea {
  /** @type {ReturnType<typeof connect> | null} */
  #socket = null;

  /**
   * @param {object} parts
   * @param {Json} parts.datos the page's
   * @param {import("./novedades.js").Novedades} parts.novedades
   * @param {import("./diario.js").Diario} parts.diario
   * @param {import("./sesion.js").Sesion} parts.sesion
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ datos, novedades, diario, sesion, hub }) {
    this.usuario = datos.yo.id;
    this.diario = diario;
    this.sesion = sesion;
    this.hub = hub;
    this.secuencia = follow({
      epoca: datos.reparto.epoca,
      seq: datos.reparto.seq,
      pull: (epoca, desde) =>
        request("GET", `/api/novedades?epoca=${encodeURIComponent(epoca)}&desde=${desde}`),
      apply: (novedad) => novedades.apply(novedad),
      replace(foto) {
        novedades.replace(foto.tickets);
        hub.tell("draw");
      },
      upToDate: async (hasta) => {
        hub.tell("upToDate");
        // The server may count on what this phone says it has: it is on the disk first.
        await diario.save();
        this.volatile("recibido", hasta);
      },
    });
    hub.on("catchUp", () => this.secuencia.catchUp().catch(() => {}));
  }

  /** From now on it is live, whenever there is a line. */
  async open() {
    const { secuencia, usuario, hub } = this;
    const { io } = await this.#bring();
    this.#socket = connect({
      io,
      secuencia,
      usuario,
      otros: {
        ofertas: () => hub.tell("ofertas"),
        telefono: (dicho) => hub.tell("telefono", dicho),
        pulso: ({ seq }) => seq === secuencia.seq && hub.tell("upToDate"),
      },
      linea: (estado) => this.#es(estado),
    });
  }

  /** A script of its own, static/js/socket.js: asked for until it is here. */
  async #bring() {
    const { href } = document.querySelector("[data-socket]");
    for (let vez = 0; ; vez += 1) {
      try {
        // A browser may not ask again for what did not come; by another name it does.
        return await import(vez ? `${href}#${vez}` : href);
      } catch {
        this.#es("sin-linea");
        await networkOr(OTRA_VEZ_MS);
      }
    }
  }

  get connected() {
    return Boolean(this.#socket?.connected);
  }

  /** Says something now, or never. */
  emit(que, dato) {
    if (this.connected) this.#socket.emit(que, dato);
  }

  /** The same, of what is soon said anew. */
  volatile(que, dato) {
    this.#socket?.volatile.emit(que, dato);
  }

  /** Resolves when the server has heard it. */
  async say(que, dato) {
    if (!this.connected) throw new SinRed();
    await this.#socket.timeout(SIN_ACUSE_MS).emitWithAck(que, dato);
  }

  #es(estado) {
    const { secuencia, hub } = this;
    if (estado === "sin-sesion") this.sesion.close();
    hub.tell("line", estado);
    if (estado !== "en-linea") return;
    hub.tell("upToDate");
    hub.tell("connected");
    this.diario
      .save()
      .then(() => this.emit("recibido", { epoca: secuencia.epoca, seq: secuencia.seq }));
  }
}

/** Resolves when the browser has a network again, or after so long. */
function networkOr(ms) {
  const signal = AbortSignal.timeout(ms);
  return new Promise((resolve) => {
    signal.onabort = resolve;
    addEventListener("online", resolve, { once: true, signal });
  });
}
