// A bar code scanner types digits in a burst, and Enter: wherever the focus is, its product is looked for.

const RAFAGA_MS = 50; // between two keys; nobody types so fast
const CORTO = 8; // digits of the shortest bar code

/**
 * @param {ParentNode} pagina
 * @param {() => void} before what to leave off before another page comes
 */
export function enhanceLector(pagina, before) {
  if (!pagina.querySelector("[data-lector]")) return;
  let digitos = "";
  let ultima = 0;
  addEventListener(
    "keydown",
    (evento) => {
      const seguida = evento.timeStamp - ultima <= RAFAGA_MS;
      ultima = evento.timeStamp;
      if (evento.key === "Enter" && seguida && digitos.length >= CORTO) {
        evento.preventDefault();
        evento.stopImmediatePropagation();
        before();
        location.assign(`/admin/productos?q=${digitos}`);
      }
      digitos = /^\d$/.test(evento.key) ? (seguida ? digitos : "") + evento.key : "";
    },
    { capture: true },
  );
}
