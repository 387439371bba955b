// The change for whoever pays cash: worked out while the amount is typed, and asked for only then. Where a way to pay
// has a discount of its own, the total follows the way that is chosen.
import { readPesos, pesos } from "../words/formats.js";

const form = document.getElementById("form-checkout");
const caja = form.querySelector("[data-efectivo]");
const campo = form.elements.namedItem("paga_con");
const vuelto = form.querySelector("[data-vuelto]");

function show() {
  caja.hidden = form.elements.namedItem("metodo_pago").value !== "efectivo";
  const paga = readPesos(campo.value);
  const total = Number(form.dataset.totalCentavos) / 100;
  if (paga === null) vuelto.textContent = "";
  else if (paga < total) vuelto.textContent = `No alcanza: el total es ${pesos(total)}.`;
  else
    vuelto.textContent =
      paga > total ? `Te llevamos ${pesos(paga - total)} de vuelto.` : "Pagás justo.";
}

/** Draws what the server says all of it comes to, the way the form is filled in now. */
function refresh() {
  const datos = new FormData(form);
  datos.set("accion", "ver");
  const pedido = new XMLHttpRequest();
  pedido.open("POST", form.action);
  pedido.responseType = "document";
  pedido.onload = () => {
    const nuevo = pedido.responseXML?.getElementById("form-checkout");
    if (!nuevo || pedido.status !== 200) return location.reload();
    for (const que of ['[name="total"]', '[name="envio"]', "[data-confirmar]"])
      form.querySelector(que).replaceWith(nuevo.querySelector(que));
    form.dataset.totalCentavos = nuevo.dataset.totalCentavos;
    document
      .querySelector("[data-resumen]")
      .replaceWith(pedido.responseXML.querySelector("[data-resumen]"));
    hide();
    show();
  };
  pedido.send(new URLSearchParams(/** @type {any} */ (datos)));
}

function hide() {
  const actualizar = document.querySelector("[data-actualizar]");
  if (actualizar instanceof HTMLElement) actualizar.hidden = true;
}

form.addEventListener("input", show);
form.addEventListener("change", (evento) => {
  if (evento.target.name === "metodo_pago" && document.querySelector("[data-actualizar]"))
    refresh();
});
hide();
show();
