// The cart's lines: a stepper in place of the number and its button, totals that follow, and "Quitar" with a way back.
import { notify } from "../../page/avisos.js";
import { pesos } from "../../words/formats.js";
import { request } from "../../stream/requests.js";
import { showUnidades, razon } from "./agregar.js";

const MAXIMO = 999;
const ESPERA_MS = 350;

/** @param {ParentNode} pagina */
export function enhanceCarrito(pagina) {
  const lista = pagina.querySelector("[data-carrito]");
  if (!lista) return;
  for (const renglon of lista.querySelectorAll("[data-renglon]")) enhanceRenglon(renglon);
}

function enhanceRenglon(renglon) {
  const form = renglon.querySelector("[data-cantidad]");
  const campo = form.querySelector("input");
  const nombre = renglon.querySelector(".renglon__nombre").textContent;
  const direccion = `/api/carrito/items/${renglon.dataset.renglon}`;
  let guardada = Number(campo.value);
  let reloj;

  const save = async () => {
    const pedida = Number(campo.value);
    if (!Number.isInteger(pedida) || pedida < 1 || pedida > MAXIMO) {
      campo.value = guardada;
      notify(`La cantidad va de 1 a ${MAXIMO}.`, { error: true });
      return;
    }
    if (pedida === guardada) return;
    try {
      const carrito = await request("PUT", direccion, { cantidad: pedida });
      guardada = pedida;
      show(carrito);
    } catch (error) {
      campo.value = guardada;
      notify(razon(error), { error: true });
    }
  };
  const luego = () => {
    clearTimeout(reloj);
    reloj = setTimeout(save, ESPERA_MS);
  };
  const sum = (cuanto) => {
    campo.value = Math.min(MAXIMO, Math.max(1, (Number(campo.value) || guardada) + cuanto));
    luego();
  };

  form.classList.add("cantidad--pasos");
  form.querySelector('button[value="cambiar"]').hidden = true;
  campo.before(boton("−", `Restar uno: ${nombre}`, () => sum(-1)));
  campo.after(boton("+", `Sumar uno: ${nombre}`, () => sum(1)));
  campo.addEventListener("change", luego);
  form.addEventListener("submit", (evento) => {
    evento.preventDefault();
    if (evento.submitter?.value === "quitar") remove(renglon, direccion, nombre, () => guardada);
    else save();
  });
}

async function remove(renglon, direccion, nombre, cuantas) {
  try {
    show(await request("DELETE", direccion));
  } catch (error) {
    notify(razon(error), { error: true });
    return;
  }
  renglon.hidden = true;
  notify(`Quitamos ${nombre}.`, {
    accion: "Deshacer",
    onTap: async () => {
      try {
        show(await request("PUT", direccion, { cantidad: cuantas() }));
        renglon.hidden = false;
      } catch (error) {
        notify(razon(error), { error: true });
      }
    },
  });
}

/** Draws what the server says the cart comes to. */
function show(carrito) {
  showUnidades(carrito.unidades);
  for (const parte of document.querySelectorAll("[data-total]"))
    parte.textContent = pesos(carrito.total);
  for (const parte of document.querySelectorAll("[data-unidades]"))
    parte.textContent = carrito.unidades;
  for (const item of carrito.items) {
    const subtotal = document.querySelector(`[data-renglon="${item.producto_id}"] [data-subtotal]`);
    if (subtotal) subtotal.textContent = pesos(item.subtotal);
  }
}

function boton(texto, nombre, onTap) {
  const b = document.createElement("button");
  b.type = "button";
  b.className = "paso-boton";
  b.textContent = texto;
  b.setAttribute("aria-label", nombre);
  b.addEventListener("click", onTap);
  return b;
}
