// What changed of the products of an order, in words. Pure.

/**
 * `Sacaron Leche entera 1 l · Agregaron 2 × Pan · Queso: 0,5 → 0,512`; empty where each product is there as often.
 * @param {(string | Json)[]} de the lines before: texts, or objects with `nombre` and `cantidad`
 * @param {(string | Json)[]} a the lines now
 */
export function cambiosDeProductos(de, a) {
  const [antes, ahora] = [contados(de), contados(a)];
  const lista = (unos, otros) =>
    [...unos]
      .filter(([nombre]) => !otros.has(nombre))
      .map(([nombre, cuantos]) => (cuantos === 1 ? nombre : `${cifra(cuantos)} × ${nombre}`))
      .join(", ");
  const [sacaron, agregaron] = [lista(antes, ahora), lista(ahora, antes)];
  const otraCantidad = [...ahora]
    .filter(([nombre, cuantos]) => antes.has(nombre) && antes.get(nombre) !== cuantos)
    .map(([nombre, cuantos]) => `${nombre}: ${cifra(antes.get(nombre))} → ${cifra(cuantos)}`);
  return [sacaron && `Sacaron ${sacaron}`, agregaron && `Agregaron ${agregaron}`, ...otraCantidad]
    .filter(Boolean)
    .join(" · ");
}

/** How often each product is there, by its name. */
function contados(productos) {
  const cuantos = new Map();
  for (const uno of productos ?? []) {
    const [nombre, cantidad] = typeof uno === "string" ? [uno, 1] : [uno.nombre, uno.cantidad ?? 1];
    // To the gram: what is weighed is a fraction of a kilo.
    cuantos.set(nombre, Math.round(((cuantos.get(nombre) ?? 0) + Number(cantidad)) * 1000) / 1000);
  }
  return cuantos;
}

const cifra = (numero) => String(numero).replace(".", ",");
