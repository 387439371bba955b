// When columns are drawn: marked now, drawn together at the next frame, and of many no more than fit into it.

/** For so long it draws in one frame. */
const CUADRO_MS = 8;
/** For so long a column under a dragged card holds still. */
const DETENIDA_MS = 3_000;

export class Cuadros {
  /** @param {() => void} draw called at the next frame; asks `due` what is to be drawn */
  constructor(draw) {
    this.draw = draw;
    this.sucias = new Set();
    this.detenida = null;
    this.pedido = false;
  }

  /** These columns are to be drawn. */
  mark(columnas) {
    for (const columna of columnas) this.sucias.add(columna);
    if (this.sucias.size) this.request();
  }

  /** This column holds still for a while; null: none does. */
  stop(columna) {
    if (columna === this.detenida?.columna) return;
    this.detenida = columna === null ? null : { columna, hasta: performance.now() + DETENIDA_MS };
    this.request();
  }

  /** Asks for the next frame. */
  request() {
    if (this.pedido) return;
    this.pedido = true;
    const draw = () => {
      this.pedido = false;
      this.draw();
    };
    if (document.hidden) setTimeout(draw, 50);
    else requestAnimationFrame(draw);
  }

  /** Gives the columns to be drawn in the frame that began at `desde`, and asks for another one if that is not all. */
  *due(desde) {
    const { sucias, detenida } = this;
    const espera =
      detenida && performance.now() < detenida.hasta && sucias.delete(detenida.columna);
    let dadas = 0;
    for (const columna of sucias) {
      // Both ends of a move always in one frame; of many, the rest at the next: a click in between is not kept waiting.
      if (dadas > 3 && performance.now() > desde + CUADRO_MS) {
        this.request();
        break;
      }
      sucias.delete(columna);
      dadas += 1;
      yield columna;
    }
    if (!espera) return;
    sucias.add(detenida.columna);
    setTimeout(() => this.request(), detenida.hasta - performance.now());
  }
}
