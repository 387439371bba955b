// The repartidor's phone: builds the parts and ties them together.
import { ABIERTOS } from "./words/acciones.js";
import { notify } from "./page/avisos.js";
import { contactosSabidos, rememberContactos } from "./stream/contactos.js";
import { pesos } from "./words/formats.js";
import { readDatos, hearHora, request, SinRed } from "./stream/requests.js";
import { follow } from "./stream/sequence.js";
import { activateSonido, sounds } from "./page/sonido.js";
import { connect } from "./stream/live.js";
import { Actos } from "./reparto/actos.js";
import { begin } from "./reparto/arranque.js";
import { Bandeja, Fotos } from "./reparto/bandeja.js";
import { Borradores } from "./reparto/borrador.js";
import { Caja } from "./reparto/caja.js";
import { Central } from "./reparto/central.js";
import { Dia } from "./reparto/dia.js";
import { Envios } from "./reparto/envios.js";
import { Fijos } from "./reparto/fijos.js";
import { Franja } from "./reparto/franja.js";
import { HojaNuevos } from "./reparto/hojas.js";
import { Intentos } from "./reparto/intentos.js";
import { Lugar } from "./reparto/lugar.js";
import { Novedades } from "./reparto/novedades.js";
import { HojaOferta, Ofertas } from "./reparto/oferta.js";
import { ordenar } from "./reparto/orden.js";
import { Pestanas } from "./reparto/pestanas.js";
import { esProblema } from "./reparto/problemas.js";
import { remember } from "./reparto/recuerdo.js";
import { Reloj } from "./reparto/reloj.js";
import { letLeave } from "./reparto/salir.js";
import { Telefono } from "./reparto/telefono.js";
import { shake, Timbre } from "./reparto/timbre.js";
import { serve } from "./reparto/toques.js";
import { Turno } from "./reparto/turno.js";
import { Vista } from "./reparto/vista.js";
import { Vistos } from "./reparto/vistos.js";

const REPASO_MS = 30_000;

const franja = new Franja(document);
const fijos = new Fijos(document);
const { guardado, datos, hora } = await begin(readDatos("datos"), franja);
const theReloj = new Reloj({ ...hora, onChange: saveReloj });
const reloj = () => theReloj.ahora();
hearHora((servidor) => theReloj.learn(servidor));
saveReloj();
rememberContactos([...(guardado.dia?.contactos ?? []), ...datos.contactos]);

// From what this phone knew to what the server says, so that nothing that changed in between goes by in silence.
const dia = new Dia({
  tabla: datos.acciones,
  tickets: guardado.dia?.tickets ?? datos.reparto.tickets,
  cerrados: guardado.dia?.cerrados,
  vistos: guardado.dia?.vistos,
  juzgados: datos.en_revision ?? guardado.dia?.juzgados,
});
dia.forget(reloj());
const intentos = new Intentos(guardado.dia?.intentos);
const central = new Central({
  dia,
  fijos,
  politica: datos.politica ?? guardado.dia?.politica,
  save,
  draw,
});
const timbre = new Timbre();
const ofertas = new Ofertas({
  send: request,
  onChange: () => draw(),
  onTake: (ticket) => novedades.tomado(ticket),
});
const hojaOferta = new HojaOferta(ofertas);
const vista = new Vista({
  dia,
  yo: datos.yo,
  reloj,
  perform,
  turno: (abierto) => turno.change(abierto),
  mover,
});
const lugar = new Lugar({ vista, dia, onGo: onOpen });
const vistos = new Vistos({
  dia,
  toSay: guardado.dia?.vistosPorDecir,
  save,
  say: (id) =>
    socket.connected
      ? socket.timeout(8_000).emitWithAck("visto", { ticket_id: id })
      : Promise.reject(new SinRed()),
  onChange: () => draw(),
});
const nuevos = new HojaNuevos({ reloj, onSee: seeNuevos, onSeen: (ids) => vistos.mark(ids) });
const novedades = new Novedades({
  dia,
  fijos,
  vista,
  lugar,
  ofertas,
  reloj,
  save: () => save(),
  draw,
});
Object.assign(vista, datos.turno);

const pestanas = new Pestanas(datos.yo.id);
const bandeja = new Bandeja({
  guardado: guardado.bandeja,
  oneAtATime: pestanas.oneAtATime("bandeja"),
  oneWrites: pestanas.oneAtATime("escribir"),
  tellOthers: () => pestanas.say(),
  send: request,
  sinSesion: close,
  onChange(registros) {
    dia.putActos(registros);
    envios.count();
    if (!registros.length) fotos.push();
    caja.draw();
    draw();
  },
  async onResolve(registro, { respuesta: ticket, rechazo }) {
    if (ticket) {
      dia.settle(ticket, reloj());
      if (registro.acto.accion === "entregar" || registro.acto.accion === "corregir")
        caja.contestado(registro).then(save);
    } else {
      actos.rechazado(registro, rechazo);
      if (esProblema(registro, rechazo))
        await guardado.problemas
          .add({ ...registro, detalle: rechazo.message })
          .then(notifyProblema);
      secuencia.catchUp().catch(() => {});
    }
    await save();
  },
});
const caja = new Caja({
  request: () => request("GET", "/api/caja"),
  registros: () => bandeja.registros,
  maximo: () => central.politica.efectivo_maximo,
  onExceed: () => fijos.aviso("Superaste el efectivo máximo. Pasá por la sucursal."),
  sabida: guardado.dia?.caja ?? null,
});
caja.enTurno(vista.abierto);
const turno = new Turno({
  fijos,
  dia,
  caja,
  quedan: () => envios.quedan(),
  put(dicho) {
    if (dicho.abierto !== vista.abierto) ofertas.pull();
    if (!dicho.abierto && vista.abierto) onEnd();
    Object.assign(vista, dicho);
    draw();
  },
  onChange: () => caja.pull().then(save),
});
const fotos = new Fotos({
  guardado: guardado.fotos,
  oneAtATime: pestanas.oneAtATime("fotos"),
  tellOthers: () => pestanas.say(),
  send: request,
  sinSesion: close,
  puede: () => !bandeja.pendientes,
  onChange: () => envios.count(),
  onResolve(foto, { rechazo }) {
    if (rechazo)
      fijos.say("rechazo", {
        ticket_id: foto.ticket_id,
        mensaje: `${foto.numero}: una foto no se pudo guardar. ${rechazo.message}`,
      });
  },
});
const envios = new Envios({ bandeja, fotos, franja });
pestanas.hear(() => envios.reread());
const borradores = new Borradores(guardado.hojas, datos.yo.id);
const actos = new Actos({
  borradores,
  bandeja,
  fotos,
  dia,
  franja,
  fijos,
  intentos,
  politica: () => central.politica,
  check: (id, pin) => request("POST", `/api/tickets/${id}/pin`, { pin }, { espera: 8_000 }),
  motivos: datos.motivos,
  reloj,
  visto: (id) => vistos.mark([id]),
  open: (id) => lugar.open(id),
  back: () => lugar.back(),
});

const secuencia = follow({
  epoca: datos.reparto.epoca,
  seq: datos.reparto.seq,
  pull: (epoca, desde) =>
    request("GET", `/api/novedades?epoca=${encodeURIComponent(epoca)}&desde=${desde}`),
  apply: (novedad) => novedades.apply(novedad),
  replace: (foto) => {
    novedades.replace(foto.tickets);
    draw();
  },
  // The server may count on what this phone says it has: it is on the disk first.
  upToDate: async (hasta) => {
    franja.upToDate(reloj());
    await save();
    socket.volatile.emit("recibido", hasta);
  },
});
const socket = connect({
  secuencia,
  usuario: datos.yo.id,
  otros: {
    ofertas: onChangeOfertas,
    telefono: (dicho) => telefono.hearTelefono(dicho),
    pulso: ({ seq }) => seq === secuencia.seq && franja.upToDate(reloj()),
  },
  linea(estado) {
    vista.enLinea = estado === "en-linea";
    franja.put(estado);
    if (estado === "sin-sesion") close();
    if (estado !== "en-linea") return ofertas.forget();
    franja.upToDate(reloj());
    telefono.enLinea({ reconectada: true });
    ofertas.pull();
    turno.ask();
    central.askPolitica();
    central.askRevision(true);
    caja.pull().then(save);
    socket.emit("recibido", { epoca: secuencia.epoca, seq: secuencia.seq });
    vistos.sayAll();
    envios.push();
  },
});

const telefono = new Telefono({
  yo: datos.yo,
  version: datos.version,
  problemas: guardado.problemas,
  franja,
  fijos,
  central: () => central.politica.central ?? "",
  adelanto: () => theReloj.adelanto,
  sendUbicacion: (punto) => socket.connected && socket.volatile.emit("ubicacion", punto),
  sayTelefono: (dicho) => socket.connected && socket.emit("telefono", dicho),
  pendientes: () => envios.pendientes,
  catchUp: () => secuencia.catchUp(),
});

fijos.follow(guardado.avisos, guardado.saveAvisos, (id) => lugar.open(id));
dia.putActos(await guardado.bandeja.todos());
if (guardado.dia?.epoca === datos.reparto.epoca) novedades.replace(datos.reparto.tickets);
else dia.replace(datos.reparto.tickets, reloj());
if (!guardado.firme)
  fijos.aviso("Este navegador no guarda nada: no cierres la página con acciones por enviar.", true);
await envios.open();
await save();
lugar.follow();
addEventListener("online", () => envios.push());
addEventListener("pagehide", saveReloj);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) theReloj.mayHaveSlept();
  else theReloj.review(false);
  saveReloj();
  if (document.hidden) return;
  envios.push();
  turno.ask();
  ofertas.pull();
  franja.sonido(sounds());
  if (socket.connected) telefono.enLinea();
});
setInterval(goOver, REPASO_MS);
serve({
  dia,
  vista,
  lugar,
  turno,
  telefono,
  onContact(id, medio) {
    intentos.note(id, medio, reloj());
    save();
  },
});
letLeave({ envios, close });
// Phones silence a page that was in the background: any touch brings the sound back.
for (const toque of ["pointerup", "click"])
  document.addEventListener(toque, () => activateSonido().then((anda) => franja.sonido(anda)));
for (const dialogo of document.querySelectorAll("dialog"))
  dialogo.addEventListener("close", () => draw());
document.documentElement.dataset.listo = "si";
followHoja();

/** At once: the page may be gone before a database has it. */
function saveReloj() {
  remember("reloj", theReloj.toSave());
}

function draw() {
  vista.ordenPropio = Boolean(central.politica.orden_propio);
  actos.reviewUndo();
  vista.draw();
  telefono.put({
    turno: vista.abierto,
    enCamino: dia.abiertos().some((uno) => uno.estado === "en_camino"),
    viendoMas: vista.id === null && vista.pestana === "mas",
  });
  const sinVer = dia.nuevos();
  nuevos.show(sinVer);
  document.title = sinVer.length ? `(${sinVer.length}) Reparto` : "Reparto · Ticketera";
  setBadge(sinVer.length || envios.pendientes);
  const ofrecen = hojaOferta.show(
    sinVer.length > 0 || Boolean(document.querySelector("dialog[open]")),
  );
  if (sinVer.length || ofrecen) timbre.ring();
  else timbre.hush();
}

/** On the installed page's icon: what is new, else what is unsent. */
function setBadge(cuantos) {
  if (cuantos === vista.numero) return;
  vista.numero = cuantos;
  navigator.setAppBadge?.(cuantos).catch(() => {});
}

/** What time changes on the screen, and what is to be forgotten. */
function goOver() {
  saveReloj();
  const antes = dia.cerrados.size;
  dia.forget(reloj());
  if (dia.cerrados.size !== antes) save();
  if (document.hidden) return;
  draw();
  if (vista.enLinea) central.askRevision();
}

async function perform(ticket, accion) {
  await actos.perform(ticket, accion);
  const estado = dia.see(ticket.id)?.estado;
  if (accion === "llegar" && vista.enLinea) central.askPolitica();
  if (accion === "iniciar" && estado === "en_camino") telefono.salio();
  if (accion === "entregar" && estado === "entregado") telefono.entrego();
}

/** Goes on with the sheet that a page which is gone had open: that of the ticket which is seen, else the latest. */
async function followHoja() {
  const dejados = await borradores.dejados((id) => ABIERTOS.has(dia.see(id)?.estado));
  const uno = dejados.find(({ ticket_id }) => ticket_id === vista.id) ?? dejados[0];
  if (!uno || document.querySelector("dialog[open]")) return;
  if (await borradores.de(uno.accion, uno.ticket_id).abierto()) return;
  perform(dia.see(uno.ticket_id), uno.accion);
}

async function mover(ticket_id, antes_de) {
  const mal = await ordenar({ send: request, ticket_id, antes_de });
  if (mal) notify(mal, { error: true });
}

function notifyProblema() {
  fijos.aviso(
    "El sistema no aceptó una entrega. La guardamos en este teléfono: avisale a la central.",
    true,
    { clave: "problemas", accion: "Ver", onTap: () => lugar.go("/reparto#mas") },
  );
  telefono.conProblema();
  draw();
}

/** The session is over, or is another person's: of the day only what is unsent stays on this phone. */
function close() {
  if (vista.cerrada) return Promise.resolve();
  vista.cerrada = true;
  vista.abierto = false;
  franja.put("sin-sesion");
  franja.undo(null);
  borradores.cerrados = true;
  fijos.hush();
  dia.empty();
  caja.forget();
  lugar.follow();
  return guardado.erase().catch(() => {});
}

/** Keeps the day, with these seen besides; resolves when it is on the disk. */
function save(vistosMas = []) {
  if (vista.cerrada) return Promise.resolve();
  const estado = {
    yo: datos.yo,
    turno: { abierto: vista.abierto, desde: vista.desde },
    ...dia.toSave(vistosMas),
    epoca: secuencia.epoca,
    seq: secuencia.seq,
    contactos: contactosSabidos(dia.telefonos()),
    vistosPorDecir: [...vistos.toSay, ...vistosMas],
    politica: central.politica,
    caja: caja.sabida,
    intentos: intentos.toSave((id) => dia.see(id)),
  };
  // Without storage (private window, full disk) the day still works while the page is open.
  return guardado.saveDia(estado).catch(() => {});
}

/** Ended here, which the person knows, or elsewhere, which they may not. */
function onEnd() {
  const rendir = caja.aRendir > 0 ? ` Tenés ${pesos(caja.aRendir)} para rendir.` : "";
  franja.undo(null);
  const fin = turno.terminando
    ? "Terminaste el turno."
    : "Tu turno se terminó desde la central o desde otro teléfono.";
  fijos.aviso(fin + rendir, !turno.terminando, { clave: "terminar" });
  if (!turno.terminando) shake();
}

/** Other offers, or none: perhaps because the central ended the turno. */
function onChangeOfertas() {
  ofertas.pull();
  turno.ask();
}

/** A ticket is seen now, or (null) something else. What its delivery will be asked for may have changed. */
function onOpen(id) {
  if (id !== null) {
    vistos.mark([id]);
    if (vista.enLinea) central.askPolitica();
  }
  draw();
}

/** Opens the one new ticket, or the list with all of them. */
async function seeNuevos(ids) {
  await vistos.mark(ids);
  if (ids.length === 1) lugar.open(ids[0]);
  else lugar.back();
}
