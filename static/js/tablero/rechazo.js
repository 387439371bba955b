// Why a move was refused, in words that name who did what and when; and one notice for all that one move was refused.
import { avisar, callar } from "../page/avisos.js";
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
 * @param {object} resultado one of `resultados` of a mudanza
 * @param {{destino?: string, lleva?: number, tope?: number, ahora: number, yo?: number}} sobre `yo` reads it
 */
export function textoDeRechazo(resultado, sobre) {
  const razon = razonDe(resultado, sobre);
  return `${resultado.ticket?.numero ?? "El ticket"} no se movió${razon && `: ${razon}`}.`;
}

function razonDe(
  { codigo, ticket, por, que, en, repartidor_de },
  { destino = "ese repartidor", lleva: tiene, tope, ahora, yo },
) {
  const propio = yo !== undefined && por?.id === yo;
  const quien = propio ? "vos" : (por?.nombre ?? "Alguien");
  const hizo = (que) => (propio ? aVos(que) : que);
  switch (codigo) {
    case "version_vieja":
      return `${quien} ${hizo(HIZO[que]?.(ticket, repartidor_de) ?? "lo cambió")} ${en ? haceEn(en, ahora) : "recién"}`;
    case "cerrado":
      return `${quien} ya ${hizo(CERRO[ticket?.estado] ?? "lo cerró")}${ticket?.cerrado_en ? ` a las ${hora(ticket.cerrado_en)}` : ""}`;
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
  /** @param {{almacen: import("./store.js").Almacen, reloj: () => number, yo: number, nombreDe: (id: number | null) => string,
   *   cargaDe: (id: number | null) => {lleva: number, tope: number}, hacer: object}} parts */
  constructor({ almacen, reloj, yo, nombreDe, cargaDe, hacer }) {
    Object.assign(this, { almacen, reloj, yo, nombreDe, cargaDe, hacer });
    this.afuera = new Map();
  }

  /** Tells of a move's refusals. */
  decir({ resultados, mudanza }) {
    const { repartidor_id, antes_de } = mudanza;
    for (const { id } of resultados) this.hacer.resaltar(id);
    const llenos = resultados.filter((uno) => uno.codigo === "sin_lugar");
    if (llenos.length) {
      const suyos =
        this.afuera.get(repartidor_id) ??
        this.afuera.set(repartidor_id, new Map()).get(repartidor_id);
      for (const { id, ticket } of llenos) suyos.set(id, { id, antes_de, version: ticket.version });
      this.#insistir(repartidor_id);
    }
    this.#decir(
      mudanza.clave,
      resultados.filter((uno) => uno.codigo !== "sin_lugar"),
      { destino: this.nombreDe(repartidor_id) },
    );
  }

  /** Tells what could not be put back. */
  decirNoDeshecha(resultados) {
    this.#decir(null, resultados, {}, "No se puede deshacer. ");
  }

  /** Whoever went somewhere else meanwhile, or was closed, is no longer to be insisted on. */
  revisar() {
    for (const [destino, suyos] of this.afuera) {
      const antes = suyos.size;
      for (const { id, version } of suyos.values()) {
        const ticket = this.almacen.tickets.get(id);
        if (ticket?.version !== version || !ABIERTOS.has(ticket.estado)) suyos.delete(id);
      }
      if (suyos.size !== antes) this.#insistir(destino);
    }
  }

  #insistir(destino) {
    const suyos = [...this.afuera.get(destino).values()];
    const clave = `sin-lugar-${destino}`;
    const dejar = () => this.afuera.delete(destino);
    if (!suyos.length) return void (dejar() && callar(clave));
    const numeros = suyos.map(({ id }) => this.almacen.tickets.get(id).numero);
    const razon = razonDe(
      { codigo: "sin_lugar" },
      { destino: this.nombreDe(destino), ...this.cargaDe(destino) },
    );
    const uno = suyos.length === 1;
    avisar(
      uno
        ? `${numeros[0]} no se movió: ${razon}.`
        : `${suyos.length} tickets no entraron: ${razon}.`,
      {
        error: true,
        clave,
        detalle: uno ? [] : [numeros.join(", ")],
        accion: uno ? "Mover igual" : `Mover igual los ${suyos.length}`,
        alCerrar: dejar,
        alTocar: () => {
          dejar();
          // In front of what each was meant for: as many moves as there are places, one nearly always.
          for (const antes_de of new Set(suyos.map((otro) => otro.antes_de))) {
            const ids = suyos.filter((otro) => otro.antes_de === antes_de).map(({ id }) => id);
            this.hacer.mover({ ids, repartidor_id: destino, antes_de, forzar: true });
          }
        },
      },
    );
  }

  #decir(clave, resultados, { destino }, antes = "") {
    if (!resultados.length) return;
    const { hacer } = this;
    const textos = resultados.map((uno) =>
      textoDeRechazo(uno, {
        destino: destino ?? uno.ticket?.repartidor_nombre,
        ahora: this.reloj(),
        yo: this.yo,
      }),
    );
    const [primero] = resultados;
    if (resultados.length === 1)
      return void avisar(antes + textos[0], {
        error: true,
        ...(primero.ticket && { accion: "Ver", alTocar: () => hacer.ver(primero.id) }),
      });
    const lineas = resultados.map((uno, lugar) =>
      uno.ticket ? enlace(textos[lugar], uno.id, hacer.ver) : textos[lugar],
    );
    avisar(`${antes}${resultados.length} tickets no se movieron.`, {
      error: true,
      clave: clave ?? textos.join(),
      detalle: lineas,
    });
  }
}

function enlace(texto, id, ver) {
  const uno = document.createElement("a");
  uno.href = `/tickets/${id}`;
  uno.textContent = texto;
  uno.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ver(id);
  });
  return uno;
}
