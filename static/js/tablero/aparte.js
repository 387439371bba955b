// Brings static/js/aparte.js, a bundle of its own, when something of it is first asked for.
import { notify } from "../page/avisos.js";
import { mensajeDe, SinRed } from "../stream/requests.js";

const { aparte: url } = document.querySelector("[data-tablero]").dataset;
let viene = null;

/** Its parts. Rejects with SinRed without a line; the next call tries again. */
export function aparte() {
  viene ??= import(url).catch((error) => {
    viene = null;
    throw new SinRed("No vino una parte de la página.", { cause: error });
  });
  return viene;
}

/** Something that is done with its parts, `perform(partes, …)`; what goes wrong is said, and the console has what is ours. */
export function withAparte(perform) {
  return async (...con) => {
    try {
      return await perform(await aparte(), ...con);
    } catch (error) {
      notify(mensajeDe(error), { error: true });
      if (!error.sinRed && !error.cuerpo) reportError(error);
    }
  };
}
