// Ordering one's own route, from the phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ordenar } from "../../static/js/reparto/orden.js";
import { Rechazo, SinRed } from "../../static/js/stream/requests.js";

test("it is sent over plain http too, where the browser has no crypto.randomUUID", async (t) => {
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  t.after(() => delete crypto.randomUUID);
  const sent = [];
  const send = async (...all) => sent.push(all);

  const mal = await ordenar({ send, ticket_id: 7, antes_de: 3 });

  assert.equal(mal, "");
  const [[metodo, url, { clave, ...datos }]] = sent;
  assert.deepEqual([metodo, url, datos], ["POST", "/api/mi-orden", { ticket_id: 7, antes_de: 3 }]);
  assert.match(clave, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("what the server refuses is said in its words, and a lost line as what it is", async () => {
  const refused = () => Promise.reject(new Rechazo(409, { detail: "Ya no es tuyo." }));
  const lost = () => Promise.reject(new SinRed());

  const dichos = [
    await ordenar({ send: refused, ticket_id: 7, antes_de: null }),
    await ordenar({ send: lost, ticket_id: 7, antes_de: null }),
  ];

  assert.deepEqual(dichos, [
    "Ya no es tuyo.",
    "Sin señal: el orden se cambia con conexión. Probá de nuevo.",
  ]);
});
