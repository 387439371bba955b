// Dragging with the mouse. The only file that knows pragmatic-drag-and-drop.
// Touch and keyboard move by the "Mover a…" dialog: the browser's native drag is not to be had there.
import { dropTargetForElements, draggable, monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { attachClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/attach-closest-edge";
import { extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge";
import { SIN_ASIGNAR } from "./almacen.js";

let puntero = "mouse";
addEventListener("pointerdown", (event) => (puntero = event.pointerType), { capture: true, passive: true });

/**
 * Makes cards and columns work with the mouse.
 *
 * @param {object} parts
 * @param {import("./almacen.js").Almacen} parts.almacen
 * @param {(datos: {ids: number[], repartidor_id: number | null, antes_de: number | null}) => void} parts.alSoltar
 * @param {(id: number | null) => void} parts.alArrastrar the card that is in the hand now
 */
export function prepararArrastre({ almacen, alSoltar, alArrastrar }) {
  let marcado = null;
  monitorForElements({
    canMonitor: ({ source }) => source.data.tipo === "tarjeta",
    onDragStart: ({ source }) => {
      source.element.classList.add("en-la-mano");
      document.documentElement.dataset.arrastrando = "si";
      alArrastrar(source.data.id);
    },
    onDrag: ({ location }) => marcar(location.current.dropTargets[0]),
    onDropTargetChange: ({ location }) => marcar(location.current.dropTargets[0]),
    onDrop: ({ source, location }) => {
      source.element.classList.remove("en-la-mano");
      delete document.documentElement.dataset.arrastrando;
      marcar(null);
      alArrastrar(null);
      const destino = location.current.dropTargets[0];
      if (destino) soltar(source.data.id, destino);
    },
  });
  return { tarjeta, columna };

  function tarjeta(id, elemento) {
    draggable({ element: elemento, canDrag: () => puntero === "mouse", getInitialData: () => ({ tipo: "tarjeta", id }) });
    dropTargetForElements({
      element: elemento,
      canDrop: ({ source }) => source.data.tipo === "tarjeta",
      getData: ({ input, element }) => attachClosestEdge({ sobre: id }, { input, element, allowedEdges: ["top", "bottom"] }),
      getIsSticky: () => true,
    });
  }

  function columna(id, elemento, lista) {
    dropTargetForElements({
      element: elemento,
      canDrop: ({ source }) => source.data.tipo === "tarjeta",
      getData: () => ({ columna: id }),
    });
    if (lista) autoScrollForElements({ element: lista });
  }

  function marcar(destino) {
    const borde = destino?.data.sobre === undefined ? "dentro" : extractClosestEdge(destino.data);
    if (marcado && marcado !== destino?.element) delete marcado.dataset.soltar;
    marcado = destino?.element ?? null;
    if (marcado && marcado.dataset.soltar !== borde) marcado.dataset.soltar = borde;
  }

  function soltar(id, destino) {
    const sobre = destino.data.sobre;
    const columna_ = sobre === undefined ? destino.data.columna : almacen.columna(sobre);
    const orden = almacen.orden(columna_);
    const otros = orden.filter((uno) => uno !== id);
    let antes_de = null;
    if (sobre === id) return;
    if (sobre !== undefined) {
      const indice = otros.indexOf(sobre);
      antes_de = extractClosestEdge(destino.data) === "top" ? sobre : (otros[indice + 1] ?? null);
    }
    const donde = orden.indexOf(id);
    const igual = donde >= 0 && (orden[donde + 1] ?? null) === antes_de;
    if (!igual) alSoltar({ ids: [id], repartidor_id: columna_ === SIN_ASIGNAR ? null : columna_, antes_de });
  }
}

/** Lets the strip of columns scroll while a card is dragged near its edges. */
export function desplazarCon(elemento) {
  autoScrollForElements({ element: elemento });
}
