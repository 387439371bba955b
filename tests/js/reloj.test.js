// The server's time on a phone whose clock is wrong, is put right, or sleeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Reloj } from "../../static/js/reparto/reloj.js";

const AHORA = Date.parse("2026-11-24T15:00:00.000Z");
const MIN = 60_000;
const HORA = 60 * MIN;

/** A phone whose clock is `mal` ms ahead of the server's (behind, when negative). */
function telefono(mal, mas = {}) {
  const mundo = { verdad: AHORA, mal, pasado: 0, cambios: 0 };
  mundo.pasa = (ms) => {
    mundo.verdad += ms;
    mundo.pasado += ms;
  };
  mundo.duerme = (ms) => (mundo.verdad += ms);
  const parts = {
    pared: () => mundo.verdad + mundo.mal,
    pasa: () => mundo.pasado,
    onChange: () => (mundo.cambios += 1),
    ...mas,
  };
  mundo.reloj = new Reloj({ adelanto: -mal, ...parts });
  mundo.error = () => Math.round((mundo.reloj.ahora() - mundo.verdad) / 1_000);
  return mundo;
}

for (const [como, mal] of [
  ["three hours slow", -3 * HORA],
  ["three hours fast", 3 * HORA],
  ["a day fast", 24 * HORA],
  ["40 s slow", -40_000],
]) {
  test(`a clock that was ${como} and is put right while one looks moves no time`, () => {
    const uno = telefono(mal);
    uno.pasa(5 * MIN);
    uno.mal = 0;

    assert.equal(uno.error(), 0);
    assert.equal(uno.cambios, 1);
    uno.pasa(HORA);
    assert.equal(uno.error(), 0);
  });
}

test("a right clock that is set wrong while one looks moves no time", () => {
  for (const mal of [-2 * HORA, 2 * HORA]) {
    const uno = telefono(0);
    uno.mal = mal;
    assert.equal(uno.error(), 0);
  }
});

test("a phone that slept with the page out of sight has lost nothing", () => {
  const uno = telefono(-20_000);
  uno.reloj.mayHaveSlept();
  uno.duerme(3 * HORA);

  assert.equal(uno.error(), 0);
  assert.equal(uno.cambios, 0);
});

test("a clock that is put right in the phone's settings, with the page out of sight, moves no time", () => {
  for (const mal of [-3 * HORA, 3 * HORA]) {
    const uno = telefono(mal);
    uno.reloj.mayHaveSlept();
    uno.pasa(MIN);
    uno.duerme(2 * MIN);
    uno.mal = 0;
    assert.equal(uno.error(), 0);
  }
});

test("the next page goes on with it, also when the clock was put right just before", () => {
  for (const mal of [-3 * HORA, 3 * HORA, 0]) {
    const uno = telefono(mal);
    uno.mal = 0;
    const antes = uno.reloj.toSave();
    uno.duerme(MIN);
    const otra = new Reloj({ adelanto: 0, antes, pared: () => uno.verdad, pasa: () => 0 });
    assert.equal(otra.ahora(), uno.verdad);

    const dos = telefono(mal);
    const guardado = dos.reloj.toSave();
    dos.duerme(MIN);
    dos.mal = 0;
    const despues = new Reloj({
      adelanto: 0,
      antes: guardado,
      pared: () => dos.verdad,
      pasa: () => 0,
    });
    assert.equal(despues.ahora(), dos.verdad);
  }
});

test("the server's word wins where the clock is off, and a slow answer does not", () => {
  const uno = telefono(0);
  uno.mal = -HORA;
  uno.reloj.learn(uno.verdad);
  assert.equal(uno.error(), 0);

  uno.reloj.learn(uno.verdad - 5_000);
  assert.equal(uno.error(), 0);
});
