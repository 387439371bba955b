// Where the focus is, and where it goes when what had it moves or vanishes. It is never lost.

/** One Tab stop a column: the card where one was last, else the first. */
export function makeTabbable(lista, elegida) {
  const paradas = [...lista.children];
  const actual =
    elegida ??
    paradas.find((uno) => uno.contains(document.activeElement)) ??
    paradas.find((uno) => uno.dataset.parada) ??
    paradas[0];
  for (const uno of paradas) {
    const si = uno === actual;
    if (si === Boolean(uno.dataset.parada) && uno.dataset.tabulada) continue;
    uno.dataset.tabulada = "si";
    if (si) uno.dataset.parada = "si";
    else delete uno.dataset.parada;
    for (const foco of uno.querySelectorAll("a, button, input")) foco.tabIndex = si ? 0 : -1;
  }
}

export class Foco {
  /** @param {import("./columnas.js").Columnas} columnas */
  constructor(columnas) {
    this.columnas = columnas;
  }

  /** Remembers what has the focus now; call the answer after drawing. */
  remember() {
    const foco = document.activeElement;
    const tarjeta = foco?.closest?.(".tarjeta");
    const lista = tarjeta?.parentElement;
    const lugar = lista ? [...lista.children].indexOf(tarjeta) : -1;
    return () => {
      if (foco === document.activeElement) return;
      // It follows its card into another column; where the card is gone, the next one has it.
      if (foco?.isConnected) foco.focus();
      else if (lista)
        this.#put(
          lista.children[Math.min(lugar, lista.children.length - 1)] ?? lista.closest(".columna"),
        );
    };
  }

  /** Gives the focus to a ticket's card, or to what stands where it would be. */
  focus(id) {
    this.#put(this.columnas.tarjetas.get(id) ?? this.columnas.raiz);
  }

  #put(lugar) {
    if (!lugar?.isConnected) lugar = this.columnas.raiz;
    lugar.querySelector(lugar.matches(".tarjeta") ? "a" : "h2").focus();
  }
}
