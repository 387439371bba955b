// The service worker: it keeps the shell, so that the page opens without signal; a newer one waits for a tap.

/** The one thing that the page's Trusted Types policy lets through. */
const OBRERO = "/sw.js";
const UN_MOMENTO_MS = 500;

const politica = globalThis.trustedTypes?.createPolicy("sw", {
  createScriptURL(url) {
    if (url === OBRERO) return url;
    throw new TypeError("Only the service worker.");
  },
});

/**
 * @param {object} parts
 * @param {string} parts.version of this page
 * @param {(update: () => void) => void} parts.onNewVersion a newer version waits; `update` takes it and loads the page anew
 * @returns {Promise<ServiceWorkerRegistration | null>} null where there is no service worker (no HTTPS)
 */
export async function settleInstalled({ version, onNewVersion }) {
  const obreros = navigator.serviceWorker;
  if (!obreros) return null;
  let registro;
  try {
    registro = await obreros.register(politica ? politica.createScriptURL(OBRERO) : OBRERO, {
      scope: "/reparto",
      updateViaCache: "none",
    });
  } catch {
    return null;
  }
  const wait = (obrero) => {
    // One of the page's own version takes over by itself.
    obrero.postMessage({ soy: version });
    setTimeout(() => {
      if (registro.waiting !== obrero) return;
      onNewVersion(() => {
        obreros.addEventListener("controllerchange", () => location.reload(), { once: true });
        obrero.postMessage({ activar: true });
      });
    }, UN_MOMENTO_MS);
  };
  if (registro.waiting && obreros.controller) wait(registro.waiting);
  registro.addEventListener("updatefound", () => {
    const viene = registro.installing;
    viene?.addEventListener(
      "statechange",
      () => viene.state === "installed" && obreros.controller && wait(viene),
    );
  });
  return registro;
}
