// "Agregar" without leaving the page.
import { notify } from "../../page/avisos.js";
import { peso } from "../../words/formats.js";
import { request, Rechazo } from "../../stream/requests.js";

/** @param {ParentNode} pagina */
export function enhanceAgregar(pagina) {
  for (const form of pagina.querySelectorAll("form[data-agregar]"))
    form.addEventListener("submit", add);
}

/** Shows how many things are in the cart. */
export function showUnidades(unidades) {
  for (const globo of document.querySelectorAll("[data-carrito-unidades]")) {
    globo.textContent = unidades;
    globo.hidden = unidades === 0;
  }
}

async function add(evento) {
  evento.preventDefault();
  const form = evento.currentTarget;
  const boton = form.querySelector("button");
  if (boton.getAttribute("aria-disabled")) return;
  boton.setAttribute("aria-disabled", "true");
  const datos = new FormData(form);
  const cuanto = datos.has("peso_g")
    ? { peso_g: Number(datos.get("peso_g")) }
    : { cantidad: Number(datos.get("cantidad")) };
  try {
    const carrito = await request("POST", "/api/carrito/items", {
      producto_id: Number(form.dataset.agregar),
      ...cuanto,
    });
    const puesto = carrito.items.find((item) => item.producto_id === Number(form.dataset.agregar));
    showUnidades(carrito.unidades);
    notify(
      `Agregamos ${puesto.nombre}. Llevás ${puesto.peso_g ? peso(puesto.peso_g) : puesto.cantidad}.`,
      {
        accion: "Ver carrito",
        onTap: () => location.assign("/carrito"),
      },
    );
  } catch (error) {
    notify(razon(error), { error: true });
  } finally {
    boton.removeAttribute("aria-disabled");
  }
}

/** What went wrong, in words for the customer. */
export function razon(error) {
  if (!(error instanceof Rechazo)) return "No pudimos comunicarnos con la tienda. Probá de nuevo.";
  const mal = error.cuerpo.errores?.[0];
  if (!mal) return error.message;
  // A whole sentence already, or the rest of one about the field.
  return /^[A-ZÁÉÍÓÚ]/.test(mal.detalle)
    ? mal.detalle
    : `${mal.campo === "peso_g" ? "El peso" : "La cantidad"} ${mal.detalle}`;
}
