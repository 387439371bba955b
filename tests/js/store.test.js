// The board's store: the server's word wins, an unanswered move only lies over it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Store, SIN_ASIGNAR } from "../../static/js/tablero/store.js";
import { ordenDeColumnas } from "../../static/js/tablero/tira.js";
import { franja } from "../../static/js/tablero/criterio.js";
import { AHORA, repartidor, ticket } from "./elenco.js";

const tablero = (...tickets) =>
  new Store({ epoca: "e", seq: 0, repartidores: [repartidor(7), repartidor(8)], tickets });

test("a column is in the order of lugar, compared byte by byte", () => {
  const store = tablero(
    ticket(1, { lugar: "a1" }),
    ticket(2, { lugar: "Zz" }),
    ticket(3, { lugar: "a0V" }),
  );

  assert.deepEqual(store.orden(7), [2, 3, 1]);
});

test("a change moves a ticket between columns and names both", () => {
  const store = tablero(ticket(1), ticket(2));

  const tocadas = store.apply({
    ticket_id: 1,
    ticket: ticket(1, { version: 2, repartidor_id: 8 }),
  });

  assert.deepEqual(store.orden(7), [2]);
  assert.deepEqual(store.orden(8), [1]);
  assert.deepEqual([...tocadas].sort(), [7, 8]);
});

test("an older version than the known one changes nothing", () => {
  const store = tablero(ticket(1, { version: 5 }));

  store.put(ticket(1, { version: 4, repartidor_id: 8 }));

  assert.deepEqual(store.orden(7), [1]);
});

test("a closed ticket leaves its column and stands among what its repartidor closed", () => {
  const store = tablero(ticket(1), ticket(2));

  store.put(ticket(1, { version: 2, estado: "entregado", cerrado_en: "2026-11-24T14:59:00.000Z" }));

  assert.deepEqual(store.orden(7), [2]);
  assert.deepEqual(
    store.hechos(7).map((t) => t.id),
    [1],
  );
});

test("a move is shown before its answer, in front of its anchor, and taken back when it is dropped", () => {
  const store = tablero(ticket(1, { repartidor_id: null }), ticket(2), ticket(3));

  store.overlay({ clave: "c", ids: [1], repartidor_id: 7, antes_de: 3 });
  assert.deepEqual(store.orden(7), [2, 1, 3]);
  assert.deepEqual(store.orden(SIN_ASIGNAR), []);

  store.release("c");
  assert.deepEqual(store.orden(7), [2, 3]);
  assert.deepEqual(store.orden(SIN_ASIGNAR), [1]);
});

test("several tickets moved at once keep their order", () => {
  const store = tablero(ticket(1), ticket(2), ticket(3), ticket(4, { repartidor_id: 8 }));

  store.overlay({ clave: "c", ids: [3, 1], repartidor_id: 8, antes_de: 4 });

  assert.deepEqual(store.orden(8), [3, 1, 4]);
});

test("an anchor that is gone means last", () => {
  const store = tablero(ticket(1), ticket(2), ticket(3));

  store.overlay({ clave: "c", ids: [1], repartidor_id: 7, antes_de: 99 });

  assert.deepEqual(store.orden(7), [2, 3, 1]);
});

test("the answer to an older move does not undo a newer one of the same ticket", () => {
  const store = tablero(ticket(1), ticket(2));
  store.overlay({ clave: "vieja", ids: [1], repartidor_id: 8, antes_de: null });
  store.overlay({ clave: "nueva", ids: [1], repartidor_id: null, antes_de: null });

  store.release("vieja");

  assert.deepEqual(store.orden(SIN_ASIGNAR), [1]);
});

test("a ticket that closes under a move is no longer shown as moved", () => {
  const store = tablero(ticket(1));
  store.overlay({ clave: "c", ids: [1], repartidor_id: 8, antes_de: null });

  store.put(ticket(1, { version: 2, estado: "cancelado", cerrado_en: "2026-11-24T14:59:00.000Z" }));

  assert.deepEqual(store.orden(8), []);
});

test("an acuse changes no version and survives an equal one that knows less", () => {
  const store = tablero(ticket(1));
  store.acknowledge([{ ticket_id: 1, recibido_en: "2026-11-24T14:58:01.000Z", visto_en: null }]);

  store.put(ticket(1));

  assert.equal(store.tickets.get(1).recibido_en, "2026-11-24T14:58:01.000Z");
});

test("a new holder has seen nothing yet", () => {
  const store = tablero(ticket(1));
  store.acknowledge([
    { ticket_id: 1, recibido_en: "2026-11-24T14:58:01.000Z", visto_en: "2026-11-24T14:58:02.000Z" },
  ]);

  store.put(ticket(1, { version: 2, repartidor_id: 8 }));

  assert.equal(store.tickets.get(1).visto_en, null);
});

test("counters count states, and who has not looked for a minute", () => {
  const store = tablero(
    ticket(1, { repartidor_id: null }),
    ticket(2, { asignado_en: "2026-11-24T14:58:00.000Z" }),
    ticket(3, { asignado_en: "2026-11-24T14:59:30.000Z" }),
    ticket(4, {
      estado: "en_camino",
      franja_desde: "2026-11-24T13:00:00.000Z",
      franja_hasta: "2026-11-24T14:59:00.000Z",
    }),
    ticket(5, { estado: "fallido", cerrado_en: "2026-11-24T14:00:00.000Z" }),
  );

  assert.deepEqual(store.conteos(AHORA), {
    abiertos: 4,
    deAntes: 0,
    sin: 1,
    sin_ver: 1,
    demorado: 1,
    en_camino: 1,
    fallido: 1,
    entregado: 0,
  });
});

test("the search finds words in any order, without accents, and a phone by its digits", () => {
  const store = tablero(
    ticket(1, { cliente_nombre: "Íñigo Núñez", cliente_direccion: "Sarmiento 902" }),
  );

  for (const consulta of ["nunez sarmiento", "00000001", "1155551234", "5555-1234"])
    assert.ok(store.matches(1, { q: consulta }, AHORA), consulta);
  assert.ok(!store.matches(1, { q: "nunez mitre" }, AHORA));
});

test("a filter looks at what a ticket says, every part at once", () => {
  const store = tablero(
    ticket(1, {
      prioridad: "alta",
      negocio: "norte",
      franja_desde: "2026-11-24T21:00:00.000Z",
      franja_hasta: "2026-11-24T23:30:00.000Z",
    }),
    ticket(2, { repartidor_id: null }),
  );
  const pasan = (filtro) => [1, 2].filter((id) => store.matches(id, filtro, AHORA));

  assert.deepEqual(
    pasan({ prioridad: "alta", negocio: "norte", repartidor: "7", franja: "18–20:30 h" }),
    [1],
  );
  assert.deepEqual(pasan({ repartidor: "sin" }), [2]);
  assert.deepEqual(pasan({ prioridad: "alta", repartidor: "sin" }), []);
  assert.deepEqual(pasan({ ver: "sin", q: "" }), [2]);
  assert.deepEqual(pasan({}), [1, 2]);
});

test("the same hours of two days are two franjas, on the card and in the filter", () => {
  const con = (id, desde, hasta) => ticket(id, { franja_desde: desde, franja_hasta: hasta });
  const hoy = con(1, "2026-11-24T15:30:00.000Z", "2026-11-24T17:00:00.000Z");
  const manana = con(2, "2026-11-25T15:30:00.000Z", "2026-11-25T17:00:00.000Z");
  const jueves = con(3, "2026-11-26T15:30:00.000Z", "2026-11-26T17:00:00.000Z");
  const otros = [
    con(4, "2026-11-25T02:00:00.000Z", "2026-11-25T03:00:00.000Z"),
    con(5, "2026-11-25T03:00:00.000Z", "2026-11-26T03:00:00.000Z"),
    con(6, "2026-11-25T21:00:00.000Z", null),
    con(7, "2026-11-24T12:00:00.000Z", "2026-11-26T23:00:00.000Z"),
    con(8, null, null),
  ];
  const store = tablero(hoy, manana, jueves, ...otros);

  assert.deepEqual(
    [hoy, manana, jueves, ...otros].map((uno) => franja(uno, AHORA)),
    [
      "12:30–14 h",
      "mañana, 12:30–14 h",
      "jue 26/11, 12:30–14 h",
      "23–0 h",
      "mañana, todo el día",
      "mañana, desde las 18 h",
      "desde las 9 h hasta jue 26/11, 20 h",
      "",
    ],
  );
  for (const [filtro, ids] of [
    ["12:30–14 h", [1]],
    ["mañana, 12:30–14 h", [2]],
  ]) {
    assert.deepEqual(
      [1, 2, 3, 4].filter((id) => store.matches(id, { franja: filtro }, AHORA)),
      ids,
    );
  }
  assert.equal(franja(manana, AHORA + 86_400_000), "12:30–14 h");
});

test("what was closed a day ago is forgotten, what is open never", () => {
  const cerrado = (id, cerrado_en) => ticket(id, { estado: "entregado", cerrado_en });
  const store = tablero(
    cerrado(1, "2026-11-23T14:59:00.000Z"),
    cerrado(2, "2026-11-24T14:59:00.000Z"),
    ticket(3, { creado_en: "2026-11-01T00:00:00.000Z" }),
  );

  store.prune(AHORA);

  assert.deepEqual([...store.tickets.keys()], [2, 3]);
});

test("what failed is kept for a week, until somebody tries it again or puts it away", () => {
  const fallido = (id, cerrado_en, mas) => ticket(id, { estado: "fallido", cerrado_en, ...mas });
  const store = tablero(
    fallido(1, "2026-11-17T14:59:00.000Z"),
    fallido(2, "2026-11-17T15:01:00.000Z"),
    fallido(3, "2026-11-22T15:00:00.000Z", { resuelto_en: "2026-11-22T16:00:00.000Z" }),
    fallido(4, "2026-11-24T14:00:00.000Z", {
      resuelto_en: "2026-11-24T14:30:00.000Z",
      repartidor_id: 8,
    }),
  );

  store.prune(AHORA);

  assert.deepEqual([...store.tickets.keys()], [2, 4]);
  assert.deepEqual([store.debe(7), store.debe(8), store.conteos(AHORA).deAntes], [true, false, 1]);
});

test("a conflicto is open until somebody decided", () => {
  const store = tablero(ticket(1));
  store.apply({ ticket_id: 1, ticket: ticket(1), conflicto: { id: 3, decision: null } });
  assert.equal(store.conflictos.size, 1);

  store.apply({ ticket_id: 1, ticket: ticket(1), conflicto: { id: 3, decision: "descartar" } });
  assert.equal(store.conflictos.size, 0);
});

test("columns stand with those online first, those off duty last", () => {
  const orden = ordenDeColumnas([
    repartidor(1, { en_turno: false }),
    repartidor(2, { en_linea: false }),
    repartidor(3, { nombre: "Zoe" }),
    repartidor(4, { nombre: "Álvaro" }),
  ]);

  assert.deepEqual(
    orden.map((uno) => uno.id),
    [4, 3, 2, 1],
  );
  assert.deepEqual(
    ordenDeColumnas([...orden], [1, 3]).map((uno) => uno.id),
    [1, 3, 4, 2],
  );
});
