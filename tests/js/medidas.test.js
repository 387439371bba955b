import assert from "node:assert/strict";
import { test } from "node:test";
import { Ritmo, Serie } from "../../static/js/tablero/medidas.js";

test("a series says its middle and what 95 of 100 do not exceed, and nothing before it has a value", () => {
  const serie = new Serie();
  assert.equal(serie.texto, "todavía nada");
  for (let n = 100; n > 0; n -= 1) serie.sum(n);
  assert.equal(serie.texto, "p50 50 ms · p95 95 ms");
});

test("a rate counts all, and a second's share of the last ten", () => {
  const ritmo = new Ritmo(0);
  for (let n = 0; n < 200; n += 1) ritmo.sum(n * 100);
  assert.equal(ritmo.texto(20_000), "200 · 10 por segundo");
  assert.equal(ritmo.texto(60_000), "200 · 0 por segundo");
});
