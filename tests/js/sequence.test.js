// The stream of novedades: once each, in order, whatever the network does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow } from "../../static/js/stream/sequence.js";

/** A server with a numbered stream, and a listener of it whose pulls are counted. */
function pareja({ epoca = "e1", desde = 0, tope = 500 } = {}) {
  const servidor = { epoca, seq: desde, todas: [], pedidos: 0, completo: false, cae: false };
  const visto = { aplicadas: [], fotos: 0, upToDate: [] };
  const reloj = {
    pendientes: [],
    setTimeout: (f) => (reloj.pendientes.push(f), reloj.pendientes.length),
    clearTimeout: () => (reloj.pendientes = []),
  };
  const secuencia = follow({
    epoca,
    seq: desde,
    reloj,
    apply: (n) => visto.aplicadas.push(n.seq),
    replace: () => (visto.fotos += 1),
    upToDate: (hasta) => visto.upToDate.push(hasta.seq),
    async pull(pedida, seq) {
      servidor.pedidos += 1;
      if (servidor.cae) throw new Error("no network");
      if (servidor.completo || pedida !== servidor.epoca)
        return { epoca: servidor.epoca, seq: servidor.seq, completo: true, tickets: [] };
      return {
        epoca: servidor.epoca,
        seq: servidor.seq,
        novedades: servidor.todas.filter((n) => n.seq > seq).slice(0, tope),
      };
    },
  });
  const nueva = () => {
    servidor.seq += 1;
    const novedad = { epoca: servidor.epoca, seq: servidor.seq };
    servidor.todas.push(novedad);
    return novedad;
  };
  const wait = async () => {
    for (const f of reloj.pendientes.splice(0)) f();
    await new Promise((listo) => setImmediate(listo));
  };
  return { servidor, visto, secuencia, nueva, wait, reloj };
}

test("what comes in order is applied at once, and a repeat is ignored", () => {
  const { secuencia, visto, nueva } = pareja();
  const una = nueva();

  secuencia.arrive(una);
  secuencia.arrive(una);
  secuencia.arrive(nueva());

  assert.deepEqual(visto.aplicadas, [1, 2]);
  assert.deepEqual(visto.upToDate, [1, 2]);
});

test("what comes early waits for the one before it, without a pull", async () => {
  const { secuencia, visto, servidor, nueva, reloj } = pareja();
  const [una, dos, tres] = [nueva(), nueva(), nueva()];

  secuencia.arrive(tres);
  secuencia.arrive(dos);
  assert.deepEqual(visto.aplicadas, []);
  secuencia.arrive(una);

  assert.deepEqual(visto.aplicadas, [1, 2, 3]);
  assert.equal(servidor.pedidos, 0);
  assert.equal(reloj.pendientes.length, 0);
});

test("a hole that stays is pulled, and nothing is applied twice", async () => {
  const { secuencia, visto, servidor, nueva, wait } = pareja();
  nueva();
  const dos = nueva();

  secuencia.arrive(dos);
  await wait();

  assert.deepEqual(visto.aplicadas, [1, 2]);
  assert.equal(servidor.pedidos, 1);
});

test("a pulso above what is known pulls; one that is known does nothing", async () => {
  const { secuencia, visto, servidor, nueva, wait } = pareja();
  secuencia.pulso({ epoca: "e1", seq: 0 });
  await wait();
  assert.equal(servidor.pedidos, 0);

  nueva();
  secuencia.pulso({ epoca: "e1", seq: 1 });
  await wait();

  assert.deepEqual(visto.aplicadas, [1]);
});

test("another epoca takes the whole snapshot and goes on from its number", async () => {
  const { secuencia, visto, servidor, nueva, wait } = pareja({ desde: 900 });
  servidor.epoca = "e2";
  servidor.seq = 4;

  secuencia.arrive(nueva());
  await wait();
  secuencia.arrive(nueva());

  assert.equal(visto.fotos, 1);
  assert.deepEqual([secuencia.epoca, secuencia.seq], ["e2", 6]);
  assert.deepEqual(visto.aplicadas, [6]);
});

test("a pull goes on until nothing is missing", async () => {
  const { secuencia, visto, servidor, nueva } = pareja({ tope: 2 });
  for (let i = 0; i < 5; i += 1) nueva();

  await secuencia.catchUp();

  assert.deepEqual(visto.aplicadas, [1, 2, 3, 4, 5]);
  assert.equal(servidor.pedidos, 3);
});

test("a failed pull is tried again, and two at once are one request", async () => {
  const { secuencia, visto, servidor, nueva, wait } = pareja();
  nueva();
  const dos = nueva();
  servidor.cae = true;
  secuencia.arrive(dos);
  await wait();
  assert.deepEqual(visto.aplicadas, []);

  servidor.cae = false;
  await wait();
  await Promise.all([secuencia.catchUp(), secuencia.catchUp()]);

  assert.deepEqual(visto.aplicadas, [1, 2]);
  assert.equal(servidor.pedidos, 3);
});

test("any order of arrival with repeats and losses ends the same", async () => {
  for (let semilla = 1; semilla <= 200; semilla += 1) {
    const azar = mulberry(semilla);
    const { secuencia, visto, nueva, wait } = pareja();
    const todas = Array.from({ length: 30 }, nueva);
    const llegan = todas.filter(() => azar() > 0.2).flatMap((n) => (azar() > 0.8 ? [n, n] : [n]));
    llegan.sort(() => azar() - 0.5);

    for (const novedad of llegan) {
      secuencia.arrive(novedad);
      if (azar() > 0.9) await wait();
    }
    secuencia.pulso({ epoca: "e1", seq: 30 });
    await wait();

    assert.deepEqual(
      visto.aplicadas,
      todas.map((n) => n.seq),
      `seed ${semilla}`,
    );
  }
});

function mulberry(semilla) {
  return () => {
    semilla = (semilla + 0x6d2b79f5) | 0;
    let t = Math.imul(semilla ^ (semilla >>> 15), 1 | semilla);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
