// Notices while the screen is off: a push service wakes sw.js with a ticket's id. Only where the server has a key for it.
import { request } from "../stream/requests.js";
import { remember, recuerdo } from "./recuerdo.js";

export class Avisos {
  /** @param {string | undefined} clave the server's public key; this phone remembers the one it asked with, as its yes */
  constructor(clave) {
    this.clave = clave;
  }

  get estado() {
    if (!navigator.serviceWorker || !globalThis.PushManager || !globalThis.Notification)
      return "no-hay";
    if (Notification.permission === "denied") return "bloqueados";
    return Notification.permission === "granted" && recuerdo("avisos") === this.clave
      ? "encendidos"
      : "apagados";
  }

  /** Once a page: they end with the session, and this may be the next one, or somebody else's. */
  async follow() {
    if (
      this.clave &&
      recuerdo("avisos") &&
      this.estado !== "no-hay" &&
      Notification.permission === "granted"
    )
      await this.#switchOn();
  }

  /** The button, and so the moment to ask for the permission. */
  async change() {
    if (this.estado === "encendidos") await this.#switchOff();
    else if ((await Notification.requestPermission()) === "granted") await this.#switchOn();
  }

  async #switchOn() {
    const { pushManager } = await navigator.serviceWorker.ready;
    let suya = await pushManager.getSubscription();
    if (suya && recuerdo("avisos") !== this.clave) suya = (await suya.unsubscribe(), null);
    suya ??= await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: this.clave,
    });
    const { endpoint, keys } = suya.toJSON();
    await request("POST", "/api/avisos", {
      endpoint,
      claves: { p256dh: keys.p256dh, auth: keys.auth },
    });
    remember("avisos", this.clave);
  }

  async #switchOff() {
    remember("avisos", null);
    const { pushManager } = await navigator.serviceWorker.ready;
    const suya = await pushManager.getSubscription();
    if (!suya) return;
    await suya.unsubscribe();
    // Without signal the push service says it, with the next ticket.
    await request("DELETE", "/api/avisos", { endpoint: suya.endpoint }).catch(() => {});
  }
}
