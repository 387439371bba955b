// The parts of one column besides its cards: who it is, how much they carry, what they closed.
import { cuantos, hace, hora, iniciales, otroDia, pesos, pesosJustos } from "../words/formats.js";
import { setAttribute, fields, clone, arrange, setText } from "../page/template.js";
import { ajustes, porResolver } from "./criterio.js";
import { SIN_ASIGNAR } from "./store.js";
import { chipDeEstado } from "./tarjeta.js";

/** At most this many closed tickets are shown in a column, besides those that wait for somebody. */
const HECHOS = 20;
/** Without a sign of life for so long somebody is away, not only without signal. */
const LEJOS_MS = 5 * 60_000;

/** How many tickets somebody may carry. */
export const topeDe = (uno) => Math.min(uno?.capacidad ?? ajustes.tope, ajustes.tope);

/**
 * A column out of its element, which the server or a template drew. That of a repartidor has a token (`ficha`) beside the
 * strip, too. `todas`: all its cards are shown, `ids`: its tickets when it was last drawn.
 *
 * @returns {Json} `{id, elemento, parte, todas, ids?, ficha?, suyo?}`; `parte` and `suyo` by `data-campo`
 */
export function newColumna(id, elemento) {
  const parte = fields(elemento.querySelector("header"));
  for (const uno of elemento.querySelectorAll(":scope > [data-campo]"))
    parte[uno.dataset.campo] = uno;
  Object.assign(parte, parte.hechos && fields(parte.hechos));
  if (id === SIN_ASIGNAR) return { id, elemento, parte, todas: false };
  elemento.dataset.columna = id;
  parte.nombre.id = `columna-${id}`;
  elemento.setAttribute("aria-labelledby", parte.nombre.id);
  const ficha = clone("ficha");
  ficha.dataset.columna = id;
  return { id, elemento, parte, todas: false, ficha, suyo: fields(ficha) };
}

/** Writes name and presence into a column's head, and into the token that stands for it off duty. */
export function drawCabeza({ parte, suyo }, uno, ahora) {
  const presencia = textoDePresencia(uno, ahora);
  for (const [nombre, letras] of [
    [parte.nombre, parte.iniciales],
    [suyo.nombre, suyo.iniciales],
  ]) {
    setText(nombre, uno.nombre);
    setText(letras, iniciales(uno.nombre));
  }
  setText(parte.presencia, presencia.texto);
  setAttribute(parte.presencia, "data-presencia", presencia.clase);
  setAttribute(parte.menu, "aria-label", `Más de ${uno.nombre}`);
}

/** Writes the load against what one may carry, what was done, and the money to be handed in. */
export function drawCuentas(parte, uno, activos, hechos) {
  const tope = topeDe(uno);
  setText(
    parte.resumen,
    `${cuantos(activos, "activo", "activos")} · ${cuantos(hechos, "hecho", "hechos")}`,
  );
  const { ayuda, problemas } = uno.permisos;
  setText(
    parte.problemas,
    [ayuda && "Necesita ayuda", problemas && `${problemas} con problemas`]
      .filter(Boolean)
      .join(" · "),
  );
  setText(parte.rendir, uno.por_rendir ? `${pesosJustos(uno.por_rendir)} a rendir` : "");
  setText(parte.carga, `Lleva ${activos} de ${tope}`);
  const ancho = `${Math.min(100, Math.round((activos / tope) * 100))}%`;
  if (parte.barra.style.inlineSize !== ancho) parte.barra.style.inlineSize = ancho;
  parte.barra.classList.toggle("llena", activos >= tope);
}

/** Draws what was closed, `hoy` of it today; its rows only when they are looked at, or when a filter asks for them. */
export function drawHechos(parte, hechos, hoy, filtrados, ahora) {
  const esperan = hechos.filter(porResolver);
  parte.hechos.hidden = hechos.length === 0;
  setText(
    parte.hechosTitulo,
    `Hechos hoy (${hoy})${esperan.length ? ` · ${esperan.length} por resolver` : ""}`,
  );
  if (filtrados && hechos.length) parte.hechos.open = true;
  // What waits for somebody is never behind what does not.
  const lista = parte.hechos.open
    ? [...esperan, ...hechos.filter((uno) => !porResolver(uno)).slice(0, HECHOS)]
    : [];
  arrange(
    parte.hechosLista,
    lista.map((ticket) => hecho(parte.hechosLista, ticket, ahora)),
  );
}

function hecho(lista, ticket, ahora) {
  const fila = lista.querySelector(`[data-hecho="${ticket.id}"]`) ?? clone("hecho");
  fila.dataset.hecho = ticket.id;
  const parte = fields(fila);
  setText(parte.numero, ticket.numero);
  setAttribute(parte.numero, "href", `/tickets/${ticket.id}`);
  setText(
    parte.hora,
    [otroDia(ticket.cerrado_en, ahora), hora(ticket.cerrado_en)].filter(Boolean).join(", "),
  );
  setText(parte.direccion, ticket.cliente_direccion);
  setText(parte.total, pesos(ticket.total));
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
