// Where the phone is: only in turno, only while the page is seen, and no more often than somebody needs it.

const MOVIENDOSE_MS = 5_000;
const QUIETO_MS = 60_000;
const QUIETO_M = 25;
const POCA_BATERIA = 0.2;
const NO_PUEDE = 1; // GeolocationPositionError.PERMISSION_DENIED

/**
 * Whether a point is worth sending after the last one sent. Pure.
 * @param {{lat: number, lng: number, en: number} | null} ultimo
 * @param {{lat: number, lng: number, en: number}} punto
 * @param {number} [bateria] 0 to 1
 */
export function conviene(ultimo, punto, bateria = 1) {
  if (!ultimo) return true;
  const cada =
    bateria < POCA_BATERIA || metros(ultimo, punto) < QUIETO_M ? QUIETO_MS : MOVIENDOSE_MS;
  return punto.en - ultimo.en >= cada;
}

/** Between two points of a town: flat is near enough. */
export function metros(a, b) {
  const grado = 111_320;
  return Math.hypot(
    (a.lat - b.lat) * grado,
    (a.lng - b.lng) * grado * Math.cos((a.lat * Math.PI) / 180),
  );
}

export class Ubicacion {
  /**
   * @param {object} parts
   * @param {import("./reloj.js").Reloj} parts.reloj
   * @param {boolean | null} parts.quiere what the person said; null: not asked yet
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ reloj, quiere = null, hub }) {
    this.reloj = reloj;
    this.quiere = quiere;
    this.hub = hub;
    this.turno = false;
    this.enCamino = false;
    this.mira = null;
    this.tic = null;
    this.ultimo = null;
    this.bateria = null;
    this.estado = navigator.geolocation ? "apagada" : "no-hay";
    navigator.getBattery?.().then(
      (bateria) => (this.bateria = bateria),
      () => {},
    );
    document.addEventListener("visibilitychange", () => this.#review());
  }

  /** Whether the person is still to be asked. */
  get toAsk() {
    return this.quiere === null && this.estado === "apagada";
  }

  /** Yes or no, as the person said. */
  want(si) {
    this.quiere = si;
    if (si && this.estado === "bloqueada") this.estado = "apagada";
    this.#review();
    this.hub.tell("permisos");
  }

  /** What the position depends on. */
  put({ turno, enCamino }) {
    const cambia = enCamino !== this.enCamino;
    this.turno = turno;
    this.enCamino = enCamino;
    // On the way it has to be exact.
    if (cambia && this.mira !== null) this.#leave();
    this.#review();
  }

  #review() {
    const debe =
      this.quiere === true &&
      this.turno &&
      !document.hidden &&
      this.estado !== "bloqueada" &&
      this.estado !== "no-hay";
    if (debe && this.mira === null) this.#watch();
    else if (!debe && this.mira !== null) this.#leave();
    if (!debe && this.estado === "encendida" && !document.hidden) this.#say("apagada");
  }

  #watch() {
    const como = { enableHighAccuracy: this.enCamino, maximumAge: 5_000, timeout: 30_000 };
    const [bien, mal] = [
      (lugar) => this.#punto(lugar),
      (error) => error.code === NO_PUEDE && this.#bloqueada(),
    ];
    this.mira = navigator.geolocation.watchPosition(bien, mal, como);
    // Who stands still is told of by nobody: asked for once a minute.
    this.tic = setInterval(
      () =>
        Date.now() - (this.ultimo?.en ?? 0) >= QUIETO_MS &&
        navigator.geolocation.getCurrentPosition(bien, mal, como),
      QUIETO_MS,
    );
  }

  #leave() {
    navigator.geolocation.clearWatch(this.mira);
    clearInterval(this.tic);
    this.mira = null;
  }

  #bloqueada() {
    this.#leave();
    this.#say("bloqueada");
  }

  #punto({ coords, timestamp }) {
    this.#say("encendida");
    const punto = { lat: coords.latitude, lng: coords.longitude, en: timestamp };
    if (!conviene(this.ultimo, punto, this.bateria?.level)) return;
    this.ultimo = punto;
    this.hub.tell("ubicacion", {
      ...punto,
      precision_m: Math.round(coords.accuracy),
      en: new Date(timestamp + this.reloj.adelanto).toISOString(),
    });
  }

  #say(estado) {
    if (this.estado === estado) return;
    this.estado = estado;
    this.hub.tell("permisos");
  }
}
