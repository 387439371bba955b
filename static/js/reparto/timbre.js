// Rings for new tickets until somebody presses "Visto": sound where it is allowed, vibration where there is any.
import { play } from "../page/sonido.js";

const CADA_MS = 4_000;
const SEGUIDO_MS = 30_000;
const RONDAS = 3;
const ENTRE_RONDAS_MS = 60_000;

export class Timbre {
  #tic = null;

  /** Starts ringing, or goes on. */
  ring() {
    if (this.#tic === null) this.#ronda(0, 0);
  }

  hush() {
    clearTimeout(this.#tic);
    this.#tic = null;
    vibrate(0);
  }

  #ronda(ronda, lleva) {
    play([784, 988, 1318], { cada: 1_000, volumen: 0.6 });
    vibrate([200, 100, 200, 100, 400]);
    const sigue = lleva + CADA_MS < SEGUIDO_MS;
    if (!sigue && ronda + 1 > RONDAS) return;
    this.#tic = setTimeout(
      () => this.#ronda(sigue ? ronda : ronda + 1, sigue ? lleva + CADA_MS : 0),
      sigue ? CADA_MS : ENTRE_RONDAS_MS,
    );
  }
}

/** Browsers vibrate only after somebody touched the page, and iOS never. */
function vibrate(pulsos) {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pulsos);
}

/** Once, for something that was taken away or refused. */
export function shake() {
  play([440, 330], { cada: 1_000, volumen: 0.5 });
  vibrate(400);
}
