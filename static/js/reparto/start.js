// The phone begins: what it knows, its parts, and the hub by which they hear of each other.
//
// A part is handed what it asks of and the hub for all else. What has to be on the disk first is no event but a call that is
// awaited: `diario.save`, `bandeja.add`, `vistos.mark`, `respuestas.acto`, `sesion.close`.
//
// | told | with | when |
// |---|---|---|
// | `perform` | ticket, accion | somebody wants to do an act, which asks first |
// | `mover` | id, id or null | somebody wants a ticket before another one, or last |
// | `open`, `go` | id, url | a ticket, a screen is to be shown |
// | `back` | nothing | the list is to be shown |
// | `contacto` | id, medio | the customer was called or written to |
// | `draw` | nothing | what is on the screen may be otherwise: now |
// | `done` | accion, estado | an act is stored, and its ticket is this now |
// | `rechazado` | id | the server did not take an act on it |
// | `bandeja`, `fotos` | what waits | it changed |
// | `seen` | id or null | this ticket is shown now, or none |
// | `visto` | ids | somebody has looked at these |
// | `tomado` | ticket | an offer is theirs |
// | `ofertas` | nothing | there may be other offers, perhaps because the turno was ended |
// | `turno`, `ended` | nothing | the turno was begun or ended; it was ended |
// | `permisos` | nothing | what the central is told of this phone may be otherwise |
// | `ubicacion` | punto | the phone is here |
// | `telefono` | dicho | another phone of theirs speaks |
// | `line` | state | how the line is |
// | `connected` | nothing | it is there, and nothing is missing any more |
// | `upToDate` | nothing | this phone has all there is |
// | `catchUp` | nothing | something is to be pulled |
// | `closed` | nothing | the session is over |
// | `hidden`, `shown` | nothing | the page is out of sight, is seen again |
// | `online` | nothing | the browser has a network |
// | `sound` | yes or no | whether sound would be heard |
// | `age` | nothing | time passed |
import { Hub } from "../page/hub.js";
import { rememberContactos } from "../stream/contactos.js";
import { request } from "../stream/requests.js";
import { Actos } from "./actos.js";
import { begin } from "./arranque.js";
import { prepareAtencion } from "./atencion.js";
import { Bandeja, Fotos } from "./bandeja.js";
import { Borradores } from "./borrador.js";
import { Caja } from "./caja.js";
import { Central } from "./central.js";
import { Dia } from "./dia.js";
import { Diario } from "./diario.js";
import { Envios } from "./envios.js";
import { Fijos } from "./fijos.js";
import { Franja } from "./franja.js";
import { HojaNuevos } from "./hojas.js";
import { prepareHora } from "./hora.js";
import { Intentos } from "./intentos.js";
import { Linea } from "./linea.js";
import { Lugar } from "./lugar.js";
import { watchMomentos } from "./momentos.js";
import { Novedades } from "./novedades.js";
import { Ofertas } from "./oferta.js";
import { prepareOrden } from "./orden.js";
import { Pestanas } from "./pestanas.js";
import { Respuestas } from "./respuestas.js";
import { resumeHoja } from "./retomar.js";
import { letLeave } from "./salir.js";
import { Sesion } from "./sesion.js";
import { Telefono } from "./telefono.js";
import { serve } from "./toques.js";
import { Turno } from "./turno.js";
import { Vista } from "./vista.js";
import { Vistos } from "./vistos.js";

/** @param {Json} pagina what the page carries (ticketera/routes/pages/reparto.py); without a day it is the shell */
export async function start(pagina) {
  const hub = new Hub();
  const franja = new Franja(document, hub);
  const fijos = new Fijos(document, hub);
  const { guardado, datos, hora } = await begin(pagina, franja);
  const { yo, motivos, version } = datos;
  const { problemas } = guardado;
  /** @type {Json} */
  const sabido = guardado.dia ?? {};
  const elReloj = prepareHora(hora, hub);
  const reloj = () => elReloj.ahora();
  rememberContactos([...(sabido.contactos ?? []), ...datos.contactos]);
  hub.on("upToDate", () => franja.upToDate(reloj()));

  const sesion = new Sesion({ guardado, hub });
  const diario = new Diario({ guardado, sesion });
  // From what this phone knew to what the server says, so that nothing that changed in between goes by in silence.
  const dia = new Dia({
    tabla: datos.acciones,
    tickets: sabido.tickets ?? datos.reparto.tickets,
    cerrados: sabido.cerrados,
    vistos: sabido.vistos,
    juzgados: datos.en_revision ?? sabido.juzgados,
  });
  dia.forget(reloj());
  hub.on("bandeja", (registros) => dia.putActos(registros));
  hub.on("closed", () => dia.empty());
  hub.on("age", () => {
    if (dia.forget(reloj())) diario.save();
    if (!document.hidden) hub.tell("draw");
  });
  const intentos = new Intentos(sabido.intentos);
  hub.on("contacto", (id, medio) => {
    intentos.note(id, medio, reloj());
    diario.save();
  });
  const politica = datos.politica ?? sabido.politica;
  const central = new Central({ dia, fijos, politica, diario, hub });
  const caja = new Caja({ central, fijos, diario, sabida: sabido.caja ?? null, hub });

  const pestanas = new Pestanas(yo.id);
  const respuestas = new Respuestas({
    dia,
    caja,
    fijos,
    problemas,
    diario,
    pestanas,
    reloj,
    hub,
  });
  const cola = { send: request, sesion, pestanas, hub };
  const bandeja = new Bandeja({
    ...cola,
    guardado: guardado.bandeja,
    settle: (registro, resultado) => respuestas.acto(registro, resultado),
  });
  const fotos = new Fotos({
    ...cola,
    guardado: guardado.fotos,
    bandeja,
    settle: (foto, resultado) => respuestas.foto(foto, resultado),
  });
  const envios = new Envios({ bandeja, fotos, franja, pestanas, hub });
  const borradores = new Borradores({ disco: guardado.hojas, usuarioId: yo.id, hub });
  new Actos({ bandeja, fotos, borradores, intentos, central, dia, franja, motivos, reloj, hub });
  prepareOrden(hub);
  const turno = new Turno({ fijos, dia, caja, envios, sabido: datos.turno, hub });

  const vista = new Vista({ dia, yo, reloj, turno, central, sesion, hub });
  const lugar = new Lugar({ vista, dia, hub });
  const ofertas = new Ofertas({ send: request, hub });
  const novedades = new Novedades({ dia, fijos, vista, ofertas, reloj, diario, hub });
  const linea = new Linea({ datos, novedades, diario, sesion, hub });
  const vistos = new Vistos({ dia, toSay: sabido.vistosPorDecir, diario, linea, hub });
  diario.follow({ yo, dia, turno, linea, vistos, central, caja, intentos });
  const telefono = new Telefono({
    yo,
    version,
    problemas,
    reloj: elReloj,
    central,
    fijos,
    dia,
    turno,
    envios,
    linea,
    vista,
    hub,
  });
  const nuevos = new HojaNuevos({ reloj, vistos, hub });
  prepareAtencion({ dia, envios, nuevos, ofertas, hub });
  hub.on("bandeja", () => hub.tell("draw"));

  linea.open();
  fijos.follow(guardado.avisos, guardado.saveAvisos);
  dia.putActos(await guardado.bandeja.todos());
  if (sabido.epoca === datos.reparto.epoca) novedades.replace(datos.reparto.tickets);
  else dia.replace(datos.reparto.tickets, reloj());
  if (!guardado.firme)
    fijos.aviso(
      "Este navegador no guarda nada: no cierres la página con acciones por enviar.",
      true,
    );
  await envios.open();
  await diario.save();
  lugar.follow();
  watchMomentos(hub);
  serve({ dia, vista, turno, telefono, hub });
  letLeave({ envios, sesion });
  document.documentElement.dataset.listo = "si";
  resumeHoja({ borradores, dia, vista, hub });
}
