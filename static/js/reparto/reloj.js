// The server's time on this phone, whatever is done to the phone's clock: how far it is off is learned from the server, and
// measured against the browser's own count of what passes, which nobody can set. Pure: both are given.

/** A clock that is further off than this is wrong, and not only read late. */
const MAL_MS = 30_000;
const SALTO_MS = 2_000;
/** What a clock that was put right may seem off by, for a phone that slept meanwhile does not count that. */
const SIESTA_MS = 10 * 60_000;

export class Reloj {
  /**
   * @param {object} parts
   * @param {number} parts.adelanto ms in which the server's clock is ahead of this one
   * @param {{adelanto: number, pared: number} | null} [parts.antes] instead: what an earlier page knew, and its clock then
   * @param {() => number} [parts.pared] the phone's clock
   * @param {() => number} [parts.pasa] ms that pass, perhaps not while the phone sleeps
   * @param {() => void} [parts.onChange] told when the clock was set, or the server says otherwise
   */
  constructor({
    adelanto,
    antes = null,
    pared = () => Date.now(),
    pasa = () => performance.now(),
    onChange = () => {},
  }) {
    this.adelanto = antes?.adelanto ?? adelanto;
    this.pared = pared;
    this.pasa = pasa;
    this.onChange = onChange;
    this.durmio = false;
    if (antes) {
      this.#salto(pared() - antes.pared, true);
    }
    this.#anchor();
  }

  /** The server's time now (ms). */
  ahora() {
    this.review();
    return this.pared() + this.adelanto;
  }

  /** The page is out of sight: from now on the phone may sleep, or somebody set its clock. */
  mayHaveSlept() {
    this.review();
    this.durmio = true;
  }

  /** Looks whether the clock was set since the last look. */
  review(oculta = this.durmio) {
    const salto = this.pared() - this.ancla.pared - (this.pasa() - this.ancla.pasa);
    const durmio = this.durmio;
    this.durmio = oculta;
    this.#anchor();
    if (Math.abs(salto) > SALTO_MS && this.#salto(salto, durmio)) this.onChange();
  }

  /** The server said what time it is. */
  learn(servidor) {
    this.review();
    const visto = servidor - this.pared();
    if (Math.abs(visto - this.adelanto) <= MAL_MS) return;
    this.adelanto = visto;
    this.onChange();
  }

  /** What the next page goes on with. */
  toSave() {
    this.review();
    return { adelanto: this.adelanto, pared: this.ancla.pared };
  }

  #anchor() {
    this.ancla = { pared: this.pared(), pasa: this.pasa() };
  }

  /** The clock went further (or back) than what passed: it was set, unless the phone slept. */
  #salto(ms, durmio) {
    const nuevo = this.adelanto - ms;
    if (!durmio) this.adelanto = nuevo;
    // Nobody sleeps just as long as their clock was slow: it was put right.
    else if (Math.abs(this.adelanto) > SIESTA_MS && Math.abs(nuevo) < SIESTA_MS) this.adelanto = 0;
    else if (ms < -SALTO_MS) this.adelanto = nuevo;
    else return false;
    return true;
  }
}
