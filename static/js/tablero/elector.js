// On a phone one column is shown at a time: this chooses which.

/**
 * @param {HTMLElement} raiz
 * @param {HTMLSelectElement} elector
 * @returns {(repartidores: Json[]) => void} told which columns there are, in order
 */
export function prepareElector(raiz, elector) {
  elector.addEventListener("change", show);
  return (repartidores) => {
    const elegida = elector.value || "sin";
    const opciones = [
      ["Sin asignar", "sin"],
      ...repartidores.map((uno) => [uno.nombre, String(uno.id)]),
    ];
    const igual =
      opciones.length === elector.length &&
      opciones.every(
        ([nombre, valor], i) =>
          elector.options[i].value === valor && elector.options[i].text === nombre,
      );
    if (!igual)
      elector.replaceChildren(...opciones.map(([nombre, valor]) => new Option(nombre, valor)));
    elector.value = opciones.some(([, valor]) => valor === elegida) ? elegida : "sin";
    show();
  };

  function show() {
    for (const columna of raiz.querySelectorAll("section[data-columna]"))
      columna.toggleAttribute("data-elegida", columna.dataset.columna === elector.value);
  }
}
