// Rows with a box to tick: all of them at once, and how many there are.

/** @param {ParentNode} pagina */
export function enhanceElegidos(pagina) {
  const todos = pagina.querySelector("[data-elegir-todos]");
  if (!todos) return;
  const cajas = [...pagina.querySelectorAll("[data-elegir]")];
  const cuantos = pagina.querySelector("[data-elegidos]");
  const count = () => {
    const puestas = cajas.filter((caja) => caja.checked).length;
    todos.checked = puestas === cajas.length;
    todos.indeterminate = puestas > 0 && !todos.checked;
    cuantos.textContent = puestas
      ? `${puestas} ${puestas === 1 ? "elegido" : "elegidos"}:`
      : "Con los elegidos:";
  };
  todos.hidden = false;
  todos.addEventListener("change", () => {
    for (const caja of cajas) caja.checked = todos.checked;
    count();
  });
  for (const caja of cajas) caja.addEventListener("change", count);
  count();
}
