// Dragging with the mouse. The only file that knows pragmatic-drag-and-drop.
// Touch and keyboard move by the "Mover a…" dialog: the browser's native drag is not to be had there.
import {
  dropTargetForElements,
  draggable,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { attachClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/attach-closest-edge";
import { extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge";
import { SIN_ASIGNAR } from "./store.js";

/** So near to an edge the hand scrolls, and so far at most in one frame. */
const BORDE_PX = 80;
const PASO_PX = 22;

let puntero = "mouse";
addEventListener("pointerdown", (event) => (puntero = event.pointerType), {
  capture: true,
  passive: true,
});

/**
 * Makes cards and columns work with the mouse.
 *
 * @param {object} parts
 * @param {HTMLElement} parts.tira the strip of columns, which scrolls sideways
 * @param {import("./store.js").Store} parts.store
 * @param {import("./seleccion.js").Seleccion} parts.seleccion says what a drag of a card takes along
 * @param {import("./linea.js").Linea} parts.linea says whether a drag may begin
 * @param {import("../page/hub.js").Hub} parts.hub
 */
export function prepareArrastre({ tira, store, seleccion, linea, hub }) {
  let marcado = null;
  let mano = null;
  monitorForElements({
    canMonitor: ({ source }) => source.data.tipo === "tarjeta",
    onGenerateDragPreview: ({ source, nativeSetDragImage }) => {
      const cuantas = /** @type {number[]} */ (source.data.ids).length;
      if (cuantas > 1) nativeSetDragImage?.(monton(source.element, cuantas), 12, 12);
    },
    onDragStart: ({ source, location }) => {
      source.element.classList.add("en-la-mano");
      document.documentElement.dataset.arrastrando = "si";
      hub.tell("hand", source.data.ids);
      mano = location.initial.input;
      requestAnimationFrame(scroll);
    },
    onDrag: ({ location }) => {
      mano = location.current.input;
      mark(location.current.dropTargets);
    },
    onDropTargetChange: ({ location }) => mark(location.current.dropTargets),
    onDrop: ({ source, location }) => {
      source.element.classList.remove("en-la-mano");
      delete document.documentElement.dataset.arrastrando;
      mano = null;
      mark([]);
      hub.tell("hand", null);
      const destino = location.current.dropTargets[0];
      if (destino) release(source.data.ids, destino);
    },
  });
  hub.on("tarjeta", tarjeta);
  hub.on("columna", columna);

  function tarjeta(id, elemento) {
    draggable({
      element: elemento,
      canDrag: () => puntero === "mouse" && !linea.cortada,
      getInitialData: () => ({ tipo: "tarjeta", id, ids: seleccion.conEste(id) }),
    });
    dropTargetForElements({
      element: elemento,
      canDrop: ({ source }) => source.data.tipo === "tarjeta",
      getData: ({ input, element }) =>
        attachClosestEdge({ sobre: id }, { input, element, allowedEdges: ["top", "bottom"] }),
      getIsSticky: () => true,
    });
  }

  function columna(id, elemento) {
    dropTargetForElements({
      element: elemento,
      canDrop: ({ source }) => source.data.tipo === "tarjeta",
      getData: () => ({ columna: id }),
    });
  }

  /** Scrolls what the hand is near the edge of, a step a frame, until it lets go. */
  function scroll() {
    if (!mano) return;
    const { clientX: x, clientY: y } = mano;
    const lista = document
      .elementFromPoint(x, y)
      ?.closest(".columna")
      ?.querySelector(".columna-lista");
    if (lista) {
      const { top, bottom } = lista.getBoundingClientRect();
      lista.scrollTop += paso(bottom - y) - paso(y - top);
    }
    const { left, right } = tira.getBoundingClientRect();
    if (x > left - BORDE_PX / 2) tira.scrollLeft += paso(right - x) - paso(x - left);
    requestAnimationFrame(scroll);
  }

  function mark(destinos) {
    const destino = destinos[0];
    const borde = destino?.data.sobre === undefined ? "dentro" : extractClosestEdge(destino.data);
    if (marcado && marcado !== destino?.element) delete marcado.dataset.soltar;
    marcado = destino?.element ?? null;
    if (marcado && marcado.dataset.soltar !== borde) marcado.dataset.soltar = borde;
    const debajo = destinos.find((uno) => uno.data.columna !== undefined);
    hub.tell("over", debajo?.data.columna ?? null);
  }

  function release(ids, destino) {
    const sobre = destino.data.sobre;
    const columna_ = sobre === undefined ? destino.data.columna : store.columna(sobre);
    if (ids.includes(sobre)) return;
    const orden = store.orden(columna_);
    const otros = orden.filter((uno) => !ids.includes(uno));
    let antes_de = null;
    if (sobre !== undefined) {
      const indice = otros.indexOf(sobre);
      antes_de = extractClosestEdge(destino.data) === "top" ? sobre : (otros[indice + 1] ?? null);
    }
    const lugar = antes_de === null ? otros.length : otros.indexOf(antes_de);
    const despues = otros.toSpliced(lugar, 0, ...ids);
    const igual = despues.length === orden.length && despues.every((uno, i) => uno === orden[i]);
    if (!igual)
      hub.tell("mover", {
        ids,
        repartidor_id: columna_ === SIN_ASIGNAR ? null : columna_,
        antes_de,
      });
  }
}

/** What the hand carries when it is several: the card with their number on it, gone after it was pictured. */
function monton(tarjeta, cuantas) {
  const copia = tarjeta.cloneNode(true);
  copia.classList.add("monton");
  copia.style.inlineSize = `${tarjeta.offsetWidth}px`;
  copia.dataset.cuantas = cuantas;
  delete copia.dataset.id;
  document.body.append(copia);
  setTimeout(() => copia.remove());
  return copia;
}

/** The nearer to the edge, the faster. */
function paso(distancia) {
  return distancia < BORDE_PX ? Math.ceil(PASO_PX * (1 - Math.max(0, distancia) / BORDE_PX)) : 0;
}
