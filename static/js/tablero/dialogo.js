// "Mover a…": the way to move a ticket by keyboard, touch and screen reader. Everything a drag can do.
import { llano } from "../words/formats.js";
import { campos, clonar, texto } from "../page/template.js";
import { ordenDeColumnas, SIN_ASIGNAR } from "./store.js";
import { textoDePresencia, topeDe } from "./columna.js";

/**
 * @param {object} parts
 * @param {HTMLDialogElement} parts.dialogo
 * @param {import("./store.js").Almacen} parts.almacen
 * @param {(datos: {ids: number[], repartidor_id: number | null, antes_de: number | null}) => void} parts.alElegir
 * @returns {(ids: number | number[]) => void} opens it for a ticket, or for several in their order
 */
export function prepararDialogo({ dialogo, almacen, reloj, alElegir, alAbrir, alCerrar }) {
  const parte = campos(dialogo);
  let ids = [];

  parte.buscar.addEventListener("input", filtrar);
  parte.lista.addEventListener("change", ponerLugares);
  dialogo.querySelector("[data-accion=cancelar]").addEventListener("click", () => dialogo.close());
  dialogo.addEventListener("close", () => alCerrar(ids));
  dialogo.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const destino = elegido();
    if (destino === undefined) return;
    const [que, ancla] = parte.lugar.value.split(":");
    dialogo.close();
    alElegir({
      ids,
      repartidor_id: destino,
      antes_de: que === "antes" ? Number(ancla) : null,
      forzar: sobran(destino) > 0,
    });
  });
  return abrir;

  function abrir(cuales) {
    ids = [cuales].flat();
    const tickets = ids.map((id) => almacen.tickets.get(id));
    const varios = ids.length > 1;
    texto(
      parte.titulo,
      varios ? `Mover ${ids.length} tickets a…` : `Mover ${tickets[0].numero} a…`,
    );
    texto(
      parte.direccion,
      varios
        ? tickets
            .slice(0, 4)
            .map((uno) => uno.cliente_direccion)
            .join(" · ") + (ids.length > 4 ? "…" : "")
        : tickets[0].cliente_direccion,
    );
    parte.buscar.value = "";
    const destinos = ordenDeColumnas(
      [...almacen.repartidores.values()].filter((uno) => uno.activo),
    );
    parte.lista.replaceChildren(fila(null), ...destinos.map(fila));
    const actual = parte.lista.querySelector(
      `input[value="${tickets[0].repartidor_id ?? SIN_ASIGNAR}"]`,
    );
    if (actual) actual.checked = true;
    ponerLugares();
    filtrar();
    alAbrir();
    dialogo.showModal();
    parte.buscar.focus();
  }

  function fila(uno) {
    const elemento = clonar("destino");
    const suyo = campos(elemento);
    const boton = elemento.querySelector("input");
    boton.value = uno ? uno.id : SIN_ASIGNAR;
    texto(suyo.nombre, uno ? uno.nombre : "Sin asignar");
    const lleva = uno ? almacen.orden(uno.id).length : 0;
    texto(
      suyo.detalle,
      uno
        ? `${textoDePresencia(uno, reloj()).texto} · ${lleva} de ${topeDe(uno)}`
        : "Vuelve a la espera",
    );
    elemento.dataset.texto = llano(uno ? uno.nombre : "sin asignar");
    return elemento;
  }

  function filtrar() {
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
    ponerLugares();
  }

  function elegido() {
    const boton = parte.lista.querySelector("input:checked");
    if (!boton) return undefined;
    return boton.value === SIN_ASIGNAR ? null : Number(boton.value);
  }

  /** How many would be more than the chosen one may carry: the button says so, and who presses it insists. */
  function sobran(destino) {
    const uno = almacen.repartidores.get(destino);
    if (!uno) return 0;
    const llegan = ids.filter((id) => almacen.columna(id) !== destino).length;
    return llegan && almacen.orden(destino).length + llegan - topeDe(uno);
  }

  /** The places of the chosen column: last, first, in front of each of its tickets. */
  function ponerLugares() {
    const destino = elegido();
    if (destino === undefined) return;
    const otros = almacen.orden(destino ?? SIN_ASIGNAR).filter((id) => !ids.includes(id));
    const opciones = [new Option("Al final", "final")];
    otros.forEach((id, indice) => {
      const otro = almacen.tickets.get(id);
      const nombre =
        indice === 0
          ? `Primero (antes de ${otro.numero})`
          : `Antes de ${otro.numero}, ${otro.cliente_direccion}`;
      opciones.push(new Option(nombre, `antes:${id}`));
    });
    parte.lugar.replaceChildren(...opciones);
    const tope = topeDe(almacen.repartidores.get(destino));
    texto(
      parte.confirmar,
      sobran(destino) > 0 ? `Mover igual (${tope + sobran(destino)} de ${tope})` : "Mover",
    );
  }
}
