// How many were closed today: the server's number and the changes heard since, whatever the board itself knows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../static/js/tablero/store.js";
import { AHORA, repartidor, ticket } from "./elenco.js";

const HOY = "2026-11-24T14:59:00.000Z";
const AYER = "2026-11-24T02:59:59.000Z"; // 23:59 in Buenos Aires
const MEDIANOCHE = Date.parse("2026-11-25T03:00:00.000Z");
const foto = (mas) => ({
  epoca: "e",
  seq: 0,
  repartidores: [repartidor(7), repartidor(8)],
  tickets: [],
  dia: "2026-11-24",
  cuentas: { pendiente: 9, asignado: 9, en_camino: 9, entregado: 450, fallido: 24, cancelado: 3 },
  hechos: { 7: 470 },
  ...mas,
});
const cerrado = (id, estado, cerrado_en, mas) =>
  ticket(id, { estado, cerrado_en, version: 2, ...mas });

function cuentan(store, ahora = AHORA) {
  const { entregado, fallido } = store.conteos(ahora);
  return [entregado, fallido, store.hechosDe(7, ahora), store.hechosDe(8, ahora)];
}

test("they are the server's, not what the board happens to know", () => {
  assert.deepEqual(cuentan(new Store(foto())), [450, 24, 470, 0]);
});

test("what is closed, tried again, corrected or closed otherwise is counted as it is heard", () => {
  const store = new Store(foto({ tickets: [ticket(1), ticket(2, { repartidor_id: 8 })] }));
  const oye = (tipo, uno, antes) => store.apply({ tipo, ticket_id: uno.id, ticket: uno, antes });

  oye("ticket.entregado", cerrado(1, "entregado", HOY));
  oye("ticket.fallido", cerrado(2, "fallido", HOY, { repartidor_id: 8 }));
  assert.deepEqual(cuentan(store), [451, 25, 471, 1]);

  // Closed long before the board came: it never knew it.
  oye("ticket.movido", ticket(30, { repartidor_id: null, version: 3 }), {
    estado: "fallido",
    cerrado_en: HOY,
    repartidor_id: 7,
  });
  assert.deepEqual(cuentan(store), [451, 24, 470, 1]);

  oye(
    "ticket.actualizado",
    cerrado(2, "fallido", HOY, { repartidor_id: 8, version: 3, resuelto_en: HOY }),
    { estado: "fallido", cerrado_en: HOY, repartidor_id: 8 },
  );
  oye("ticket.conflicto", cerrado(2, "fallido", HOY, { repartidor_id: 8, version: 3 }));
  assert.deepEqual(cuentan(store), [451, 24, 470, 1]);

  oye("ticket.entregado", cerrado(2, "entregado", HOY, { repartidor_id: 7, version: 4 }), {
    estado: "fallido",
    cerrado_en: HOY,
    repartidor_id: 8,
  });
  assert.deepEqual(cuentan(store), [452, 23, 471, 0]);
});

test("what happened yesterday and is heard today is yesterday's", () => {
  const store = new Store(foto({ tickets: [ticket(1)] }));

  store.apply({
    tipo: "ticket.entregado",
    ticket_id: 1,
    ticket: cerrado(1, "entregado", AYER),
  });
  store.apply({
    tipo: "ticket.movido",
    ticket_id: 9,
    ticket: ticket(9, { repartidor_id: null }),
    antes: { estado: "fallido", cerrado_en: AYER, repartidor_id: 7 },
  });

  assert.deepEqual(cuentan(store), [450, 24, 470, 0]);
});

test("at midnight they start anew, and what a quicker clock closed just before is not lost", () => {
  const store = new Store(foto({ tickets: [ticket(1), ticket(2)] }));
  store.apply({
    tipo: "ticket.entregado",
    ticket_id: 1,
    ticket: cerrado(1, "entregado", new Date(MEDIANOCHE + 40).toISOString()),
  });
  assert.deepEqual(cuentan(store, MEDIANOCHE - 1), [450, 24, 470, 0]);

  assert.deepEqual(cuentan(store, MEDIANOCHE), [1, 0, 1, 0]);
  store.apply({
    tipo: "ticket.fallido",
    ticket_id: 2,
    ticket: cerrado(2, "fallido", new Date(MEDIANOCHE + 50).toISOString()),
  });
  assert.deepEqual(cuentan(store, MEDIANOCHE + 60), [1, 1, 2, 0]);
});

test("a board whose clock is behind the server's stays on the server's day", () => {
  const store = new Store(foto({ dia: "2026-11-25", cuentas: { entregado: 1 }, hechos: { 7: 1 } }));

  assert.deepEqual(cuentan(store, MEDIANOCHE - 5_000), [1, 0, 1, 0]);
});
