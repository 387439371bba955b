// The cart's lines: a stepper in place of the number and its button, totals that follow, and "Quitar" with a way back.
import { notify } from "../../page/avisos.js";
import { pesos } from "../../words/formats.js";
import { request } from "../../stream/requests.js";
import { showUnidades, razon } from "./agregar.js";

/** What a line counts in: its field's name, the most of it, and one step. */
const CUENTA = {
  cantidad: { maximo: 999, paso: 1, minimo: 1, tope: "La cantidad va de 1 a 999." },
  peso_g: { maximo: 999_000, paso: 100, minimo: 1, tope: "El peso va de 1 a 999.000 gramos." },
};
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
  const { maximo, minimo, paso, tope } = CUENTA[campo.name];

  const save = async () => {
    const pedida = Number(campo.value);
    if (!Number.isInteger(pedida) || pedida < minimo || pedida > maximo) {
      campo.value = guardada;
      notify(tope, { error: true });
      return;
    }
    if (pedida === guardada) return;
    try {
      const carrito = await request("PUT", direccion, { [campo.name]: pedida });
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
    campo.value = Math.min(maximo, Math.max(paso, (Number(campo.value) || guardada) + cuanto));
    luego();
  };

  form.classList.add("cantidad--pasos");
  form.querySelector('button[value="cambiar"]').hidden = true;
  campo.before(boton("−", `Restar ${paso === 1 ? "uno" : "100 g"}: ${nombre}`, () => sum(-paso)));
  campo.after(boton("+", `Sumar ${paso === 1 ? "uno" : "100 g"}: ${nombre}`, () => sum(paso)));
  campo.addEventListener("change", luego);
  form.addEventListener("submit", (evento) => {
    evento.preventDefault();
    if (evento.submitter?.value === "quitar")
      remove(renglon, direccion, nombre, () => ({ [campo.name]: guardada }));
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
        show(await request("PUT", direccion, cuantas()));
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
  showEnvio(Math.round(carrito.total * 100));
  for (const parte of document.querySelectorAll("[data-unidades]"))
    parte.textContent = carrito.unidades;
  for (const item of carrito.items) {
    const renglon = document.querySelector(`[data-renglon="${item.producto_id}"]`);
    if (!renglon) continue;
    renglon.querySelector("[data-subtotal]").textContent = pesos(item.subtotal);
    const suyos = carrito.descuentos.filter((d) => d.producto_id === item.producto_id);
    write(
      renglon.querySelector("[data-rebaja]"),
      suyos.map((d) => `${d.texto} (ahorrás ${pesos(d.monto)})`).join("\n"),
    );
  }
  showRebajas(carrito);
}

/** What is taken off, promotion by promotion, and in all. */
function showRebajas(carrito) {
  document.querySelector("[data-productos]").textContent = pesos(carrito.subtotal);
  const montos = new Map();
  for (const d of carrito.descuentos) {
    const nombre = d.producto_id === null ? `Cupón ${carrito.cupon.codigo}` : d.nombre;
    montos.set(nombre, (montos.get(nombre) ?? 0) + d.monto);
  }
  for (const fila of document.querySelectorAll(".cuenta__rebaja")) fila.remove();
  const envio = document.querySelector("[data-fila-envio]");
  for (const [nombre, monto] of montos) {
    const fila = document.createElement("div");
    fila.className = "cuenta__rebaja";
    for (const [parte, texto] of [
      ["dt", nombre],
      ["dd", `−${pesos(monto)}`],
    ])
      fila.append(Object.assign(document.createElement(parte), { textContent: texto }));
    envio.before(fila);
  }
  write(document.querySelector("[data-cupon-aviso]"), carrito.cupon?.aviso ?? "");
  const ahorro = carrito.subtotal - carrito.total;
  const ahorras = document.querySelector("[data-ahorras]");
  ahorras.hidden = ahorro <= 0;
  ahorras.querySelector("[data-ahorro]").textContent = pesos(ahorro);
}

/** Writes a text that is hidden when there is none. */
function write(parte, texto) {
  if (!parte) return;
  parte.textContent = texto;
  parte.hidden = !texto;
}

/** What delivery costs now, and how far it is from being brought, or free; in centavos. */
function showEnvio(comprado) {
  const tarifa = document.querySelector("[data-tarifa]");
  const final = document.querySelector("[data-total]");
  final.textContent = pesos(comprado / 100);
  if (!(tarifa instanceof HTMLElement)) return;
  const { costo, minimo, gratisDesde } = tarifa.dataset;
  const gratis = gratisDesde !== "" && comprado >= Number(gratisDesde);
  const envio = gratis ? 0 : Number(costo);
  final.textContent = pesos((comprado + envio) / 100);
  document.querySelector("[data-envio]").textContent = envio ? pesos(envio / 100) : "Gratis";
  const faltaMinimo = Math.max(0, Number(minimo) - comprado);
  const faltaGratis = envio && gratisDesde !== "" ? Number(gratisDesde) - comprado : 0;
  missing(tarifa.querySelector("[data-falta-minimo]"), faltaMinimo);
  missing(tarifa.querySelector("[data-falta-gratis]"), faltaMinimo ? 0 : faltaGratis);
  tarifa.querySelector("progress").value = comprado;
  document.querySelector("[data-finalizar]").hidden = faltaMinimo > 0;
}

/** @param {HTMLElement} parte @param {number} cuanto */
function missing(parte, cuanto) {
  parte.hidden = !cuanto;
  parte.querySelector("[data-cuanto]").textContent = pesos(cuanto / 100);
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
