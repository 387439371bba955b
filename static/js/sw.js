/// <reference lib="webworker" />
// The phone's service worker: it keeps the shell of the page, which has nobody's data in it, and nothing else.
// `CASCARA` = {version, pagina, archivos} is written in front of it by ticketera/routes/pages/instalable.py.
const obrero = /** @type {ServiceWorkerGlobalScope & {CASCARA: Json}} */ (
  /** @type {any} */ (self)
);
const { version, pagina, archivos } = obrero.CASCARA;
const NOMBRE = `reparto-${version}`;
// With what drawing takes, a start stays within a second; the shell catches up over the socket.
const ESPERA_MS = 500;
// A cache of this name, always empty: somebody has come in, and no page has written yet whose day is on this phone.
const ENTRADA = "entrada";

obrero.addEventListener("install", (event) => {
  const todo = [new Request(pagina, { cache: "reload" }), ...archivos];
  event.waitUntil(caches.open(NOMBRE).then((cache) => cache.addAll(todo)));
});

obrero.addEventListener("activate", (event) => {
  event.waitUntil(quedarse());
});

async function quedarse() {
  for (const otra of await caches.keys())
    if (otra.startsWith("reparto-") && otra !== NOMBRE) await caches.delete(otra);
  await obrero.clients.claim();
}

// A new version waits until a person wants it, or until the page that came by the network is of that version already.
obrero.addEventListener("message", ({ data }) => {
  if (data?.activar || data?.soy === version) obrero.skipWaiting();
});

obrero.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (/^\/reparto(\/tickets\/\d+)?\/?$/.test(url.pathname))
      event.respondWith(comesFromLogin(request) ? enter(request) : navigate(request));
  } else if (archivos.includes(url.pathname))
    event.respondWith(guardado(request).then((tengo) => tengo ?? fetch(request)));
});

/**
 * Comes from a page of ours that is not the phone's: it may be a login. A reload only repeats where its page came from at first.
 * @param {Json} request what it says of reloads and of history is Chromium's alone
 */
function comesFromLogin({ referrer, isReloadNavigation, isHistoryNavigation }) {
  if (isReloadNavigation || isHistoryNavigation) return false;
  const de = URL.canParse(referrer) && new URL(referrer);
  return de && de.origin === location.origin && !/^\/reparto(\/|$)/.test(de.pathname);
}

/** Whoever logs in may be somebody else than the one whose day is on this phone: until their page has come only the server knows. */
async function enter(request) {
  await caches.open(ENTRADA);
  return navigate(request);
}

/** The network's page while it comes soon, else the shell: the day is on the phone. */
async function navigate(request) {
  const red = fetch(request);
  const intento = red.catch(() => null);
  const espera = new Promise((resolve) => setTimeout(resolve, ESPERA_MS, null));
  const pronto = await ((await caches.has(ENTRADA)) ? intento : Promise.race([intento, espera]));
  if (pronto && pronto.status < 500) return pronto;
  return (await entera()) ?? pronto ?? red;
}

/** The shell, if the browser has thrown away none of its files. */
async function entera() {
  const tengo = await Promise.all([pagina, ...archivos].map(guardado));
  return tengo.every(Boolean) ? tengo[0] : null;
}

// Whoever is logged in here was given a ticket, and no page of theirs has said that it has it. Only its id comes.
obrero.addEventListener("push", (event) => {
  const { ticket_id } = event.data.json();
  const aviso = {
    body: "Tocá para verlo.",
    tag: `ticket-${ticket_id}`,
    data: ticket_id,
    lang: "es-AR",
    vibrate: [200, 100, 200],
  };
  event.waitUntil(obrero.registration.showNotification("Ticket nuevo", aviso));
});

obrero.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data));
});

/** The page that is open shows by itself what is new. */
async function show(ticketId) {
  const abiertas = await obrero.clients.matchAll({ type: "window", includeUncontrolled: true });
  const suya = abiertas.find(({ url }) => /^\/reparto(\/|$)/.test(new URL(url).pathname));
  return suya ? suya.focus() : obrero.clients.openWindow(`/reparto/tickets/${ticketId}`);
}

const guardado = async (cual) => (await caches.open(NOMBRE)).match(cual, { ignoreVary: true });
