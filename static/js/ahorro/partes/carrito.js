// The cart's lines: a stepper in place of the number and its button, totals that follow, and "Quitar" with a way back.
import { avisar } from "../../page/avisos.js";
import { pesos } from "../../words/formats.js";
import { pedir } from "../../stream/requests.js";
import { mostrarUnidades, razon } from "./agregar.js";

const MAXIMO = 999;
const ESPERA_MS = 350;

/** @param {ParentNode} pagina */
export function mejorarCarrito(pagina) {
  const lista = pagina.querySelector("[data-carrito]");
  if (!lista) return;
  for (const renglon of lista.querySelectorAll("[data-renglon]")) mejorarRenglon(renglon);
}

function mejorarRenglon(renglon) {
  const form = renglon.querySelector("[data-cantidad]");
  const campo = form.querySelector("input");
  const nombre = renglon.querySelector(".renglon__nombre").textContent;
  const direccion = `/api/carrito/items/${renglon.dataset.renglon}`;
  let guardada = Number(campo.value);
  let reloj;

  const guardar = async () => {
    const pedida = Number(campo.value);
    if (!Number.isInteger(pedida) || pedida < 1 || pedida > MAXIMO) {
      campo.value = guardada;
      avisar(`La cantidad va de 1 a ${MAXIMO}.`, { error: true });
      return;
    }
    if (pedida === guardada) return;
    try {
      const carrito = await pedir("PUT", direccion, { cantidad: pedida });
      guardada = pedida;
      mostrar(carrito);
    } catch (error) {
      campo.value = guardada;
      avisar(razon(error), { error: true });
    }
  };
  const luego = () => {
    clearTimeout(reloj);
    reloj = setTimeout(guardar, ESPERA_MS);
  };
  const sumar = (cuanto) => {
    campo.value = Math.min(MAXIMO, Math.max(1, (Number(campo.value) || guardada) + cuanto));
    luego();
  };

  form.classList.add("cantidad--pasos");
  form.querySelector('button[value="cambiar"]').hidden = true;
  campo.before(boton("−", `Restar uno: ${nombre}`, () => sumar(-1)));
  campo.after(boton("+", `Sumar uno: ${nombre}`, () => sumar(1)));
  campo.addEventListener("change", luego);
  form.addEventListener("submit", (evento) => {
    evento.preventDefault();
    if (evento.submitter?.value === "quitar") quitar(renglon, direccion, nombre, () => guardada);
    else guardar();
  });
}

async function quitar(renglon, direccion, nombre, cuantas) {
  try {
    mostrar(await pedir("DELETE", direccion));
  } catch (error) {
    avisar(razon(error), { error: true });
    return;
  }
  renglon.hidden = true;
  avisar(`Quitamos ${nombre}.`, {
    accion: "Deshacer",
    alTocar: async () => {
      try {
        mostrar(await pedir("PUT", direccion, { cantidad: cuantas() }));
        renglon.hidden = false;
      } catch (error) {
        avisar(razon(error), { error: true });
      }
    },
  });
}

/** Draws what the server says the cart comes to. */
function mostrar(carrito) {
  mostrarUnidades(carrito.unidades);
  for (const parte of document.querySelectorAll("[data-total]"))
    parte.textContent = pesos(carrito.total);
  for (const parte of document.querySelectorAll("[data-unidades]"))
    parte.textContent = carrito.unidades;
  for (const item of carrito.items) {
    const subtotal = document.querySelector(`[data-renglon="${item.producto_id}"] [data-subtotal]`);
    if (subtotal) subtotal.textContent = pesos(item.subtotal);
  }
}

function boton(texto, nombre, alTocar) {
  const b = document.createElement("button");
  b.type = "button";
  b.className = "paso-boton";
  b.textContent = texto;
  b.setAttribute("aria-label", nombre);
  b.addEventListener("click", alTocar);
  return b;
}
