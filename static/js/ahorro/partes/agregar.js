// "Agregar" without leaving the page.
import { avisar } from "../../page/avisos.js";
import { pedir, Rechazo } from "../../stream/requests.js";

/** @param {ParentNode} pagina */
export function mejorarAgregar(pagina) {
  for (const form of pagina.querySelectorAll("form[data-agregar]"))
    form.addEventListener("submit", agregar);
}

/** Shows how many things are in the cart. */
export function mostrarUnidades(unidades) {
  for (const globo of document.querySelectorAll("[data-carrito-unidades]")) {
    globo.textContent = unidades;
    globo.hidden = unidades === 0;
  }
}

async function agregar(evento) {
  evento.preventDefault();
  const form = evento.currentTarget;
  const boton = form.querySelector("button");
  if (boton.getAttribute("aria-disabled")) return;
  boton.setAttribute("aria-disabled", "true");
  const cantidad = Number(new FormData(form).get("cantidad"));
  try {
    const carrito = await pedir("POST", "/api/carrito/items", {
      producto_id: Number(form.dataset.agregar),
      cantidad,
    });
    const puesto = carrito.items.find((item) => item.producto_id === Number(form.dataset.agregar));
    mostrarUnidades(carrito.unidades);
    avisar(`Agregamos ${puesto.nombre}. Llevás ${puesto.cantidad}.`, {
      accion: "Ver carrito",
      alTocar: () => location.assign("/carrito"),
    });
  } catch (error) {
    avisar(razon(error), { error: true });
  } finally {
    boton.removeAttribute("aria-disabled");
  }
}

/** What went wrong, in words for the customer. */
export function razon(error) {
  if (!(error instanceof Rechazo)) return "No pudimos comunicarnos con la tienda. Probá de nuevo.";
  return error.cuerpo.errores?.[0]
    ? `La cantidad ${error.cuerpo.errores[0].detalle}`
    : error.message;
}
