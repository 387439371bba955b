// The table of acts, by the cases that the server is held to as well (tests/ticketera/domain/test_acciones.py).
import assert from "node:assert/strict";
import { test } from "node:test";
import CASES from "../../belgrano/contract/cases/acciones.json" with { type: "json" };
import { accionesDe, despuesDe } from "../../static/js/words/acciones.js";
import { TABLA } from "./elenco.js";

const AHORA = Date.parse(CASES.ahora);
const NADA = { en_camino_en: null, llego_en: null, cerrado_en: null, motivo: null, cobrado: null };

test("an act makes of a ticket what the server makes of it, and nothing where the server refuses", () => {
  for (const { ticket, acto, despues } of CASES.despues) {
    const antes = { ...NADA, ...ticket };
    const { asignado_en, ...hecho } = despuesDe(TABLA, antes, acto);
    const { asignado_en: _, ...igual } = antes;
    assert.deepEqual(hecho, despues === null ? igual : { ...NADA, ...despues }, acto.accion);
    assert.equal(asignado_en, antes.asignado_en);
  }
  assert.ok(CASES.despues.length > 30);
});

test("what may be done with a ticket is what the server lets be done", () => {
  for (const { ticket, rol, acciones } of CASES.posibles)
    assert.deepEqual(
      accionesDe(TABLA, { ...NADA, ...ticket }, rol, AHORA),
      acciones,
      ticket.estado,
    );
  assert.ok(CASES.posibles.length > 30);
});
