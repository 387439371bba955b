// The board's page: builds the parts and ties them together.
import { avisar, anunciar } from "./nucleo/avisos.js";
import { cuantos, hora } from "./nucleo/formatos.js";
import { leerDatos, pedir } from "./nucleo/red.js";
import { seguir } from "./nucleo/secuencia.js";
import { activarSonido, tocar } from "./nucleo/sonido.js";
import { conectar } from "./nucleo/vivo.js";
import { prepararActuar, prepararEditar } from "./tablero/actuar.js";
import { Almacen, columnaDe } from "./tablero/almacen.js";
import { desplazarCon, prepararArrastre } from "./tablero/arrastre.js";
import { Columnas } from "./tablero/columnas.js";
import { prepararConteos } from "./tablero/conteos.js";
import { prepararDialogo } from "./tablero/dialogo.js";
import { Linea } from "./tablero/linea.js";
import { prepararMapa } from "./tablero/mapa.js";
import { Mudanzas, textoDeRechazo } from "./tablero/mudanzas.js";
import { Panel } from "./tablero/panel.js";
import { prepararTeclado } from "./tablero/teclado.js";

const datos = leerDatos("datos");
const raiz = document.querySelector("[data-tablero]");
const adelanto = datos.ahora - Date.now();
const reloj = () => Date.now() + adelanto;
const tope = datos.configuracion.max_tickets_por_repartidor;
const almacen = new Almacen(datos.tablero, datos.conflictos);
const PRESENCIA = ["activo", "en_turno", "en_linea", "nombre"];
let enLaMano = null;
let quitarAviso = () => {};

const arrastre = prepararArrastre({ almacen, alSoltar: mover, alArrastrar });
const columnas = new Columnas(raiz, almacen, {
  tope,
  reloj,
  alCrearTarjeta: arrastre.tarjeta,
  alCrearColumna: arrastre.columna,
  alDibujar(cuales) {
    conteos.pintar();
    alMapa(cuales);
  },
});
const conteos = prepararConteos({ barra: document.querySelector("[data-herramientas]"), almacen, columnas, reloj });
const linea = new Linea({ banda: document.querySelector("[data-banda]"), chip: document.querySelector("[data-linea]") });
const preguntar = prepararActuar({ dialogo: document.getElementById("dialogo-actuar"), motivos: datos.motivos, alCambiar: poner });
const editar = prepararEditar({ dialogo: document.getElementById("dialogo-editar"), alCambiar: poner });
const elegirDestino = prepararDialogo({
  dialogo: document.getElementById("dialogo-mover"),
  almacen,
  tope,
  reloj,
  alElegir: mover,
  alAbrir: () => columnas.aquietar(true),
  alCerrar: () => columnas.aquietar(false),
});
const panel = new Panel({
  elemento: document.getElementById("panel-ticket"),
  almacen,
  tabla: datos.acciones,
  reloj,
  hacer: { mover: elegirDestino, actuar: preguntar, editar, pintar: (tocadas) => columnas.pintar(tocadas) },
});
const mudanzas = new Mudanzas({ almacen, mandar: pedir, pintar: (_ids, tocadas) => columnas.pintar(tocadas), contar });

const alMapa = prepararMapa({
  boton: document.querySelector("[data-mapa]"),
  raiz,
  almacen,
  columnas: () => columnas.columnas.keys(),
  pasa: (id) => almacen.coincide(id, columnas.consulta, columnas.filtro, reloj()),
  abrir: (id) => panel.abrir(id),
});

prepararTeclado(raiz, { mover: elegirDestino, deshacer: () => deshacer(), parar: (tarjeta) => columnas.parar(tarjeta) });
desplazarCon(raiz.querySelector("[data-tira-caja]"));
raiz.addEventListener("click", alTocar);
prepararSonido(document.querySelector("[data-sonido]"));
columnas.pintarTodo();
columnas.dibujar();
mostrarConflictos();
document.documentElement.dataset.listo = "si";

const secuencia = seguir({
  epoca: datos.tablero.epoca,
  seq: datos.tablero.seq,
  traer: (epoca, desde) => pedir("GET", `/api/novedades?epoca=${encodeURIComponent(epoca)}&desde=${desde}`),
  aplicar,
  reemplazar(foto) {
    almacen.reemplazar(foto);
    columnas.olvidarSobrantes();
    columnas.pintarTodo();
    traerConflictos().catch(() => {});
  },
  completar(respuesta) {
    if (respuesta.repartidores) almacen.ponerRepartidores(respuesta.repartidores);
    if (respuesta.acuses) columnas.pintar(almacen.acusar(respuesta.acuses));
    columnas.pintarRepartidor();
  },
});
conectar({
  secuencia,
  linea: (estado) => linea.poner(estado),
  otros: {
    acuse: (acuse) => {
      columnas.pintar(almacen.acusar([acuse]));
      panel.cambio(acuse);
    },
    presencia: (uno) => {
      const antes = almacen.repartidores.get(uno.id);
      almacen.repartidores.set(uno.id, uno);
      // Most say no more than how many tickets somebody has now.
      if (PRESENCIA.some((campo) => antes?.[campo] !== uno[campo])) columnas.pintarRepartidor();
      columnas.pintar(new Set([uno.id]));
    },
  },
});
// Ages, "No lo vio" and presence grow old by themselves.
setInterval(() => {
  almacen.podar(reloj());
  columnas.olvidarSobrantes();
  if (!document.hidden) columnas.pintarTodo();
}, 30_000);

function aplicar(novedad) {
  const tocadas = almacen.aplicar(novedad);
  const id = novedad.ticket_id;
  if (novedad.tipo === "ticket.creado") {
    columnas.resaltar(id);
    tocar([880, 1174]);
    anunciar(`Ticket nuevo: ${novedad.ticket.cliente_direccion}.`);
  } else if (novedad.tipo === "ticket.fallido") tocar([440, 330]);
  else if (novedad.por?.id !== datos.yo.id && id !== enLaMano) columnas.resaltar(id);
  if (novedad.tipo === "ticket.conflicto") mostrarConflictos(novedad.conflicto);
  if (enLaMano === id && novedad.por?.id !== datos.yo.id) avisar(`${novedad.ticket.numero} cambió mientras lo movías.`);
  columnas.pintar(tocadas);
  panel.cambio(novedad);
}

function poner(ticket) {
  columnas.pintar(almacen.poner(ticket));
  panel.cambio({ ticket_id: ticket.id, ticket });
}

function alArrastrar(id) {
  enLaMano = id;
  columnas.aquietar(id !== null);
}

function alTocar(event) {
  const tarjeta = event.target.closest(".tarjeta");
  if (event.target.closest("[data-accion=mover]")) return void elegirDestino(Number(tarjeta.dataset.id));
  const enlace = event.target.closest("a[href^='/tickets/']") ?? tarjeta?.querySelector("[data-campo=numero]");
  if (!enlace || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  panel.abrir(Number(enlace.getAttribute("href").split("/").at(-1)), enlace);
}

function mover(datosDeMudanza) {
  if (linea.cortada) {
    avisar("Sin conexión con el servidor: ahora no se puede mover. Probá cuando vuelva.", { error: true });
    return columnas.pintarTodo();
  }
  return mudanzas.mover(datosDeMudanza);
}

function deshacer(clave) {
  if (!mudanzas.hechas.length) return avisar("No hay ninguna mudanza tuya para deshacer.");
  return mudanzas.deshacer(clave);
}

function nombreDe(repartidorId) {
  return repartidorId === null ? "Sin asignar" : almacen.repartidores.get(repartidorId)?.nombre;
}

/** Says what came of a move, in words that name who and where. */
function contar(suceso) {
  const { que, mudanza } = suceso;
  if (que === "movida") {
    const id = suceso.ids[0];
    const orden = almacen.orden(columnaDe(mudanza.repartidor_id));
    const cuales = suceso.ids.length === 1 ? almacen.tickets.get(id).numero : cuantos(suceso.ids.length, "ticket", "tickets");
    const donde = `${nombreDe(mudanza.repartidor_id)}, posición ${orden.indexOf(id) + 1} de ${orden.length}`;
    quitarAviso();
    quitarAviso = avisar(`${cuales} → ${donde}.${suceso.ancla_perdida ? " El ticket que seguía ya no estaba: quedó al final." : ""}`, {
      accion: "Deshacer",
      alTocar: () => mudanzas.deshacer(mudanza.clave),
    });
  } else if (que === "rechazada") {
    for (const uno of suceso.resultados) rechazada(uno, mudanza);
  } else if (que === "deshecha") {
    quitarAviso();
    const mal = suceso.resultados.filter((uno) => !uno.ok);
    for (const uno of mal) avisar(`No se puede deshacer. ${textoDeRechazo(uno, uno.ticket?.repartidor_nombre, hora)}`, { error: true });
    if (!suceso.resultados.length) avisar(suceso.detalle ?? "No se puede deshacer.", { error: true });
    else if (!mal.length) avisar("Deshecho: todo volvió a su lugar.");
  } else if (que === "sin_respuesta") {
    avisar("Sin respuesta del servidor: el ticket volvió a donde estaba.", { error: true, ...(mudanza && { accion: "Reintentar", alTocar: () => mover(mudanza) }) });
  } else avisar(suceso.detalle ?? "No se pudo mover.", { error: true });
}

function rechazada(uno, mudanza) {
  const insistir = uno.codigo === "sin_lugar" && { accion: "Mover igual", alTocar: () => mover({ ...mudanza, ids: [uno.id], forzar: true }) };
  const ver = uno.ticket && !insistir && { accion: "Ver", alTocar: () => panel.abrir(uno.id) };
  avisar(textoDeRechazo(uno, nombreDe(mudanza.repartidor_id), hora), { error: true, ...(insistir || ver) });
  columnas.resaltar(uno.id);
}

/** A snapshot has none of them. */
async function traerConflictos() {
  const { conflictos } = await pedir("GET", "/api/conflictos");
  almacen.conflictos = new Map(conflictos.map((uno) => [uno.id, uno]));
  mostrarConflictos();
}

function mostrarConflictos(nuevo) {
  const cuenta = document.querySelector("[data-conflictos]");
  cuenta.textContent = almacen.conflictos.size;
  cuenta.hidden = almacen.conflictos.size === 0;
  if (!nuevo || !almacen.conflictos.has(nuevo.id)) return;
  tocar([440, 330]);
  avisar(`${nuevo.repartidor?.nombre ?? "Un repartidor"} cerró en la calle un ticket que ya no tenía.`, {
    error: true,
    accion: "Resolver",
    alTocar: () => location.assign("/conflictos"),
    dura: 20_000,
  });
}

function prepararSonido(boton) {
  boton.addEventListener("click", async () => {
    if (await activarSonido()) {
      tocar([880, 1174], { cada: 0 });
      boton.querySelector("[data-campo=texto]").textContent = "Sonido activado";
      boton.disabled = true;
    }
  });
}
