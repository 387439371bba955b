// "Mover a…": the way to move a ticket by keyboard, touch and screen reader. Everything a drag can do.
import { llano } from "../words/formats.js";
import { fields, clone, setText } from "../page/template.js";
import { textoDePresencia, topeDe } from "./columna.js";
import { SIN_ASIGNAR } from "./store.js";
import { ordenDeColumnas } from "./tira.js";

/**
 * @param {object} parts
 * @param {HTMLDialogElement} parts.dialogo
 * @param {import("./store.js").Store} parts.store
 * @param {() => number} parts.reloj
 * @param {import("./panel.js").Panel} parts.panel
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareDialogo({ dialogo, store, reloj, panel, hub }) {
  const parte = fields(dialogo);
  let ids = [];

  parte.buscar.addEventListener("input", filter);
  parte.lista.addEventListener("change", putLugares);
  dialogo.querySelector("[data-accion=cancelar]").addEventListener("click", () => dialogo.close());
  dialogo.addEventListener("close", () => {
    hub.tell("hold", false);
    if (panel.id === null) hub.tell("focus", ids[0]);
  });
  dialogo.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const destino = elegido();
    if (destino === undefined) return;
    const [que, ancla] = parte.lugar.value.split(":");
    dialogo.close();
    hub.tell("mover", {
      ids,
      repartidor_id: destino,
      antes_de: que === "antes" ? Number(ancla) : null,
      forzar: sobran(destino) > 0,
    });
  });
  hub.on("destino", open);

  /** Opens it for a ticket, or for several in their order. */
  function open(cuales) {
    ids = [cuales].flat();
    const tickets = ids.map((id) => store.tickets.get(id));
    const varios = ids.length > 1;
    setText(
      parte.titulo,
      varios ? `Mover ${ids.length} tickets a…` : `Mover ${tickets[0].numero} a…`,
    );
    setText(
      parte.direccion,
      varios
        ? tickets
            .slice(0, 4)
            .map((uno) => uno.cliente_direccion)
            .join(" · ") + (ids.length > 4 ? "…" : "")
        : tickets[0].cliente_direccion,
    );
    parte.buscar.value = "";
    const destinos = ordenDeColumnas([...store.repartidores.values()].filter((uno) => uno.activo));
    parte.lista.replaceChildren(fila(null), ...destinos.map(fila));
    const actual = parte.lista.querySelector(
      `input[value="${tickets[0].repartidor_id ?? SIN_ASIGNAR}"]`,
    );
    if (actual) actual.checked = true;
    putLugares();
    filter();
    hub.tell("hold", true);
    dialogo.showModal();
    parte.buscar.focus();
  }

  function fila(uno) {
    const elemento = clone("destino");
    const suyo = fields(elemento);
    const boton = elemento.querySelector("input");
    boton.value = uno ? uno.id : SIN_ASIGNAR;
    setText(suyo.nombre, uno ? uno.nombre : "Sin asignar");
    const lleva = uno ? store.orden(uno.id).length : 0;
    setText(
      suyo.detalle,
      uno
        ? `${textoDePresencia(uno, reloj()).texto} · ${lleva} de ${topeDe(uno)}`
        : "Vuelve a la espera",
    );
    elemento.dataset.texto = llano(uno ? uno.nombre : "sin asignar");
    return elemento;
  }

  function filter() {
    const consulta = llano(parte.buscar.value.trim());
    for (const elemento of parte.lista.children)
      elemento.hidden = !elemento.dataset.texto.includes(consulta);
    const visibles = [...parte.lista.children].filter((elemento) => !elemento.hidden);
    parte.nadie.hidden = visibles.length > 0;
    if (!consulta) return;
    // Enter goes to somebody who is seen: to whose name begins so, else to the first; never to whom the search hides.
    const mejor =
      visibles.find(({ dataset }) => ` ${dataset.texto}`.includes(` ${consulta}`)) ?? visibles[0];
    for (const elemento of parte.lista.children)
      elemento.querySelector("input").checked = elemento === mejor;
    putLugares();
  }

  function elegido() {
    const boton = parte.lista.querySelector("input:checked");
    if (!boton) return undefined;
    return boton.value === SIN_ASIGNAR ? null : Number(boton.value);
  }

  /** How many would be more than the chosen one may carry: the button says so, and who presses it insists. */
  function sobran(destino) {
    const uno = store.repartidores.get(destino);
    if (!uno) return 0;
    const llegan = ids.filter((id) => store.columna(id) !== destino).length;
    return llegan && store.orden(destino).length + llegan - topeDe(uno);
  }

  /** The places of the chosen column: last, first, in front of each of its tickets. */
  function putLugares() {
    const destino = elegido();
    if (destino === undefined) return;
    const otros = store.orden(destino ?? SIN_ASIGNAR).filter((id) => !ids.includes(id));
    const opciones = [new Option("Al final", "final")];
    otros.forEach((id, indice) => {
      const otro = store.tickets.get(id);
      const nombre =
        indice === 0
          ? `Primero (antes de ${otro.numero})`
          : `Antes de ${otro.numero}, ${otro.cliente_direccion}`;
      opciones.push(new Option(nombre, `antes:${id}`));
    });
    parte.lugar.replaceChildren(...opciones);
    const tope = topeDe(store.repartidores.get(destino));
    setText(
      parte.confirmar,
      sobran(destino) > 0 ? `Mover igual (${tope + sobran(destino)} de ${tope})` : "Mover",
    );
  }
}
