// What a phone says of what changed, from what to what.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cambiosDe } from "../../static/js/reparto/cambios.js";
import { cambiosDeProductos } from "../../static/js/words/renglones.js";
import { ticket } from "./elenco.js";

const LECHE = { nombre: "Leche entera 1 l", cantidad: 1, precio: 1250 };
const ARROZ = { nombre: "Arroz 1kg", cantidad: 2, precio: 950 };
const QUESO = { nombre: "Queso", cantidad: 0.5 };

test("what the shop took out is said with the total from what to what", () => {
  const antes = ticket(1, { productos: [LECHE, ARROZ], total: 11450 });
  const ahora = ticket(1, { productos: [ARROZ], total: 10200, revision: 1 });

  assert.equal(
    cambiosDe(antes, ahora),
    "Sacaron Leche entera 1 l · Total $\u00a010.200 (antes $\u00a011.450)",
  );
});

test("products that came, went, or are more or less are told by name, whatever else of their lines changed", () => {
  assert.equal(
    cambiosDeProductos(
      [LECHE, ARROZ, QUESO, "Pan x2"],
      [{ ...QUESO, cantidad: 0.512 }, "Pan x2", { nombre: "Yerba", cantidad: 3 }],
    ),
    "Sacaron Leche entera 1 l, 2 × Arroz 1kg · Agregaron 3 × Yerba · Queso: 0,5 → 0,512",
  );
  assert.equal(cambiosDeProductos([LECHE, ARROZ], [{ ...ARROZ, precio: 1 }, LECHE]), "");
  assert.equal(cambiosDeProductos([ARROZ, ARROZ], [ARROZ]), "Arroz 1kg: 4 → 2");
});

test("that it is paid or packed is news, and that nobody had said so is none", () => {
  const [nadie, no, si] = [null, false, true].map((pagado) => ticket(1, { pagado }));
  assert.equal(cambiosDe(nadie, si), "Cambió el pago: sin pagar → pagado");
  assert.equal(cambiosDe(si, no), "Cambió el pago: pagado → sin pagar");
  assert.equal(cambiosDe(nadie, no), "");
  assert.equal(cambiosDe(ticket(1), nadie), "");

  const listo = ticket(1, { preparado_en: "2026-11-24T15:00:00.000Z" });
  assert.equal(cambiosDe(ticket(1), listo), "Ya está preparado");
  assert.equal(cambiosDe(listo, ticket(1)), "Todavía no está preparado");
});
