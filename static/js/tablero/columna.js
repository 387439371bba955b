// The parts of one column besides its cards: who it is, how much they carry, what they closed.
import { cuantos, hace, hora, otroDia, pesos, pesosJustos } from "../words/formats.js";
import { atributo, campos, clonar, ordenar, texto } from "../page/template.js";
import { ajustes, porResolver } from "./criterio.js";
import { chipDeEstado, iniciales } from "./tarjeta.js";

/** At most this many closed tickets are shown in a column, besides those that wait for somebody. */
const HECHOS = 20;
/** Without a sign of life for so long somebody is away, not only without signal. */
const LEJOS_MS = 5 * 60_000;

/** How many tickets somebody may carry. */
export const topeDe = (uno) => Math.min(uno?.capacidad ?? ajustes.tope, ajustes.tope);

/** Writes name and presence into a column's head, and into the token that stands for it off duty. */
export function dibujarCabeza({ parte, suyo }, uno, ahora) {
  const presencia = textoDePresencia(uno, ahora);
  for (const [nombre, letras] of [
    [parte.nombre, parte.iniciales],
    [suyo.nombre, suyo.iniciales],
  ]) {
    texto(nombre, uno.nombre);
    texto(letras, iniciales(uno.nombre));
  }
  texto(parte.presencia, presencia.texto);
  atributo(parte.presencia, "data-presencia", presencia.clase);
  atributo(parte.menu, "aria-label", `Más de ${uno.nombre}`);
}

/** Writes the load against what one may carry, what was done, and the money to be handed in. */
export function dibujarCuentas(parte, uno, activos, hechos) {
  const tope = topeDe(uno);
  texto(
    parte.resumen,
    `${cuantos(activos, "activo", "activos")} · ${cuantos(hechos, "hecho", "hechos")}`,
  );
  const { ayuda, problemas } = uno.permisos;
  texto(
    parte.problemas,
    [ayuda && "Necesita ayuda", problemas && `${problemas} con problemas`]
      .filter(Boolean)
      .join(" · "),
  );
  texto(parte.rendir, uno.por_rendir ? `${pesosJustos(uno.por_rendir)} a rendir` : "");
  texto(parte.carga, `Lleva ${activos} de ${tope}`);
  const ancho = `${Math.min(100, Math.round((activos / tope) * 100))}%`;
  if (parte.barra.style.inlineSize !== ancho) parte.barra.style.inlineSize = ancho;
  parte.barra.classList.toggle("llena", activos >= tope);
}

/** Draws what was closed, `hoy` of it today; its rows only when they are looked at, or when a filter asks for them. */
export function dibujarHechos(parte, hechos, hoy, filtrados, ahora) {
  const esperan = hechos.filter(porResolver);
  parte.hechos.hidden = hechos.length === 0;
  texto(
    parte.hechosTitulo,
    `Hechos hoy (${hoy})${esperan.length ? ` · ${esperan.length} por resolver` : ""}`,
  );
  if (filtrados && hechos.length) parte.hechos.open = true;
  // What waits for somebody is never behind what does not.
  const lista = parte.hechos.open
    ? [...esperan, ...hechos.filter((uno) => !porResolver(uno)).slice(0, HECHOS)]
    : [];
  ordenar(
    parte.hechosLista,
    lista.map((ticket) => hecho(parte.hechosLista, ticket, ahora)),
  );
}

/** Another admin who is at the board. */
export function presente(nombre) {
  const uno = clonar("presente");
  const parte = campos(uno);
  uno.title = `${nombre} está en el tablero`;
  texto(parte.iniciales, iniciales(nombre));
  texto(parte.nombre, uno.title);
  return uno;
}

function hecho(lista, ticket, ahora) {
  const fila = lista.querySelector(`[data-hecho="${ticket.id}"]`) ?? clonar("hecho");
  fila.dataset.hecho = ticket.id;
  const parte = campos(fila);
  texto(parte.numero, ticket.numero);
  atributo(parte.numero, "href", `/tickets/${ticket.id}`);
  texto(
    parte.hora,
    [otroDia(ticket.cerrado_en, ahora), hora(ticket.cerrado_en)].filter(Boolean).join(", "),
  );
  texto(parte.direccion, ticket.cliente_direccion);
  texto(parte.total, pesos(ticket.total));
  chipDeEstado(parte.estado, ticket);
  return fila;
}

/** Whether what is known of the repartidores is old: the board itself has no line. */
export const presencias = { viejas: false };

/** Presence in words, never by colour alone. */
export function textoDePresencia(uno, ahora) {
  const hoy = textoDeHoy(uno, ahora);
  return presencias.viejas && hoy.clase !== "fuera" ? { texto: "No se sabe", clase: "fuera" } : hoy;
}

function textoDeHoy(uno, ahora) {
  if (!uno.activo) return { texto: "Dado de baja", clase: "fuera" };
  if (!uno.en_turno) return { texto: "Fuera de turno", clase: "fuera" };
  if (uno.en_linea) return { texto: "En línea", clase: "en-linea" };
  if (!uno.senal_en) return { texto: "Sin señal", clase: "sin-senal" };
  if (ahora - Date.parse(uno.senal_en) > LEJOS_MS)
    return { texto: `Desconectado desde ${hora(uno.senal_en)}`, clase: "lejos" };
  const rato = hace(uno.senal_en, ahora);
  return { texto: rato === "recién" ? "Sin señal" : `Sin señal ${rato}`, clase: "sin-senal" };
}
