// Two short notes from the browser's own synthesizer. Browsers allow sound only after somebody pressed something.

let audio = null;
let ultimo = 0;

/** Makes what will sound, ahead of the tap that lets it: a slow phone takes longer for it than a tap may. */
export function prepareSonido() {
  audio ??= new (globalThis.AudioContext ?? globalThis.webkitAudioContext)();
}

/** Call inside a click. */
export async function activateSonido() {
  prepareSonido();
  await audio.resume();
  return sounds();
}

/** Whether a sound would be heard now. */
export function sounds() {
  return audio?.state === "running";
}

/**
 * Plays notes (Hz) one after the other, at most once in `cada` milliseconds.
 * @returns {boolean} whether it sounded
 */
export function play(notas = [880, 1174], { cada = 3_000, volumen = 0.25 } = {}) {
  if (!sounds() || Date.now() - ultimo < cada) return false;
  ultimo = Date.now();
  notas.forEach((nota, indice) => {
    const desde = audio.currentTime + indice * 0.18;
    const tono = audio.createOscillator();
    const fuerza = audio.createGain();
    tono.frequency.value = nota;
    fuerza.gain.setValueAtTime(0.0001, desde);
    fuerza.gain.exponentialRampToValueAtTime(volumen, desde + 0.02);
    fuerza.gain.exponentialRampToValueAtTime(0.0001, desde + 0.17);
    tono.connect(fuerza).connect(audio.destination);
    tono.start(desde);
    tono.stop(desde + 0.18);
  });
  return true;
}
