// JSON to and from our own server. Failures come in two kinds, and callers treat them differently:
// SinRed (nobody knows whether it arrived) and Rechazo (the server answered no).

/** No answer: no network, the server away, or too slow. The same request may be sent again. */
export class SinRed extends Error {
  sinRed = true;
}

/** The server answered with an error; `cuerpo` is its problem+json. */
export class Rechazo extends Error {
  constructor(status, cuerpo) {
    super(cuerpo.detail ?? cuerpo.error ?? `El servidor respondió ${status}.`);
    this.status = status;
    this.codigo = cuerpo.codigo;
    this.cuerpo = cuerpo;
  }
}

const suyo = {};
/** @type {(servidor: number) => void} */
let onHear = () => {};

/** From now on `hear` is told what time it is for the server (ms, as exact as the line is fast) by each of its answers. */
export function hearHora(hear) {
  onHear = hear;
}

/** From now on every request says whose page this is: with somebody else's cookie it is a 401. */
export function identify(usuarioId) {
  suyo["X-Usuario"] = String(usuarioId);
}

/**
 * Sends a request and reads its JSON.
 *
 * @param {string} metodo
 * @param {string} url
 * @param {Json | Blob} [datos] body; a Blob goes as it is
 * @param {{espera?: number}} [opciones] milliseconds until it counts as unanswered
 */
export async function request(metodo, url, datos, { espera = 15_000 } = {}) {
  let respuesta;
  let cuerpo;
  const crudo = datos instanceof Blob;
  /** @type {any} */
  const body = datos === undefined || crudo ? datos : JSON.stringify(datos);
  try {
    respuesta = await fetch(url, {
      method: metodo,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...suyo,
        ...(datos === undefined ? {} : { "Content-Type": crudo ? datos.type : "application/json" }),
      },
      body,
      signal: AbortSignal.timeout(espera),
    });
    const fecha = Date.parse(respuesta.headers.get("Date") ?? "");
    if (fecha) onHear(fecha);
    cuerpo = respuesta.status === 204 ? {} : await respuesta.json();
  } catch (error) {
    // An answer that is no JSON comes from something in between, not from our server.
    throw new SinRed("Sin respuesta del servidor.", { cause: error });
  }
  if (respuesta.ok) return cuerpo;
  if (respuesta.status === 429 || respuesta.status >= 500)
    throw new SinRed(cuerpo.detail ?? "El servidor no puede atender ahora.");
  throw new Rechazo(respuesta.status, cuerpo);
}

/**
 * What to say about an error, of a request or of ours. Asks what it carries, not its class: a script loaded later has a
 * class of its own.
 */
export function mensajeDe(error) {
  if (error.sinRed) return "No hubo respuesta del servidor. Probá de nuevo: no se duplica.";
  if (!error.cuerpo) return "Algo falló en esta página. Recargala y probá de nuevo.";
  if (error.codigo === "version_vieja")
    return `${error.cuerpo.por?.nombre ?? "Alguien"} lo cambió recién. Mirá cómo quedó y probá de nuevo.`;
  return error.message;
}

/** Reads a JSON block of the page: `<script type="application/json" id="…">`. */
export function readDatos(id) {
  return JSON.parse(document.getElementById(id).textContent);
}
