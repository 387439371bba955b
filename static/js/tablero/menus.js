// The ⋯ of a card and of a column: everything that a drag or a key does, as buttons. One popover each, put where it is asked for.
import { avisar } from "../page/avisos.js";
import { contactoDe, enlaceDeWhatsApp } from "../words/contacto.js";
import { atributo, campos, texto } from "../page/template.js";
import { SIN_ASIGNAR } from "./store.js";

/**
 * @param {object} parts
 * @param {import("./store.js").Almacen} parts.almacen
 * @param {Record<string, Function>} parts.hacer abrir, elegirDestino, mover, con, pasan, seleccionar, fijar, fijada, terminar, enfocar, aquietar, ordenar
 * @returns {(tocado: HTMLElement) => void} opens the menu of this ⋯
 */
export function prepararMenus({ almacen, hacer }) {
  const deTarjeta = document.getElementById("menu-tarjeta");
  const deColumna = document.getElementById("menu-columna");
  const parte = campos(deColumna);
  const suyo = campos(deTarjeta);
  let boton = null;
  let cual = null;

  function abrir(tocado) {
    boton = tocado;
    const tarjeta = tocado.closest(".tarjeta");
    const columna = tocado.closest("[data-columna]").dataset.columna;
    cual = tarjeta
      ? Number(tarjeta.dataset.id)
      : columna === SIN_ASIGNAR
        ? SIN_ASIGNAR
        : Number(columna);
    if (tarjeta) prepararTarjeta();
    else prepararColumna();
    mostrar(tarjeta ? deTarjeta : deColumna);
  }

  for (const menu of [deTarjeta, deColumna]) {
    menu.addEventListener("toggle", (event) => hacer.aquietar(event.newState === "open"));
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
    abrir: () => hacer.abrir(cual),
    mover: () => hacer.elegirDestino(hacer.con(cual)),
    elegir: () => hacer.seleccionar([cual]),
    subir: () => llevar((lugar) => lugar - 1),
    bajar: () => llevar((lugar) => lugar + 1),
    primero: () => llevar(() => 0),
    ultimo: () => llevar((_, cuantos) => cuantos),
  };
  const COLUMNA = {
    todos: () => hacer.seleccionar(hacer.pasan(cual)),
    pasar: () => {
      const ids = hacer.pasan(cual);
      if (ids.length) hacer.elegirDestino(ids);
      else avisar("No tiene tickets abiertos.");
    },
    franja: () => hacer.ordenar(cual, "franja"),
    cercania: () => hacer.ordenar(cual, "cercania"),
    fijar: () => hacer.fijar(cual),
    terminar: () => hacer.terminar(almacen.repartidores.get(cual), almacen.orden(cual).length),
  };

  return abrir;

  function mostrar(menu) {
    menu.showPopover();
    colocar(menu);
    menu.querySelector("a:not([hidden]), button:not([hidden])").focus();
  }

  /** Puts the card, and what of its column is selected with it, at another place there. */
  function llevar(aDonde) {
    const columna = almacen.columna(cual);
    const orden = almacen.orden(columna);
    const ids = suyosDe(columna);
    const otros = orden.filter((id) => !ids.includes(id));
    const lugar = orden.indexOf(ids[0]);
    const junto = ids.every((id, paso) => orden[lugar + paso] === id);
    const nuevo = Math.max(0, Math.min(aDonde(lugar, otros.length), otros.length));
    if (nuevo === lugar && junto)
      return void avisar(nuevo ? "Ya es el último." : "Ya es el primero.");
    hacer.enfocar(cual);
    hacer.mover({
      ids,
      repartidor_id: columna === SIN_ASIGNAR ? null : columna,
      antes_de: otros[nuevo] ?? null,
    });
  }

  function suyosDe(columna) {
    return hacer.con(cual).filter((id) => almacen.columna(id) === columna);
  }

  function prepararColumna() {
    const uno = almacen.repartidores.get(cual);
    const pasan = hacer.pasan(cual).length;
    const algunos = pasan < almacen.orden(cual).length;
    const vistos = pasan === 1 ? "el que se ve" : `los ${pasan} que se ven`;
    texto(parte.todos, algunos ? `Seleccionar ${vistos}` : "Seleccionar todos");
    texto(parte.pasar, algunos ? `Pasar ${vistos} a…` : "Pasar todo a…");
    parte.todos.disabled = parte.pasar.disabled = !pasan;
    for (const nombre of ["franja", "cercania", "fijar", "terminar", "llamar", "whatsapp"])
      parte[nombre].hidden = true;
    const ids = uno ? almacen.orden(cual) : hacer.pasan(cual);
    texto(
      parte.imprimir,
      !ids.length
        ? ""
        : uno || ids.length <= 100
          ? "Imprimir la hoja de ruta"
          : "Imprimir los primeros 100",
    );
    parte.imprimir.href = uno
      ? `/tickets/imprimir?repartidor_id=${cual}`
      : `/tickets/imprimir?hoja=1&ids=${ids.slice(0, 100)}`;
    if (!uno) return;
    parte.fijar.hidden = parte.franja.hidden = parte.cercania.hidden = false;
    texto(parte.fijar, hacer.fijada(cual) ? "Soltar la columna" : "Fijar la columna");
    parte.terminar.hidden = !uno.en_turno;
    ofrecer(parte, uno, `Hola ${uno.nombre}, te escribimos de la central.`);
  }

  /** Whoever has the ticket can be called about it. */
  function prepararTarjeta() {
    const { length: todos } = hacer.con(cual);
    const { length: aca } = suyosDe(almacen.columna(cual));
    texto(suyo.mover, todos > 1 ? `Mover los ${todos} a…` : "Mover a…");
    for (const nombre of ["Subir", "Bajar", "Primero", "Último"]) {
      const boton = deTarjeta.querySelector(
        `[data-que=${nombre === "Último" ? "ultimo" : nombre.toLowerCase()}]`,
      );
      texto(boton, aca > 1 ? `${nombre}: los ${aca}` : nombre);
    }
    const { repartidor_id, numero } = almacen.tickets.get(cual);
    const uno = almacen.repartidores.get(repartidor_id);
    suyo.llamar.hidden = suyo.whatsapp.hidden = true;
    if (!uno) return;
    suyo.llamar.textContent = `Llamar a ${uno.nombre}`;
    suyo.whatsapp.textContent = `WhatsApp a ${uno.nombre}`;
    ofrecer(suyo, uno, `Hola ${uno.nombre}, te escribimos de la central por el ticket ${numero}.`);
  }

  async function ofrecer({ llamar, whatsapp }, uno, saludo) {
    const para = cual;
    const contacto = await contactoDe(uno.telefono);
    if (cual !== para) return;
    // From a card one asks for it; in the column's menu it is one thing of many.
    const falta = !contacto.llamar && llamar === suyo.llamar;
    llamar.hidden = !contacto.llamar && !falta;
    if (falta) llamar.textContent = `${uno.nombre} no tiene celular cargado`;
    whatsapp.hidden = !contacto.whatsapp;
    atributo(
      llamar,
      "href",
      contacto.llamar ? `tel:${contacto.llamar}` : `/repartidores/${uno.id}`,
    );
    atributo(whatsapp, "href", contacto.whatsapp && enlaceDeWhatsApp(contacto.whatsapp, saludo));
    colocar(llamar.parentElement);
  }

  function colocar(menu) {
    const lugar = boton.getBoundingClientRect();
    menu.style.top = `${Math.max(8, Math.min(lugar.bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
    menu.style.left = `${Math.max(8, Math.min(lugar.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
  }
}
