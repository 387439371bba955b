// What the map shows of what the board told it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { edad, Puntos, rotulo, textoSinLugar } from "../../static/js/mapa/puntos.js";
import { lugarDudoso } from "../../static/js/words/lugar.js";
import { AHORA } from "./elenco.js";

const hace = (minutos) => new Date(AHORA - minutos * 60_000).toISOString();
const punto = (id, mas = {}) => ({
  id,
  lat: -34.6,
  lng: -58.4,
  texto: `PED-${id}`,
  estado: "asignado",
  llego: false,
  prioridad: "normal",
  vence: null,
  pasa: true,
  ...mas,
});
const columna = (id, tickets, mas = {}) => ({
  id,
  quien: id === "sin" ? null : { nombre: "Martín Gómez", ubicacion: null, ...mas },
  tickets,
});

test("only what changed is drawn anew", () => {
  const puntos = new Puntos();
  assert.deepEqual([...puntos.receive(columna(7, [punto(1), punto(2)]))], [1, 2]);
  assert.deepEqual([...puntos.receive(columna(7, [punto(1), punto(2)]))], []);
  assert.deepEqual([...puntos.receive(columna(7, [punto(1), punto(2, { pasa: false })]))], [2]);
  assert.deepEqual([...puntos.receive(columna(7, [punto(2, { pasa: false }), punto(1)]))], [2, 1]);
});

test("a ticket that changed hands is there once, whichever column is told first", () => {
  for (const orden of [
    [7, 8],
    [8, 7],
  ]) {
    const puntos = new Puntos();
    puntos.receive(columna(7, [punto(1)]));
    const luego = { 7: columna(7, []), 8: columna(8, [punto(1)]) };
    for (const id of orden) puntos.receive(luego[id]);
    assert.equal(puntos.tickets.size, 1);
    assert.equal(puntos.tickets.get(1).columna, 8);
  }
});

test("a repartidor who left takes their column along", () => {
  const puntos = new Puntos();
  puntos.receive(columna(7, [punto(1)]));
  assert.deepEqual([...puntos.receive({ id: 7, quien: null, tickets: [] })], [1]);
  assert.deepEqual([puntos.columnas.size, puntos.tickets.size], [0, 0]);
});

test("a pin says whose, in which place, how it goes, and late and urgent in signs and words", () => {
  const puntos = new Puntos();
  puntos.receive(
    columna(7, [
      punto(1),
      punto(2, { prioridad: "urgente", vence: AHORA - 1, estado: "en_camino" }),
    ]),
  );
  puntos.receive(columna("sin", [punto(3, { estado: "pendiente" })]));
  const de = (id) => rotulo(puntos.tickets.get(id), AHORA);

  assert.deepEqual(de(1), {
    quien: "MG",
    orden: "1",
    camino: "",
    prioridad: "",
    tarde: "",
    detalle: "asignado, 1 de 2 de Martín Gómez",
  });
  assert.deepEqual(de(2), {
    quien: "MG",
    orden: "2",
    camino: "▶",
    prioridad: "▲▲",
    tarde: "tarde",
    detalle: "en camino, 2 de 2 de Martín Gómez, prioridad urgente, atrasado",
  });
  assert.deepEqual(de(3), {
    quien: "S/A",
    orden: "",
    camino: "",
    prioridad: "",
    tarde: "",
    detalle: "sin asignar",
  });
});

test("a position has its age in words, is old after five minutes and none after thirty", () => {
  const en = (minutos) => edad({ lat: 0, lng: 0, en: hace(minutos) }, AHORA);
  assert.deepEqual(en(0), { texto: "recién", vieja: false, radio: 0 });
  assert.deepEqual(en(3), { texto: "hace 3 min", vieja: false, radio: 0 });
  assert.deepEqual(en(5), { texto: "hace 5 min", vieja: true, radio: 0 });
  assert.deepEqual([en(30), edad(null, AHORA), edad({ en: "nunca" }, AHORA)], [null, null, null]);
});

test("a position that is known no better says so, and how far around", () => {
  const en = (precision_m) => edad({ lat: 0, lng: 0, precision_m, en: hace(1) }, AHORA);
  assert.deepEqual(
    [en(9), en(50), en(null)].map(({ texto, radio }) => [texto, radio]),
    Array(3).fill(["hace 1 min", 0]),
  );
  assert.deepEqual([en(350).texto, en(350).radio], ["hace 1 min, a ±350 m", 350]);
  assert.equal(en(5_000).texto, "hace 1 min, a ±5,0 km");
});

test("a way begins where its repartidor is and leaves out what has no place", () => {
  const puntos = new Puntos();
  const tickets = [
    punto(1, { lat: -1 }),
    punto(2, { lat: null, lng: null }),
    punto(3, { lat: -3 }),
  ];
  puntos.receive(columna(7, tickets, { ubicacion: { lat: 9, lng: 9, en: hace(1) } }));
  assert.deepEqual(
    puntos.recorrido(7, AHORA).map(([lat]) => lat),
    [9, -1, -3],
  );
  assert.deepEqual(
    puntos.recorrido(7, AHORA + 31 * 60_000).map(([lat]) => lat),
    [-1, -3],
  );
  assert.deepEqual(puntos.recorrido(99, AHORA), []);
  assert.deepEqual(
    puntos.sinLugar().map((uno) => uno.id),
    [2],
  );
  assert.deepEqual(
    [textoSinLugar(0), textoSinLugar(1), textoSinLugar(2)],
    ["", "1 ticket sin ubicación", "2 tickets sin ubicación"],
  );
});

test("a place that is hardly meant does not make the map show half of the world", () => {
  const puntos = new Puntos();
  puntos.receive(
    columna(7, [
      punto(1),
      punto(2, { lat: -58.4, lng: -34.6 }),
      punto(3, { lat: 40.4, lng: -3.7 }),
      punto(4, { lat: -34.7 }),
    ]),
  );
  assert.deepEqual(puntos.lugares(AHORA), [
    [-34.6, -58.4],
    [-34.7, -58.4],
  ]);
  assert.match(lugarDudoso(-58.4, -34.6), /cambiadas/);
  assert.match(lugarDudoso(40.4, -3.7), /fuera de la Argentina/);
  for (const [lat, lng] of [
    [-34.6, -58.4],
    [-54.8, -68.3],
    [-27.4, -55.9],
    [null, null],
  ])
    assert.equal(lugarDudoso(lat, lng), "");

  const solo = new Puntos();
  solo.receive(columna(7, [punto(3, { lat: 40.4, lng: -3.7 })]));
  assert.deepEqual(solo.lugares(AHORA), [[40.4, -3.7]]);
});
