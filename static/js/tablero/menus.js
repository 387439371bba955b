// The ⋯ of a card and of a column: everything that a drag or a key does, as buttons. One popover each, put where it is asked for.
import { notify } from "../page/avisos.js";
import { contactoDe } from "../stream/contactos.js";
import { enlaceDeWhatsApp } from "../words/contacto.js";
import { setAttribute, fields, setText } from "../page/template.js";
import { SIN_ASIGNAR } from "./store.js";

/**
 * @param {object} parts
 * @param {import("./store.js").Store} parts.store
 * @param {import("./seleccion.js").Seleccion} parts.seleccion
 * @param {import("./preferencias.js").Preferencias} parts.preferencias
 * @param {(id: number, criterio: "franja" | "cercania") => void} parts.ordenar shows a better order of a column
 * @param {(uno: Json, lleva: number) => void} parts.endTurno
 * @param {import("../page/hub.js").Hub} parts.hub
@returns {(tocado: HTMLElement) => void} opens the menu of this ⋯
 */
export function prepareMenus({ store, seleccion, preferencias, ordenar, endTurno, hub }) {
  const deTarjeta = document.getElementById("menu-tarjeta");
  const deColumna = document.getElementById("menu-columna");
  const parte = fields(deColumna);
  const suyo = fields(deTarjeta);
  let boton = null;
  let cual = null;

  function open(tocado) {
    boton = tocado;
    const tarjeta = tocado.closest(".tarjeta");
    const columna = tocado.closest("[data-columna]").dataset.columna;
    if (tarjeta) cual = Number(tarjeta.dataset.id);
    else cual = columna === SIN_ASIGNAR ? SIN_ASIGNAR : Number(columna);
    if (tarjeta) prepareTarjeta();
    else prepareColumna();
    show(tarjeta ? deTarjeta : deColumna);
  }

  for (const menu of [deTarjeta, deColumna]) {
    menu.addEventListener("toggle", (event) => hub.tell("hold", event.newState === "open"));
    menu.addEventListener("keydown", (event) => {
      const paso = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!paso) return;
      event.preventDefault();
      const opciones = [...menu.querySelectorAll("a, button")].filter((una) =>
        una.checkVisibility(),
      );
      opciones.at((opciones.indexOf(document.activeElement) + paso) % opciones.length).focus();
    });
    menu.addEventListener("click", (event) => {
      const que = event.target.closest("[data-que]")?.dataset.que;
      if (!que) return;
      menu.hidePopover();
      if (boton.isConnected) boton.focus();
      (menu === deTarjeta ? TARJETA : COLUMNA)[que]?.();
    });
  }

  const TARJETA = {
    abrir: () => hub.tell("open", cual),
    mover: () => hub.tell("destino", seleccion.con(cual)),
    elegir: () => seleccion.choose([cual]),
    subir: () => carry((lugar) => lugar - 1),
    bajar: () => carry((lugar) => lugar + 1),
    primero: () => carry(() => 0),
    ultimo: () => carry((_, cuantos) => cuantos),
  };
  const COLUMNA = {
    todos: () => seleccion.choose(seen(cual)),
    pasar: () => {
      const ids = seen(cual);
      if (ids.length) hub.tell("destino", ids);
      else notify("No tiene tickets abiertos.");
    },
    franja: () => ordenar(cual, "franja"),
    cercania: () => ordenar(cual, "cercania"),
    fijar: () => preferencias.pin(cual),
    terminar: () => endTurno(store.repartidores.get(cual), store.orden(cual).length),
  };

  return open;

  function show(menu) {
    menu.showPopover();
    place(menu);
    menu.querySelector("a:not([hidden]), button:not([hidden])").focus();
  }

  /** Puts the card, and what of its column is selected with it, at another place there. */
  function carry(aDonde) {
    const columna = store.columna(cual);
    const orden = store.orden(columna);
    const ids = suyosDe(columna);
    const otros = orden.filter((id) => !ids.includes(id));
    const lugar = orden.indexOf(ids[0]);
    const junto = ids.every((id, paso) => orden[lugar + paso] === id);
    const nuevo = Math.max(0, Math.min(aDonde(lugar, otros.length), otros.length));
    if (nuevo === lugar && junto)
      return void notify(nuevo ? "Ya es el último." : "Ya es el primero.");
    hub.tell("focus", cual);
    hub.tell("mover", {
      ids,
      repartidor_id: columna === SIN_ASIGNAR ? null : columna,
      antes_de: otros[nuevo] ?? null,
    });
  }

  function seen(columna) {
    return store.orden(columna).filter(seleccion.pasa);
  }

  function suyosDe(columna) {
    return seleccion.con(cual).filter((id) => store.columna(id) === columna);
  }

  function prepareColumna() {
    const uno = store.repartidores.get(cual);
    const pasan = seen(cual).length;
    const algunos = pasan < store.orden(cual).length;
    const vistos = pasan === 1 ? "el que se ve" : `los ${pasan} que se ven`;
    setText(parte.todos, algunos ? `Seleccionar ${vistos}` : "Seleccionar todos");
    setText(parte.pasar, algunos ? `Pasar ${vistos} a…` : "Pasar todo a…");
    parte.todos.disabled = parte.pasar.disabled = !pasan;
    for (const nombre of ["franja", "cercania", "fijar", "terminar", "llamar", "whatsapp"])
      parte[nombre].hidden = true;
    const ids = uno ? store.orden(cual) : seen(cual);
    const hoja =
      uno || ids.length <= 100 ? "Imprimir la hoja de ruta" : "Imprimir los primeros 100";
    setText(parte.imprimir, ids.length ? hoja : "");
    parte.imprimir.href = uno
      ? `/tickets/imprimir?repartidor_id=${cual}`
      : `/tickets/imprimir?hoja=1&ids=${ids.slice(0, 100)}`;
    if (!uno) return;
    parte.fijar.hidden = parte.franja.hidden = parte.cercania.hidden = false;
    setText(
      parte.fijar,
      preferencias.fijadas.includes(cual) ? "Soltar la columna" : "Fijar la columna",
    );
    parte.terminar.hidden = !uno.en_turno;
    offer(parte, uno, `Hola ${uno.nombre}, te escribimos de la central.`);
  }

  /** Whoever has the ticket can be called about it. */
  function prepareTarjeta() {
    const { length: todos } = seleccion.con(cual);
    const { length: aca } = suyosDe(store.columna(cual));
    setText(suyo.mover, todos > 1 ? `Mover los ${todos} a…` : "Mover a…");
    for (const nombre of ["Subir", "Bajar", "Primero", "Último"]) {
      const que = nombre === "Último" ? "ultimo" : nombre.toLowerCase();
      const una = deTarjeta.querySelector(`[data-que=${que}]`);
      setText(una, aca > 1 ? `${nombre}: los ${aca}` : nombre);
    }
    const { repartidor_id, numero } = store.tickets.get(cual);
    const uno = store.repartidores.get(repartidor_id);
    suyo.llamar.hidden = suyo.whatsapp.hidden = true;
    if (!uno) return;
    suyo.llamar.textContent = `Llamar a ${uno.nombre}`;
    suyo.whatsapp.textContent = `WhatsApp a ${uno.nombre}`;
    offer(suyo, uno, `Hola ${uno.nombre}, te escribimos de la central por el ticket ${numero}.`);
  }

  /**
   * @param {Json} parts the links to fill
   * @param {Json} uno
   * @param {string} saludo
   */
  async function offer({ llamar, whatsapp }, uno, saludo) {
    const para = cual;
    const contacto = await contactoDe(uno.telefono);
    if (cual !== para) return;
    // From a card one asks for it; in the column's menu it is one thing of many.
    const falta = !contacto.llamar && llamar === suyo.llamar;
    llamar.hidden = !contacto.llamar && !falta;
    if (falta) llamar.textContent = `${uno.nombre} no tiene celular cargado`;
    whatsapp.hidden = !contacto.whatsapp;
    setAttribute(
      llamar,
      "href",
      contacto.llamar ? `tel:${contacto.llamar}` : `/repartidores/${uno.id}`,
    );
    setAttribute(
      whatsapp,
      "href",
      contacto.whatsapp && enlaceDeWhatsApp(contacto.whatsapp, saludo),
    );
    place(llamar.parentElement);
  }

  function place(menu) {
    const lugar = boton.getBoundingClientRect();
    menu.style.top = `${Math.max(8, Math.min(lugar.bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
    menu.style.left = `${Math.max(8, Math.min(lugar.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
  }
}
