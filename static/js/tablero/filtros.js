// The header's counters (which are filters), the search, the other filters, and "Mostrando 38 de 212".
// The filter lives in the URL, and in this browser for the next visit.
import { ESTADOS, PRIORIDADES } from "../words/contract.js";
import { byText, cuantos } from "../words/formats.js";
import { setAttribute, setText } from "../page/template.js";
import { filtra, FILTROS, franja, PARTES } from "./criterio.js";

const GUARDADO = "tablero.filtro";

/** The filter as the URL has it; where that says nothing, the one of the last visit. */
export function readFiltro() {
  const dados = new URLSearchParams(location.search);
  const deUrl = PARTES.some((parte) => dados.get(parte));
  const filtro = {};
  if (!deUrl) Object.assign(filtro, guardado());
  for (const parte of PARTES) filtro[parte] = (deUrl ? dados.get(parte) : filtro[parte]) ?? "";
  if (filtro.ver && !(filtro.ver in FILTROS)) filtro.ver = "";
  return filtro;
}

/**
 * @param {object} parts
 * @param {HTMLElement} parts.barra
 * @param {Record<string, string>} parts.filtro what `readFiltro` gave; changed in place
 * @param {import("./store.js").Store} parts.store
 * @param {import("./nuevos.js").Nuevos} parts.nuevos
 * @param {() => number} parts.reloj
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareFiltros({ barra, filtro, store, nuevos, reloj, hub }) {
  const find = barra.querySelector("[data-campo=buscar]");
  const mostrando = barra.querySelector("[data-campo=mostrando]");
  const mas = barra.querySelector("[data-campo=filtrosTitulo]");
  const botones = [...barra.querySelectorAll("[data-filtro]")];
  const listas = [...barra.querySelectorAll("select[data-parte]")];
  let pronto = null;

  find.value = filtro.q;
  note();
  find.addEventListener("input", () => {
    clearTimeout(pronto);
    pronto = setTimeout(() => put("q", find.value.trim()), 80);
  });
  for (const boton of botones)
    boton.addEventListener("click", () =>
      put("ver", filtro.ver === boton.dataset.filtro ? "" : boton.dataset.filtro),
    );
  for (const lista of listas) {
    lista.addEventListener("focus", () => fill(lista));
    lista.addEventListener("change", () => put(lista.dataset.parte, lista.value));
    fill(lista);
  }
  // Back from a ticket's panel: what is filtered now, not what was when it was opened.
  addEventListener("popstate", () => location.pathname === "/tablero" && note());
  const caja = mas.parentElement;
  document.addEventListener(
    "pointerdown",
    (event) => caja.contains(event.target) || (caja.open = false),
  );
  caja.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !caja.open) return;
    caja.open = false;
    mas.focus();
  });
  barra.querySelector("[data-accion=ver-todo]").addEventListener("click", () => {
    for (const parte of PARTES) filtro[parte] = "";
    find.value = "";
    listas.forEach(fill);
    apply();
    find.focus();
  });
  hub.on("drawn", draw);

  function put(parte, valor) {
    filtro[parte] = valor;
    apply();
  }

  function apply() {
    note();
    hub.tell("all");
  }

  function note() {
    const url = new URL(location.href);
    for (const parte of PARTES) {
      if (filtro[parte]) url.searchParams.set(parte, filtro[parte]);
      else url.searchParams.delete(parte);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
    try {
      localStorage.setItem(GUARDADO, JSON.stringify(filtro));
    } catch {
      // A browser that keeps nothing still filters.
    }
  }

  /** The choices of a list: what the tickets on the board say now. */
  function fill(lista) {
    const parte = lista.dataset.parte;
    const opciones = [new Option(lista.dataset.todo, ""), ...OPCIONES[parte](store, reloj())];
    if (filtro[parte] && !opciones.some((una) => una.value === filtro[parte]))
      opciones.push(new Option(filtro[parte], filtro[parte]));
    lista.replaceChildren(...opciones);
    lista.value = filtro[parte];
  }

  function draw() {
    const suma = store.conteos(reloj());
    for (const boton of botones) {
      setText(boton.querySelector("[data-campo=cuantos]"), String(suma[boton.dataset.filtro]));
      setAttribute(boton, "aria-pressed", String(filtro.ver === boton.dataset.filtro));
      const parte = boton.querySelector("[data-campo=deAntes]");
      const deAntes = parte ? suma.deAntes : 0;
      if (parte) setText(parte, deAntes ? `+${deAntes} de antes` : "");
      setAttribute(boton, "data-alguno", suma[boton.dataset.filtro] || deAntes ? "si" : "no");
    }
    const puestos = listas.filter((lista) => filtro[lista.dataset.parte]).length;
    setText(mas, puestos ? `Filtros (${puestos})` : "Filtros");
    mostrando.hidden = !filtra(filtro);
    if (mostrando.hidden) return;
    let pasan = 0;
    let ocultos = 0;
    for (const id of store.tickets.keys()) {
      if (store.matches(id, filtro, reloj())) pasan += 1;
      else if (nuevos.ids.has(id)) ocultos += 1;
    }
    const escondidos = ocultos
      ? ` ${cuantos(ocultos, "nuevo oculto", "nuevos ocultos")} por el filtro.`
      : "";
    setText(
      mostrando.querySelector("[data-campo=texto]"),
      `Mostrando ${pasan} de ${store.tickets.size}.${escondidos}`,
    );
  }
}

const dichos = (store, que) =>
  [...new Set([...store.tickets.values()].map(que).filter(Boolean))].sort((a, b) =>
    a.localeCompare(b, "es", { numeric: true }),
  );

/** What the cards say of their franja, in the order of time. */
function franjas(store, ahora) {
  const conHora = [...store.tickets.values()].filter((ticket) => ticket.franja_desde);
  const orden = conHora.sort((a, b) => byText(a.franja_desde, b.franja_desde));
  return [...new Set(orden.map((ticket) => franja(ticket, ahora)))];
}

const OPCIONES = {
  estado: () => Object.entries(ESTADOS).map(([valor, dicho]) => new Option(dicho.oficina, valor)),
  prioridad: () =>
    Object.entries(PRIORIDADES)
      .reverse()
      .map(([valor, dicha]) => new Option(dicha.oficina, valor)),
  negocio: (store) => dichos(store, (ticket) => ticket.negocio).map((uno) => new Option(uno, uno)),
  franja: (store, ahora) => franjas(store, ahora).map((una) => new Option(una, una)),
  repartidor: (store) => [
    new Option("Sin asignar", "sin"),
    ...[...store.repartidores.values()]
      .filter((uno) => uno.activo)
      .sort((a, b) => a.nombre.localeCompare(b.nombre, "es"))
      .map((uno) => new Option(uno.nombre, uno.id)),
  ],
};

function guardado() {
  try {
    const filtro = JSON.parse(localStorage.getItem(GUARDADO) ?? "{}");
    return Object.fromEntries(
      PARTES.map((parte) => [parte, typeof filtro?.[parte] === "string" ? filtro[parte] : ""]),
    );
  } catch {
    return {};
  }
}
