// A card in words: what is read of it, and how much is in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bultos, nombreAccesible } from "../../static/js/tablero/tarjeta.js";
import { AHORA, ticket } from "./elenco.js";

const leido = (mas, acuse = "", plazo = "") =>
  nombreAccesible(ticket(1, mas), acuse, plazo, 2, 3, AHORA);

test("the name of a card says everything that it shows, and where it stands", () => {
  const nombre = leido(
    {
      prioridad: "urgente",
      franja_desde: "2026-11-25T15:30:00.000Z",
      franja_hasta: "2026-11-25T17:00:00.000Z",
      cliente_piso: "2 B",
    },
    "✓ Recibido",
    "faltan 12 min",
  );

  assert.equal(
    nombre.replaceAll("\u00a0", " "),
    "Ticket PED-20261124-00000001, Av. Belgrano 1234, 2 B, asignado, prioridad urgente, " +
      "franja mañana, 12:30–14 h, faltan 12 min, cobrar $ 1.900, de Martín, posición 2 de 3, recibido",
  );
});

test("what nobody agreed on or is normal is not read", () => {
  assert.ok(!/franja|prioridad/.test(leido({})));
});

for (const [metodo_pago, dice] of [
  ["efectivo", "cobrar $ 1.900"],
  ["tarjeta", "cobrar $ 1.900"],
  ["", "cobrar $ 1.900"],
  ["transferencia", "esperando el pago"],
  ["mercadopago", "esperando el pago"],
  ["Transferencia ", "esperando el pago"],
])
  test(`what is paid by "${metodo_pago}" is read as it is seen: ${dice}`, () => {
    assert.ok(leido({ metodo_pago }).replaceAll("\u00a0", " ").includes(dice));
  });

test("what is weighed is one thing to carry", () => {
  const productos = [
    { nombre: "Arroz", cantidad: 2 },
    { nombre: "Queso", cantidad: 0.512 },
    "Pan x2",
  ];
  assert.equal(bultos(productos), "4 productos");
});
