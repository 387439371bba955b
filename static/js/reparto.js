// The repartidor's phone: builds the parts and ties them together.
import { ABIERTOS } from "./words/acciones.js";
import { avisar } from "./page/avisos.js";
import { contactosSabidos, recordarContactos } from "./words/contacto.js";
import { pesos } from "./words/formats.js";
import { leerDatos, oirHora, pedir, Rechazo, SinRed } from "./stream/requests.js";
import { seguir } from "./stream/sequence.js";
import { activarSonido, suena } from "./page/sonido.js";
import { conectar } from "./stream/live.js";
import { Actos } from "./reparto/actos.js";
import { comenzar } from "./reparto/arranque.js";
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
import { Pestanas } from "./reparto/pestanas.js";
import { esProblema } from "./reparto/problemas.js";
import { recordar } from "./reparto/recuerdo.js";
import { Reloj } from "./reparto/reloj.js";
import { dejarSalir } from "./reparto/salir.js";
import { Telefono } from "./reparto/telefono.js";
import { sacudir, Timbre } from "./reparto/timbre.js";
import { atender } from "./reparto/toques.js";
import { Turno } from "./reparto/turno.js";
import { Vista } from "./reparto/vista.js";
import { Vistos } from "./reparto/vistos.js";

const REPASO_MS = 30_000;

const franja = new Franja(document);
const fijos = new Fijos(document);
const { guardado, datos, hora } = await comenzar(leerDatos("datos"), franja);
const elReloj = new Reloj({ ...hora, alCambiar: guardarReloj });
const reloj = () => elReloj.ahora();
oirHora((servidor) => elReloj.aprender(servidor));
guardarReloj();
recordarContactos([...(guardado.dia?.contactos ?? []), ...datos.contactos]);

// From what this phone knew to what the server says, so that nothing that changed in between goes by in silence.
const dia = new Dia({
  tabla: datos.acciones,
  tickets: guardado.dia?.tickets ?? datos.reparto.tickets,
  cerrados: guardado.dia?.cerrados,
  vistos: guardado.dia?.vistos,
  juzgados: datos.en_revision ?? guardado.dia?.juzgados,
});
dia.olvidar(reloj());
const intentos = new Intentos(guardado.dia?.intentos);
const central = new Central({
  dia,
  fijos,
  politica: datos.politica ?? guardado.dia?.politica,
  guardar,
  pintar,
});
const timbre = new Timbre();
const ofertas = new Ofertas({
  mandar: pedir,
  alCambiar: () => pintar(),
  alTomar: (ticket) => novedades.tomado(ticket),
});
const hojaOferta = new HojaOferta(ofertas);
const vista = new Vista({
  dia,
  yo: datos.yo,
  reloj,
  hacer,
  turno: (abierto) => turno.cambiar(abierto),
  mover,
});
const lugar = new Lugar({ vista, dia, alIr: alAbrir });
const vistos = new Vistos({
  dia,
  porDecir: guardado.dia?.vistosPorDecir,
  guardar,
  decir: (id) =>
    socket.connected
      ? socket.timeout(8_000).emitWithAck("visto", { ticket_id: id })
      : Promise.reject(new SinRed()),
  alCambiar: () => pintar(),
});
const nuevos = new HojaNuevos({ reloj, alVer: verNuevos, alVisto: (ids) => vistos.marcar(ids) });
const novedades = new Novedades({
  dia,
  fijos,
  vista,
  lugar,
  ofertas,
  reloj,
  guardar: () => guardar(),
  pintar,
});
Object.assign(vista, datos.turno);

const pestanas = new Pestanas(datos.yo.id);
const bandeja = new Bandeja({
  guardado: guardado.bandeja,
  unoPorVez: pestanas.unaPorVez("bandeja"),
  unaEscribe: pestanas.unaPorVez("escribir"),
  decirOtras: () => pestanas.decir(),
  mandar: pedir,
  sinSesion: cerrar,
  alCambiar(registros) {
    dia.ponerActos(registros);
    envios.contar();
    if (!registros.length) fotos.empujar();
    caja.pintar();
    pintar();
  },
  async alResolver(registro, { respuesta: ticket, rechazo }) {
    if (ticket) {
      dia.asentar(ticket, reloj());
      if (registro.acto.accion === "entregar" || registro.acto.accion === "corregir")
        caja.contestado(registro).then(guardar);
    } else {
      actos.rechazado(registro, rechazo);
      if (esProblema(registro, rechazo))
        await guardado.problemas
          .agregar({ ...registro, detalle: rechazo.message })
          .then(avisarProblema);
      secuencia.ponerseAlDia().catch(() => {});
    }
    await guardar();
  },
});
const caja = new Caja({
  pedir: () => pedir("GET", "/api/caja"),
  registros: () => bandeja.registros,
  maximo: () => central.politica.efectivo_maximo,
  alSuperar: () => fijos.aviso("Superaste el efectivo máximo. Pasá por la sucursal."),
  sabida: guardado.dia?.caja ?? null,
});
caja.enTurno(vista.abierto);
const turno = new Turno({
  fijos,
  dia,
  caja,
  quedan: () => envios.quedan(),
  poner(dicho) {
    if (dicho.abierto !== vista.abierto) ofertas.traer();
    if (!dicho.abierto && vista.abierto) alTerminar();
    Object.assign(vista, dicho);
    pintar();
  },
  alCambiar: () => caja.traer().then(guardar),
});
const fotos = new Fotos({
  guardado: guardado.fotos,
  unoPorVez: pestanas.unaPorVez("fotos"),
  decirOtras: () => pestanas.decir(),
  mandar: pedir,
  sinSesion: cerrar,
  puede: () => !bandeja.pendientes,
  alCambiar: () => envios.contar(),
  alResolver(foto, { rechazo }) {
    if (rechazo)
      fijos.decir("rechazo", {
        ticket_id: foto.ticket_id,
        mensaje: `${foto.numero}: una foto no se pudo guardar. ${rechazo.message}`,
      });
  },
});
const envios = new Envios({ bandeja, fotos, franja });
pestanas.oir(() => envios.releer());
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
  comprobar: (id, pin) => pedir("POST", `/api/tickets/${id}/pin`, { pin }, { espera: 8_000 }),
  motivos: datos.motivos,
  reloj,
  visto: (id) => vistos.marcar([id]),
  abrir: (id) => lugar.abrir(id),
  volver: () => lugar.volver(),
});

const secuencia = seguir({
  epoca: datos.reparto.epoca,
  seq: datos.reparto.seq,
  traer: (epoca, desde) =>
    pedir("GET", `/api/novedades?epoca=${encodeURIComponent(epoca)}&desde=${desde}`),
  aplicar: (novedad) => novedades.aplicar(novedad),
  reemplazar: (foto) => {
    novedades.reemplazar(foto.tickets);
    pintar();
  },
  // The server may count on what this phone says it has: it is on the disk first.
  alDia: async (hasta) => {
    franja.alDia(reloj());
    await guardar();
    socket.volatile.emit("recibido", hasta);
  },
});
const socket = conectar({
  secuencia,
  usuario: datos.yo.id,
  otros: {
    ofertas: alCambiarOfertas,
    telefono: (dicho) => telefono.oirTelefono(dicho),
    pulso: ({ seq }) => seq === secuencia.seq && franja.alDia(reloj()),
  },
  linea(estado) {
    vista.enLinea = estado === "en-linea";
    franja.poner(estado);
    if (estado === "sin-sesion") cerrar();
    if (estado !== "en-linea") return ofertas.olvidar();
    franja.alDia(reloj());
    telefono.enLinea({ reconectada: true });
    ofertas.traer();
    turno.preguntar();
    central.preguntarPolitica();
    central.preguntarRevision(true);
    caja.traer().then(guardar);
    socket.emit("recibido", { epoca: secuencia.epoca, seq: secuencia.seq });
    vistos.decirTodo();
    envios.empujar();
  },
});

const telefono = new Telefono({
  yo: datos.yo,
  version: datos.version,
  problemas: guardado.problemas,
  franja,
  fijos,
  central: () => central.politica.central ?? "",
  adelanto: () => elReloj.adelanto,
  mandarUbicacion: (punto) => socket.connected && socket.volatile.emit("ubicacion", punto),
  decirTelefono: (dicho) => socket.connected && socket.emit("telefono", dicho),
  pendientes: () => envios.pendientes,
  ponerseAlDia: () => secuencia.ponerseAlDia(),
});

fijos.seguir(guardado.avisos, guardado.guardarAvisos, (id) => lugar.abrir(id));
dia.ponerActos(await guardado.bandeja.todos());
if (guardado.dia?.epoca === datos.reparto.epoca) novedades.reemplazar(datos.reparto.tickets);
else dia.reemplazar(datos.reparto.tickets, reloj());
if (!guardado.firme)
  fijos.aviso("Este navegador no guarda nada: no cierres la página con acciones por enviar.", true);
await envios.abrir();
await guardar();
lugar.seguir();
addEventListener("online", () => envios.empujar());
addEventListener("pagehide", guardarReloj);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) elReloj.pudoDormir();
  else elReloj.revisar(false);
  guardarReloj();
  if (document.hidden) return;
  envios.empujar();
  turno.preguntar();
  ofertas.traer();
  franja.sonido(suena());
  if (socket.connected) telefono.enLinea();
});
setInterval(repasar, REPASO_MS);
atender({
  dia,
  vista,
  lugar,
  turno,
  telefono,
  alContactar(id, medio) {
    intentos.anotar(id, medio, reloj());
    guardar();
  },
});
dejarSalir({ envios, cerrar });
// Phones silence a page that was in the background: any touch brings the sound back.
for (const toque of ["pointerup", "click"])
  document.addEventListener(toque, () => activarSonido().then((anda) => franja.sonido(anda)));
for (const dialogo of document.querySelectorAll("dialog"))
  dialogo.addEventListener("close", () => pintar());
document.documentElement.dataset.listo = "si";
seguirHoja();

/** At once: the page may be gone before a database has it. */
function guardarReloj() {
  recordar("reloj", elReloj.paraGuardar());
}

function pintar() {
  vista.ordenPropio = Boolean(central.politica.orden_propio);
  actos.revisarDeshacer();
  vista.pintar();
  telefono.poner({
    turno: vista.abierto,
    enCamino: dia.abiertos().some((uno) => uno.estado === "en_camino"),
    viendoMas: vista.id === null && vista.pestana === "mas",
  });
  const sinVer = dia.nuevos();
  nuevos.mostrar(sinVer);
  document.title = sinVer.length ? `(${sinVer.length}) Reparto` : "Reparto · Ticketera";
  numerar(sinVer.length || envios.pendientes);
  const ofrecen = hojaOferta.mostrar(
    sinVer.length > 0 || Boolean(document.querySelector("dialog[open]")),
  );
  if (sinVer.length || ofrecen) timbre.sonar();
  else timbre.callar();
}

/** On the installed page's icon: what is new, else what is unsent. */
function numerar(cuantos) {
  if (cuantos === vista.numero) return;
  vista.numero = cuantos;
  navigator.setAppBadge?.(cuantos).catch(() => {});
}

/** What time changes on the screen, and what is to be forgotten. */
function repasar() {
  guardarReloj();
  const antes = dia.cerrados.size;
  dia.olvidar(reloj());
  if (dia.cerrados.size !== antes) guardar();
  if (document.hidden) return;
  pintar();
  if (vista.enLinea) central.preguntarRevision();
}

async function hacer(ticket, accion) {
  await actos.hacer(ticket, accion);
  const estado = dia.ver(ticket.id)?.estado;
  if (accion === "llegar" && vista.enLinea) central.preguntarPolitica();
  if (accion === "iniciar" && estado === "en_camino") telefono.salio();
  if (accion === "entregar" && estado === "entregado") telefono.entrego();
}

/** Goes on with the sheet that a page which is gone had open: that of the ticket which is seen, else the latest. */
async function seguirHoja() {
  const dejados = await borradores.dejados((id) => ABIERTOS.has(dia.ver(id)?.estado));
  const uno = dejados.find(({ ticket_id }) => ticket_id === vista.id) ?? dejados[0];
  if (!uno || document.querySelector("dialog[open]")) return;
  if (await borradores.de(uno.accion, uno.ticket_id).abierto()) return;
  hacer(dia.ver(uno.ticket_id), uno.accion);
}

async function mover(ticket_id, antes_de) {
  try {
    await pedir("POST", "/api/mi-orden", { clave: crypto.randomUUID(), ticket_id, antes_de });
  } catch (error) {
    avisar(
      error instanceof Rechazo
        ? error.message
        : "Sin señal: el orden se cambia con conexión. Probá de nuevo.",
      { error: true },
    );
  }
}

function avisarProblema() {
  fijos.aviso(
    "El sistema no aceptó una entrega. La guardamos en este teléfono: avisale a la central.",
    true,
    { clave: "problemas", accion: "Ver", alTocar: () => lugar.ir("/reparto#mas") },
  );
  telefono.conProblema();
  pintar();
}

/** The session is over, or is another person's: of the day only what is unsent stays on this phone. */
function cerrar() {
  if (vista.cerrada) return Promise.resolve();
  vista.cerrada = true;
  vista.abierto = false;
  franja.poner("sin-sesion");
  franja.deshacer(null);
  borradores.cerrados = true;
  fijos.callar();
  dia.vaciar();
  caja.olvidar();
  lugar.seguir();
  return guardado.borrar().catch(() => {});
}

/** Keeps the day, with these seen besides; resolves when it is on the disk. */
function guardar(vistosMas = []) {
  if (vista.cerrada) return Promise.resolve();
  const estado = {
    yo: datos.yo,
    turno: { abierto: vista.abierto, desde: vista.desde },
    ...dia.paraGuardar(vistosMas),
    epoca: secuencia.epoca,
    seq: secuencia.seq,
    contactos: contactosSabidos(dia.telefonos()),
    vistosPorDecir: [...vistos.porDecir, ...vistosMas],
    politica: central.politica,
    caja: caja.sabida,
    intentos: intentos.paraGuardar((id) => dia.ver(id)),
  };
  // Without storage (private window, full disk) the day still works while the page is open.
  return guardado.guardarDia(estado).catch(() => {});
}

/** Ended here, which the person knows, or elsewhere, which they may not. */
function alTerminar() {
  const rendir = caja.aRendir > 0 ? ` Tenés ${pesos(caja.aRendir)} para rendir.` : "";
  franja.deshacer(null);
  fijos.aviso(
    `${turno.terminando ? "Terminaste el turno." : "Tu turno se terminó desde la central o desde otro teléfono."}${rendir}`,
    !turno.terminando,
    { clave: "terminar" },
  );
  if (!turno.terminando) sacudir();
}

/** Other offers, or none: perhaps because the central ended the turno. */
function alCambiarOfertas() {
  ofertas.traer();
  turno.preguntar();
}

/** A ticket is seen now, or (null) something else. What its delivery will be asked for may have changed. */
function alAbrir(id) {
  if (id !== null) {
    vistos.marcar([id]);
    if (vista.enLinea) central.preguntarPolitica();
  }
  pintar();
}

/** Opens the one new ticket, or the list with all of them. */
async function verNuevos(ids) {
  await vistos.marcar(ids);
  if (ids.length === 1) lugar.abrir(ids[0]);
  else lugar.volver();
}
