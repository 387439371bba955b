// The repartidor's phone: builds the parts and ties them together.
import { avisar } from "./nucleo/avisos.js";
import { nuevaClave } from "./nucleo/clave.js";
import { contactosSabidos, contactoDe, recordarContactos } from "./nucleo/contacto.js";
import { leerDatos, pedir, Rechazo } from "./nucleo/red.js";
import { seguir } from "./nucleo/secuencia.js";
import { activarSonido } from "./nucleo/sonido.js";
import { conectar } from "./nucleo/vivo.js";
import { Bandeja, textoDeRechazo } from "./reparto/bandeja.js";
import { CONTRARIA, DESHACER_MS, Dia } from "./reparto/dia.js";
import { Franja } from "./reparto/franja.js";
import { abrirGuardado } from "./reparto/guardado.js";
import { HojaNuevos, preguntarEntrega, preguntarFalla } from "./reparto/hojas.js";
import { sacudir, Timbre } from "./reparto/timbre.js";
import { Vista } from "./reparto/vista.js";

const datos = leerDatos("datos");
const adelanto = datos.ahora - Date.now();
const reloj = () => Date.now() + adelanto;
const guardado = await abrirGuardado(datos.yo.id);
recordarContactos([...(guardado.dia?.contactos ?? []), ...datos.contactos]);

const dia = new Dia({ tabla: datos.acciones, tickets: datos.reparto.tickets, cerrados: guardado.dia?.cerrados, vistos: guardado.dia?.vistos });
dia.olvidar(reloj());
const vistosPorDecir = new Set(guardado.dia?.vistosPorDecir ?? []);
const timbre = new Timbre();
const franja = new Franja(document);
const vista = new Vista({ dia, yo: datos.yo, hacer, turno: cambiarTurno });
const nuevos = new HojaNuevos({ alVer: verNuevos, alVisto: marcarVistos });
vista.abierto = datos.turno.abierto;
vista.desde = datos.turno.desde;

const bandeja = new Bandeja({
  guardado: guardado.bandeja,
  mandar: pedir,
  sinSesion: () => franja.poner("sin-sesion"),
  alCambiar(registros) {
    dia.ponerActos(registros);
    franja.contar(registros.length, bandeja.fallas > 0);
    pintar();
  },
  alResolver(registro, { ticket, rechazo }) {
    if (ticket) dia.asentar(ticket, reloj());
    else rechazado(registro, rechazo);
    guardar();
  },
});

const secuencia = seguir({
  epoca: datos.reparto.epoca,
  seq: datos.reparto.seq,
  traer: (epoca, desde) => pedir("GET", `/api/novedades?epoca=${encodeURIComponent(epoca)}&desde=${desde}`),
  aplicar,
  reemplazar: (foto) => {
    dia.reemplazar(foto.tickets, reloj());
    pintar();
  },
  // The server may count on what this phone says it has: it is on the disk first.
  alDia: async (hasta) => {
    await guardar();
    socket.volatile.emit("recibido", hasta);
  },
});
const socket = conectar({
  secuencia,
  linea(estado) {
    franja.poner(estado);
    if (estado !== "en-linea") return;
    socket.emit("recibido", { epoca: secuencia.epoca, seq: secuencia.seq });
    for (const id of vistosPorDecir) decirVisto(id);
    bandeja.empujar();
  },
});

await bandeja.abrir();
await guardar();
seguirUrl();
addEventListener("popstate", seguirUrl);
addEventListener("online", () => bandeja.empujar());
document.addEventListener("visibilitychange", () => document.hidden || bandeja.empujar());
document.addEventListener("click", alTocar);
document.querySelector("[data-salir]").addEventListener("submit", salir);
document.addEventListener("pointerdown", () => activarSonido().then((suena) => franja.sonido(suena)), { once: true });
for (const dialogo of document.querySelectorAll("dialog")) dialogo.addEventListener("close", () => pintar());
document.documentElement.dataset.listo = "si";

function pintar() {
  vista.pintar();
  const sinVer = dia.nuevos();
  nuevos.mostrar(sinVer);
  document.title = sinVer.length ? `(${sinVer.length}) Reparto` : "Reparto · Ticketera";
  if (sinVer.length) timbre.sonar();
  else timbre.callar();
}

function aplicar(novedad) {
  const { nuevo, retirado, cerrado, dicho } = dia.aplicar(novedad, reloj());
  if (nuevo) contactoDe(nuevo.cliente_telefono).then(() => guardar());
  if (retirado) {
    const quien = novedad.por?.nombre ? ` (${novedad.por.nombre})` : "";
    franja.aviso(`${retirado.numero}, ${retirado.cliente_direccion}: la central lo pasó a otra persona${quien}. Ya no vayas.`, retirado.estado === "en_camino");
    sacudir();
  } else if (cerrado) {
    const como = cerrado.estado === "cancelado" ? "lo cancelaron. No hace falta que vayas" : "la central lo cerró";
    franja.aviso(`${cerrado.numero}, ${cerrado.cliente_direccion}: ${como}.`, true);
    sacudir();
  } else if (dicho) {
    avisar(`${dicho}: ${novedad.ticket.numero}`, { accion: "Ver", alTocar: () => abrir(novedad.ticket_id) });
    sacudir();
  }
  if (vista.id === novedad.ticket_id && !dia.ver(vista.id)) volverALaLista();
  pintar();
}

/** Does an act: asks what it needs, stores it, and only then changes the screen. */
async function hacer(ticket, accion) {
  let extra = {};
  if (accion === "entregar") extra = await preguntarEntrega(ticket);
  if (accion === "fallar") extra = await preguntarFalla(ticket, datos.motivos);
  if (extra === null) return;
  if (!(await registrar(ticket, accion, extra))) return;
  marcarVistos([ticket.id]);
  if (accion === "entregar" || accion === "fallar") volverALaLista();
  ofrecerDeshacer(ticket, accion);
}

async function registrar(ticket, accion, extra = {}) {
  const acto = { accion, accion_id: nuevaClave(), ocurrido_en: new Date(reloj()).toISOString(), ...extra };
  try {
    await bandeja.agregar({ ticket_id: ticket.id, numero: ticket.numero, acto });
  } catch {
    avisar("Tu teléfono no pudo guardar la acción. Liberá espacio y probá otra vez.", { error: true });
    return false;
  }
  return true;
}

function ofrecerDeshacer(ticket, accion) {
  const contraria = CONTRARIA[accion];
  const dicho = { iniciar: "Saliste", llegar: "Llegaste", entregar: "Entregado", fallar: "No entregado" }[accion];
  franja.deshacer(contraria ? `${dicho}: ${ticket.cliente_direccion}` : null, DESHACER_MS, async () => {
    await registrar(dia.ver(ticket.id) ?? ticket, contraria);
    franja.deshacer(null);
    abrir(ticket.id);
  });
}

function rechazado(registro, rechazo) {
  const { grave, texto } = textoDeRechazo(registro, rechazo);
  if (rechazo.cuerpo?.ticket) dia.asentar(rechazo.cuerpo.ticket, reloj());
  franja.aviso(texto, grave);
  sacudir();
  secuencia.ponerseAlDia().catch(() => {});
}

function guardar() {
  const estado = { ...dia.paraGuardar(), epoca: secuencia.epoca, seq: secuencia.seq, contactos: contactosSabidos().slice(-50), vistosPorDecir: [...vistosPorDecir] };
  // Without storage (private window, full disk) the day still works while the page is open.
  return guardado.guardarDia(estado).catch(() => {});
}

async function cambiarTurno(abierto) {
  if (!abierto && bandeja.pendientes) return avisar(`Te quedan ${bandeja.pendientes} por enviar. Buscá señal antes de terminar el turno.`, { error: true });
  try {
    const turno = await pedir("POST", "/api/turno", { abierto });
    vista.abierto = turno.abierto;
    vista.desde = turno.desde;
    pintar();
  } catch (error) {
    avisar(error instanceof Rechazo ? error.message : "Sin señal: el turno se cambia con conexión. Probá de nuevo.", { error: true });
  }
}

function marcarVistos(ids) {
  for (const id of ids) {
    dia.vistos.add(id);
    vistosPorDecir.add(id);
    decirVisto(id);
  }
  guardar();
  pintar();
}

/** Opens the one new ticket, or the list with all of them. */
function verNuevos(ids) {
  marcarVistos(ids);
  if (ids.length === 1) abrir(ids[0]);
  else volverALaLista();
}

async function decirVisto(id) {
  if (!socket.connected) return;
  try {
    await socket.timeout(8_000).emitWithAck("visto", { ticket_id: id });
    vistosPorDecir.delete(id);
  } catch {
    // Said again at the next connect.
  }
}

function abrir(id) {
  if (vista.id === null) history.pushState({ apilado: true }, "", `/reparto/tickets/${id}`);
  else history.replaceState(history.state, "", `/reparto/tickets/${id}`);
  seguirUrl();
}

function volverALaLista() {
  if (vista.id === null) return;
  if (history.state?.apilado) history.back();
  else {
    history.replaceState(null, "", "/reparto");
    seguirUrl();
  }
}

function seguirUrl() {
  const en = /^\/reparto\/tickets\/(\d+)$/.exec(location.pathname);
  const id = en && dia.ver(Number(en[1])) ? Number(en[1]) : null;
  vista.mostrar(id);
  if (id !== null) marcarVistos([id]);
  else pintar();
}

function alTocar(event) {
  const enlace = event.target.closest("a[href^='/reparto']");
  if (enlace && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const id = /(\d+)$/.exec(enlace.getAttribute("href"));
    if (id) abrir(Number(id[1]));
    else volverALaLista();
  } else if (event.target.closest("[data-accion=terminar-turno]")) cambiarTurno(false);
}

/** Whoever leaves takes the day along; what was not sent yet is said before. */
async function salir(event) {
  event.preventDefault();
  if (bandeja.pendientes) {
    avisar(`Te quedan ${bandeja.pendientes} por enviar. Buscá señal antes de salir.`, { error: true });
    return;
  }
  await guardado.borrar();
  event.target.submit();
}
