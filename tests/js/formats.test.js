// Money, time and the table of acts, as people see them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accionesDe } from "../../static/js/words/acciones.js";
import { aCiegas, enlaceDeMapa, enlaceDeWhatsApp } from "../../static/js/words/contacto.js";
import {
  cuantos,
  diaDe,
  hace,
  hora,
  readPesos,
  llano,
  otroDia,
  pesos,
} from "../../static/js/words/formats.js";
import { AHORA, TABLA, ticket } from "./elenco.js";

test("money is written as here, to the centavo", () => {
  const casos = [
    [0, "0,00"],
    [0.1, "0,10"],
    [950, "950,00"],
    [1234.5, "1.234,50"],
    [999999999.99, "999.999.999,99"],
    [1000000, "1.000.000,00"],
    [19.99, "19,99"],
  ];

  for (const [valor, escrito] of casos) assert.equal(pesos(valor), `$\u00a0${escrito}`);
});

test("money is read however it is typed, and nonsense is refused", () => {
  for (const texto of ["12450,50", "12.450,50", "$ 12.450,50", "12450.50", "12450.5"])
    assert.equal(readPesos(texto), 12450.5, texto);
  for (const texto of ["", "doce", "-5", "1,234", "12.45.0", "1e9", "1,2,3"])
    assert.equal(readPesos(texto), null, texto);
  assert.equal(readPesos("12.450"), 12450);
});

test("the time of day is Buenos Aires'", () => {
  assert.equal(hora("2026-11-24T15:04:00.000Z"), "12:04");
  assert.equal(hora(null), "");
});

test("today needs no word and every other day has one, wherever the device is", () => {
  const ahora = Date.parse("2026-12-01T02:30:00.000Z"); // 23:30 of Monday 30 November
  const casos = {
    "2026-11-30T03:00:00.000Z": "",
    "2026-12-01T02:59:00.000Z": "",
    "2026-12-01T03:00:00.000Z": "mañana",
    "2026-12-02T03:00:00.000Z": "mié 2/12",
    "2026-12-03T21:00:00.000Z": "jue 3/12",
    "2026-11-30T02:00:00.000Z": "ayer",
    "2026-11-24T02:00:00.000Z": "lun 23/11",
    "2031-05-04T21:00:00.000Z": "dom 4/5/2031",
  };

  for (const [instante, dicho] of Object.entries(casos))
    assert.equal(otroDia(instante, ahora), dicho, instante);
  assert.equal(diaDe(ahora), "2026-11-30");
});

test("ages are told in words", () => {
  const desde = (minutos) => hace(new Date(AHORA - minutos * 60_000).toISOString(), AHORA);
  assert.deepEqual([0, 4, 60, 2879, 2880].map(desde), [
    "recién",
    "hace 4 min",
    "hace 1 h",
    "hace 47 h",
    "hace 2 días",
  ]);
});

test("small words", () => {
  assert.equal(llano("Ñandú ÍÑIGO"), "nandu inigo");
  assert.deepEqual(
    [cuantos(1, "ticket", "tickets"), cuantos(0, "ticket", "tickets")],
    ["1 ticket", "0 tickets"],
  );
});

test("each role is offered what the table allows, in its time", () => {
  const entregado = ticket(1, {
    estado: "entregado",
    cerrado_en: new Date(AHORA - 60_000).toISOString(),
  });

  assert.deepEqual(accionesDe(TABLA, ticket(1), "repartidor", AHORA), [
    "iniciar",
    "llegar",
    "entregar",
    "fallar",
  ]);
  assert.deepEqual(accionesDe(TABLA, ticket(1), "admin", AHORA), [
    "iniciar",
    "entregar",
    "fallar",
    "cancelar",
  ]);
  assert.deepEqual(accionesDe(TABLA, entregado, "repartidor", AHORA), []);
  assert.deepEqual(accionesDe(TABLA, entregado, "admin", AHORA), ["corregir"]);
});

test("links say the place or the address, and carry no markup along", () => {
  assert.equal(
    enlaceDeMapa({ cliente_lat: -34.6, cliente_lng: -58.4 }),
    "https://www.google.com/maps/dir/?api=1&destination=-34.6%2C-58.4",
  );
  assert.ok(
    enlaceDeMapa({ cliente_direccion: 'Mitre 77 & "x"' }).endsWith(
      "destination=Mitre%2077%20%26%20%22x%22",
    ),
  );
  assert.ok(
    enlaceDeWhatsApp("5491155551234", "Hola, ¿estás?").startsWith(
      "https://wa.me/5491155551234?text=Hola%2C",
    ),
  );
});

test("a number that the server has not looked at can be called, not written to", () => {
  assert.deepEqual(aCiegas("11 5555-1234"), {
    llamar: "1155551234",
    whatsapp: null,
    texto: "11 5555-1234",
  });
  assert.equal(aCiegas("no sé").llamar, null);
});
