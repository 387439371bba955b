// The change for whoever pays cash: worked out while the amount is typed, and asked for only then.
import { readPesos, pesos } from "../words/formats.js";

const form = document.getElementById("form-checkout");
const caja = form.querySelector("[data-efectivo]");
const campo = form.elements.namedItem("paga_con");
const vuelto = form.querySelector("[data-vuelto]");
const total = Number(form.dataset.totalCentavos) / 100;

function show() {
  caja.hidden = form.elements.namedItem("metodo_pago").value !== "efectivo";
  const paga = readPesos(campo.value);
  if (paga === null) vuelto.textContent = "";
  else if (paga < total) vuelto.textContent = `No alcanza: el total es ${pesos(total)}.`;
  else
    vuelto.textContent =
      paga > total ? `Te llevamos ${pesos(paga - total)} de vuelto.` : "Pagás justo.";
}

form.addEventListener("input", show);
show();
