// How the phone's page begins: with the day that the server put into it, or, in the shell that the service worker keeps,
// with the day that this phone remembers.
import { identify, SinRed, request } from "../stream/requests.js";
import { openGuardado, ultimo } from "./guardado.js";
import { recuerdo } from "./recuerdo.js";

/** While there is a cache of this name (`sw.js` makes it) somebody has come in who may not be the one whose day this is. */
const ENTRADA = "entrada";
// Over plain http there is neither a cache nor a service worker.
const enDuda = async () => Boolean(await globalThis.caches?.has(ENTRADA));

/**
 * Whose day it is, what is known of it, and the storage. Where there is nobody's, it says so on the page and never
 * resolves: the page is loaded anew once the server answers.
 *
 * @param {Json} pagina the page's JSON block; without `yo` it is the shell
 * @param {import("./franja.js").Franja} franja
 */
export async function begin(pagina, franja) {
  const id = pagina.yo?.id ?? ((await enDuda()) ? null : ultimo());
  const guardado = id === null ? null : await openGuardado(id);
  const sabido = guardado?.dia;
  if (pagina.yo) {
    identify(id);
    // It is written whose day is here: from now on the shell may show it.
    if (guardado.firme) await globalThis.caches?.delete(ENTRADA);
    return { guardado, datos: pagina, hora: { adelanto: pagina.ahora - Date.now() } };
  }
  if (!sabido?.yo) return waitServidor(franja);
  identify(id);
  const { yo, turno, politica, epoca, seq, tickets } = sabido;
  return {
    guardado,
    hora: { adelanto: 0, antes: recuerdo("reloj") },
    datos: { ...pagina, yo, turno, politica, contactos: [], reparto: { epoca, seq, tickets } },
  };
}

function waitServidor(franja) {
  franja.put("sin-dia");
  const attempt = () =>
    request("GET", "/api/sesion").then(volver, (error) => {
      if (!(error instanceof SinRed)) return volver();
    });
  const volver = async () => {
    // There is no day to be quick with: the server's page, however long it takes.
    await globalThis.caches?.open(ENTRADA);
    location.replace("/reparto");
  };
  addEventListener("online", attempt);
  setInterval(() => document.hidden || attempt(), 20_000);
  return new Promise(() => {});
}
