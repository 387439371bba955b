// The caja on the phone: the server's count with what it does not know yet, and the policy's twin.
import assert from "node:assert/strict";
import { test } from "node:test";
import CASES from "../../belgrano/contract/cases/prueba.json" with { type: "json" };
import { contada } from "../../static/js/reparto/caja.js";
import { Intentos } from "../../static/js/reparto/intentos.js";
import { falta, pide } from "../../static/js/reparto/politica.js";

const CAJA = {
  fondo: 5000,
  cobrado: [
    {
      ticket_id: 1,
      numero: "PED-1",
      monto: 12450.1,
      medio: "efectivo",
      en: "2026-11-24T20:00:00.000Z",
      corrige: false,
    },
    {
      ticket_id: 2,
      numero: "PED-2",
      monto: 900,
      medio: "transferencia",
      en: "2026-11-24T20:10:00.000Z",
      corrige: false,
    },
    {
      ticket_id: 3,
      numero: "PED-3",
      monto: -100.2,
      medio: "efectivo",
      en: "2026-11-24T20:20:00.000Z",
      corrige: true,
    },
  ],
};
const acto = (ticket_id, accion, cobrado, medio) => ({
  ticket_id,
  numero: `PED-${ticket_id}`,
  acto: { accion, cobrado, medio, ocurrido_en: "2026-11-24T21:00:00.000Z" },
});

test("without acts it is what the server says, the fondo counted in", () => {
  const { aRendir, porMedio, toSend } = contada(CAJA, []);

  assert.equal(aRendir, 17349.9);
  assert.deepEqual(
    [...porMedio],
    [
      ["efectivo", 12349.9],
      ["transferencia", 900],
    ],
  );
  assert.equal(toSend, 0);
});

test("an unsent delivery counts, by its means, once", () => {
  const { aRendir, porMedio, toSend } = contada(CAJA, [
    acto(4, "entregar", 1000),
    acto(5, "entregar", 70, "mercadopago"),
    acto(6, "entregar", 0),
    acto(7, "iniciar"),
  ]);

  assert.equal(aRendir, 18349.9);
  assert.equal(porMedio.get("mercadopago"), 70);
  assert.equal(toSend, 2);
});

test("what was taken back does not count, and done again it counts once", () => {
  assert.equal(contada(CAJA, [acto(1, "corregir")]).aRendir, 4899.8);
  assert.equal(contada(CAJA, [acto(1, "corregir"), acto(1, "entregar", 1)]).aRendir, 4900.8);
  assert.equal(contada(CAJA, [acto(4, "entregar", 1000), acto(4, "corregir")]).aRendir, 17349.9);
  // Answered, and the server counted it already: the same act twice is the same money.
  assert.equal(contada(CAJA, [acto(1, "entregar", 12450.1)]).aRendir, 17349.9);
});

test("a correction of a closed rendición stays whatever happens to its ticket", () => {
  assert.equal(contada(CAJA, [acto(3, "entregar", 500)]).aRendir, 17849.9);
});

test("a phone that knows nothing yet shows its own", () => {
  assert.equal(contada(null, [acto(4, "entregar", 1000)]).aRendir, 1000);
});

test("the policy asks from its total on and for its ways to pay", () => {
  const politica = {
    niveles: { foto: "obligatoria", pin: "no", firma: "avisar", receptor: "opcional" },
    desde: 100,
    medios: ["efectivo"],
  };
  const todo = { foto: "obligatoria", firma: "avisar", receptor: "opcional" };

  assert.deepEqual(pide(politica, { total: 100, metodo_pago: "Efectivo" }), todo);
  assert.deepEqual(pide(politica, { total: 99.99, metodo_pago: "efectivo" }), {});
  assert.deepEqual(pide(politica, { total: 100, metodo_pago: "tarjeta" }), {});
  assert.deepEqual(pide({ ...politica, medios: [] }, { total: 100, metodo_pago: null }), todo);
});

test("the phone and the server ask the same", () => {
  for (const { politica, ticket, pide: pedido } of CASES)
    assert.deepEqual(pide(politica, ticket), pedido);
  assert.ok(CASES.length > 30);
});

test("what is missing: not what is only offered, and no code that the server called wrong", () => {
  const pedido = { foto: "obligatoria", pin: "avisar", firma: "opcional", receptor: "avisar" };

  assert.deepEqual(falta(pedido, {}), ["foto", "pin", "receptor"]);
  assert.deepEqual(falta(pedido, { fotos: ["f"], pin: "0123", receptor: "vecino" }), []);
  assert.deepEqual(falta(pedido, { fotos: ["f"], pin: "0123", receptor: "vecino" }, true), ["pin"]);
  assert.deepEqual(falta(pedido, { fotos: [], pin: "012", receptor: "" }), [
    "foto",
    "pin",
    "receptor",
  ]);
});

test("tries to reach a customer are counted with their time, and forgotten with the ticket", () => {
  const intentos = new Intentos();
  for (const [medio, minuto] of [
    ["llamada", 4],
    ["whatsapp", 5],
    ["llamada", 9],
  ])
    intentos.note(7, medio, Date.UTC(2026, 10, 24, 21, minuto));
  for (let n = 0; n < 30; n += 1) intentos.note(8, "llamada", 0);

  assert.equal(intentos.inWords(7), "Llamaste 2 veces (18:04, 18:09). Escribiste 1 vez (18:05).");
  assert.equal(intentos.de(8).length, 20);
  assert.deepEqual(new Intentos(intentos.toSave((id) => id === 7)).de(8), []);
  assert.equal(new Intentos().inWords(7), "");
});
