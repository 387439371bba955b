// Why a move was refused, in words that name who did what and when; and one notice for all that one move was refused.
import { notify, hush } from "../page/avisos.js";
import { ABIERTOS } from "../words/acciones.js";
import { hace, hora } from "../words/formats.js";

/** What somebody did to a ticket, by the name of the change in its history. */
const HIZO = {
  asignado: lleva,
  movido: lleva,
  tomado: () => "tomó la oferta",
  deshecho: (ticket) =>
    `deshizo una mudanza y quedó ${ticket.repartidor_nombre ? `con ${ticket.repartidor_nombre}` : "sin asignar"}`,
  editado: () => "le cambió los datos",
  iniciar: () => "salió a entregarlo",
  volver: () => "lo volvió a asignado",
  llegar: () => "llegó a la puerta",
  reintentar: () => "lo volvió a la espera",
  corregir: () => "corrigió cómo se cerró",
  baja_del_repartidor: lleva,
};
const CERRO = {
  entregado: "lo entregó",
  fallido: "lo dio por no entregado",
  cancelado: "lo canceló",
};

/** The same said to whoever did it: nobody is told about themselves as about somebody else. */
const VOS = {
  pasó: "pasaste",
  dejó: "dejaste",
  cambió: "cambiaste",
  tomó: "tomaste",
  deshizo: "deshiciste",
  salió: "saliste",
  volvió: "volviste",
  llegó: "llegaste",
  corrigió: "corregiste",
  cerró: "cerraste",
  entregó: "entregaste",
  dio: "diste",
  canceló: "cancelaste",
};
const aVos = (hecho) =>
  hecho
    .split(" ")
    .map((palabra) => VOS[palabra] ?? palabra)
    .join(" ");

function lleva(ticket, de) {
  if (de && de === ticket.repartidor_nombre) return "lo cambió de lugar";
  return ticket.repartidor_nombre ? `lo pasó a ${ticket.repartidor_nombre}` : "lo dejó sin asignar";
}

/**
 * Why a ticket was not moved, in a sentence that names who did what and when.
 * @param {Json} resultado one of `resultados` of a mudanza
 * @param {{destino?: string, lleva?: number, tope?: number, ahora: number, yo?: number}} sobre `yo` reads it
 */
export function textoDeRechazo(resultado, sobre) {
  const razon = razonDe(resultado, sobre);
  return `${resultado.ticket?.numero ?? "El ticket"} no se movió${razon && `: ${razon}`}.`;
}

/**
 * @param {Json} resultado
 * @param {Json} sobre
 */
function razonDe(
  { codigo, ticket, por, que, en, repartidor_de },
  { destino = "ese repartidor", lleva: tiene, tope, ahora, yo },
) {
  const propio = yo !== undefined && por?.id === yo;
  const quien = propio ? "vos" : (por?.nombre ?? "Alguien");
  const hizo = (dicho) => (propio ? aVos(dicho) : dicho);
  const cerrado = CERRO[ticket?.estado] ?? "lo cerró";
  const aLas = ticket?.cerrado_en ? ` a las ${hora(ticket.cerrado_en)}` : "";
  switch (codigo) {
    case "version_vieja":
      return `${quien} ${hizo(HIZO[que]?.(ticket, repartidor_de) ?? "lo cambió")} ${en ? haceEn(en, ahora) : "recién"}`;
    case "cerrado":
      return `${quien} ya ${hizo(cerrado)}${aLas}`;
    case "repartidor_inactivo":
      return `a ${destino} le desactivaron la cuenta`;
    case "sin_lugar":
      return `${destino} ya tiene ${tope ? `${tiene} de ${tope}` : "todos los que puede llevar"}`;
    case "no_existe":
      return "ya no existe";
    default:
      return "";
  }
}

function haceEn(en, ahora) {
  const segundos = Math.max(1, Math.round((ahora - Date.parse(en)) / 1000));
  return segundos < 60 ? `hace ${segundos} s` : hace(en, ahora);
}

/** What was refused and can still be read: one notice a move, one a full repartidor whatever the number of tickets. */
export class Rechazos {
  /** @param {{store: import("./store.js").Store, reloj: () => number, yo: number, nombreDe: (id: number | null) => string,
   *   cargaDe: (id: number | null) => {lleva: number, tope: number}, hub: import("../page/hub.js").Hub}} parts */
  constructor({ store, reloj, yo, nombreDe, cargaDe, hub }) {
    this.store = store;
    this.reloj = reloj;
    this.yo = yo;
    this.nombreDe = nombreDe;
    this.cargaDe = cargaDe;
    this.hub = hub;
    this.afuera = new Map();
  }

  /** Tells of a move's refusals. */
  say({ resultados, mudanza }) {
    const { repartidor_id, antes_de } = mudanza;
    for (const { id } of resultados) this.hub.tell("highlight", id);
    const llenos = resultados.filter((uno) => uno.codigo === "sin_lugar");
    if (llenos.length) {
      const suyos =
        this.afuera.get(repartidor_id) ??
        this.afuera.set(repartidor_id, new Map()).get(repartidor_id);
      for (const { id, ticket } of llenos) suyos.set(id, { id, antes_de, version: ticket.version });
      this.#insist(repartidor_id);
    }
    this.#say(
      mudanza.clave,
      resultados.filter((uno) => uno.codigo !== "sin_lugar"),
      { destino: this.nombreDe(repartidor_id) },
    );
  }

  /** Tells what could not be put back. */
  sayNotUndone(resultados) {
    this.#say(null, resultados, {}, "No se puede deshacer. ");
  }

  /** Whoever went somewhere else meanwhile, or was closed, is no longer to be insisted on. */
  review() {
    for (const [destino, suyos] of this.afuera) {
      const antes = suyos.size;
      for (const { id, version } of suyos.values()) {
        const ticket = this.store.tickets.get(id);
        if (ticket?.version !== version || !ABIERTOS.has(ticket.estado)) suyos.delete(id);
      }
      if (suyos.size !== antes) this.#insist(destino);
    }
  }

  #insist(destino) {
    const suyos = [...this.afuera.get(destino).values()];
    const clave = `sin-lugar-${destino}`;
    const leave = () => this.afuera.delete(destino);
    if (!suyos.length) return void (leave() && hush(clave));
    const numeros = suyos.map(({ id }) => this.store.tickets.get(id).numero);
    const razon = razonDe(
      { codigo: "sin_lugar" },
      { destino: this.nombreDe(destino), ...this.cargaDe(destino) },
    );
    const uno = suyos.length === 1;
    notify(
      uno
        ? `${numeros[0]} no se movió: ${razon}.`
        : `${suyos.length} tickets no entraron: ${razon}.`,
      {
        error: true,
        clave,
        detalle: uno ? [] : [numeros.join(", ")],
        accion: uno ? "Mover igual" : `Mover igual los ${suyos.length}`,
        onClose: leave,
        onTap: () => {
          leave();
          // In front of what each was meant for: as many moves as there are places, one nearly always.
          for (const antes_de of new Set(suyos.map((otro) => otro.antes_de))) {
            const ids = suyos.filter((otro) => otro.antes_de === antes_de).map(({ id }) => id);
            this.hub.tell("mover", { ids, repartidor_id: destino, antes_de, forzar: true });
          }
        },
      },
    );
  }

  /**
   * @param {string | null} clave
   * @param {Json[]} resultados
   * @param {{destino?: string}} sobre
   */
  #say(clave, resultados, { destino }, antes = "") {
    if (!resultados.length) return;
    const { hub } = this;
    const open = (id) => hub.tell("open", id);
    const textos = resultados.map((uno) =>
      textoDeRechazo(uno, {
        destino: destino ?? uno.ticket?.repartidor_nombre,
        ahora: this.reloj(),
        yo: this.yo,
      }),
    );
    const [primero] = resultados;
    if (resultados.length === 1)
      return void notify(antes + textos[0], {
        error: true,
        ...(primero.ticket && { accion: "Ver", onTap: () => open(primero.id) }),
      });
    const lineas = resultados.map((uno, lugar) =>
      uno.ticket ? enlace(textos[lugar], uno.id, open) : textos[lugar],
    );
    notify(`${antes}${resultados.length} tickets no se movieron.`, {
      error: true,
      clave: clave ?? textos.join(),
      detalle: lineas,
    });
  }
}

function enlace(texto, id, open) {
  const uno = document.createElement("a");
  uno.href = `/tickets/${id}`;
  uno.textContent = texto;
  uno.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(id);
  });
  return uno;
}
