// The board begins: what it knows, its parts, and the hub by which they hear of each other.
//
// A part is handed what it asks of (the store, the clock, another part that it reads) and the hub for all else.
//
// | told | with | when |
// |---|---|---|
// | `mover` | a mudanza | somebody wants it moved, by whatever means |
// | `destino` | ids | somebody wants to be asked where these go |
// | `undo` | clave or nothing | somebody wants a move taken back, the newest one without a clave |
// | `act` | ticket, accion | somebody wants to do an act, which asks first |
// | `open` | id, what gets the focus back | a ticket is to be shown in the panel |
// | `put` | ticket | the server said so of a ticket, in an answer |
// | `focus`, `highlight` | id | a card is to have the focus, is to be seen |
// | `hold` | yes or no | columns keep their order for somebody's hands |
// | `columns`, `tickets` | keys, ids | what is to be drawn at the next frame |
// | `all`, `layout` | nothing | all cards, which columns there are: at the next frame |
// | `ring` | kind, numero | something is to be heard |
// | `tarjeta`, `columna` | id, element | one was made |
// | `columnas` | repartidores | which columns stand, in order |
// | `drawn` | keys | these columns were drawn |
// | `hand` | ids or null | what somebody has in the hand |
// | `moving` | ids | nothing stands in the way of a move of these any more |
// | `moved` | suceso | what came of a move |
// | `panel` | id or null | which ticket the panel shows |
// | `miran` | ids | another admin came to these, or left them |
// | `say` | where I am | for the other admins |
// | `novedad`, `cambio` | novedad, acuse | something of a ticket changed; the latter is no novedad of the stream |
// | `replaced` | nothing | the store has a whole snapshot |
// | `presencia` | repartidor, whether its head changes | somebody came or went |
// | `configuracion` | nothing | the settings may have changed |
// | `age` | nothing | time passed |
// | `line`, `missing` | state, yes or no | how the line is, whether it has been missed |
import { notify } from "../page/avisos.js";
import { Hub } from "../page/hub.js";
import { request } from "../stream/requests.js";
import { prepareAsk } from "./ask.js";
import { Columnas } from "./columnas.js";
import { prepareConflictos } from "./conflictos.js";
import { prepareDialogo } from "./dialogo.js";
import { prepareArrastre } from "./drag.js";
import { prepareElector } from "./elector.js";
import { prepareFiltros, readFiltro } from "./filtros.js";
import { prepareTeclado } from "./keyboard.js";
import { prepareLater } from "./later.js";
import { Linea } from "./linea.js";
import { listen } from "./listen.js";
import { Mirando } from "./mirando.js";
import { prepareMover } from "./mover.js";
import { Mudanzas } from "./mudanzas.js";
import { prepareNoticias } from "./noticias.js";
import { Nuevos } from "./nuevos.js";
import { Panel } from "./panel.js";
import { Preferencias } from "./preferencias.js";
import { preparePresentes } from "./presentes.js";
import { prepareSay } from "./say.js";
import { Seleccion } from "./seleccion.js";
import { prepareSonidos } from "./sonidos.js";
import { Store } from "./store.js";
import { prepareSugerencias } from "./sugerencias.js";
import { prepareTaps } from "./taps.js";
import { useAjustes } from "./vigente.js";

const one = (selector) => document.querySelector(selector);

/** @param {Record<string, any>} datos what the page carries (ticketera/routes/pages/tablero.py) */
export function start(datos) {
  const hub = new Hub();
  const raiz = one("[data-tablero]");
  const barra = one("[data-herramientas]");
  const adelanto = datos.ahora - Date.now();
  const reloj = () => Date.now() + adelanto;
  const yo = datos.yo.id;
  useAjustes(datos.configuracion);
  const store = new Store(datos.tablero, datos.conflictos);
  const filtro = readFiltro();
  const pasa = (id) => store.matches(id, filtro, reloj());

  const nuevos = new Nuevos(hub);
  const preferencias = new Preferencias(datos.preferencias, hub);
  const mirando = new Mirando({ yo, hub });
  const linea = new Linea({ banda: one("[data-banda]"), chip: one("[data-linea]"), raiz, hub });
  const seleccion = new Seleccion({ raiz, barra: one("[data-seleccion]"), store, pasa, hub });
  prepareArrastre({ tira: one("[data-tira-caja]"), store, seleccion, linea, hub });
  const { elegidas } = seleccion;
  const columnas = new Columnas(raiz, store, {
    reloj,
    filtro,
    preferencias,
    elegidas,
    nuevos,
    mirando,
    hub,
  });
  prepareFiltros({ barra, filtro, store, nuevos, reloj, hub });
  hub.on("columnas", prepareElector(raiz, one("[data-elector]")));
  hub.on("ring", prepareSonidos(one("[data-sonido]"), one("[data-avisos]")));
  preparePresentes(one("[data-presentes]"), mirando, hub);

  const elemento = document.getElementById("panel-ticket");
  const panel = new Panel({ elemento, store, tabla: datos.acciones, reloj, yo, mirando, hub });
  const dialogo = document.getElementById("dialogo-mover");
  prepareDialogo({ dialogo, store, reloj, panel, hub });
  const ask = prepareAsk(document.getElementById("dialogo-preguntar"));
  const mudanzas = new Mudanzas({
    store,
    send: request,
    draw: (_ids, tocadas) => hub.tell("columns", tocadas),
    count: (suceso) => hub.tell("moved", suceso),
  });
  hub.on("novedad", (novedad) => mudanzas.hear(novedad));
  hub.on("undo", (clave) => {
    if (!clave && !mudanzas.hechas.length && !mudanzas.enVuelo.size)
      return void notify("No hay ninguna mudanza tuya para deshacer.");
    mudanzas.undo(clave);
  });
  hub.on("put", (ticket) => {
    hub.tell("columns", store.put(ticket));
    hub.tell("cambio", { ticket_id: ticket.id, ticket });
  });
  prepareMover({ store, mudanzas, linea, ask, reloj, hub });
  prepareSay({ store, reloj, yo, hub });
  prepareConflictos({ store, hub });
  prepareNoticias({ yo, store, nuevos, reloj, hub });
  const sugerencias = prepareSugerencias({
    columna: raiz.querySelector("[data-columna=sin]"),
    send: request,
    hub,
  });
  prepareTeclado(raiz, { aceptar: sugerencias.aceptar, seleccion, hub });
  prepareTaps({ raiz, seleccion, preferencias, hub });

  columnas.redrawAll();
  columnas.draw();
  document.documentElement.dataset.listo = "si";
  const { motivos } = datos;
  prepareLater({ raiz, store, seleccion, preferencias, columnas, pasa, motivos, ask, hub });
  listen({ datos, store, reloj, hub });
}
