// Moves: shown at once, told honestly, taken back when refused or unanswered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rechazo, SinRed } from "../../static/js/stream/requests.js";
import { Store, SIN_ASIGNAR } from "../../static/js/tablero/store.js";
import { textoDeRechazo } from "../../static/js/tablero/razones.js";
import { interrupcion, preguntaDe } from "../../static/js/tablero/interrupcion.js";
import { Mudanzas } from "../../static/js/tablero/mudanzas.js";
import { AHORA, repartidor, ticket } from "./elenco.js";

function mesa(answer) {
  const store = new Store({
    repartidores: [repartidor(7), repartidor(8)],
    tickets: [ticket(1), ticket(2), ticket(3, { repartidor_id: null })],
  });
  const sucesos = [];
  const pedidos = [];
  const send = async (metodo, url, cuerpo) => {
    pedidos.push({ url, cuerpo });
    return answer(cuerpo, pedidos.length);
  };
  const mudanzas = new Mudanzas({
    store,
    send,
    draw: () => {},
    count: (suceso) => sucesos.push(suceso),
    esperas: [9, 10],
  });
  return { store, mudanzas, sucesos, pedidos };
}

test("a move says what moves, in front of what, and the version that was looked at", async () => {
  const { mudanzas, pedidos, store, sucesos } = mesa((cuerpo) => ({
    clave: cuerpo.clave,
    resultados: [{ id: 3, ok: true, version: 2, lugar: "a1V" }],
  }));

  await mudanzas.mover({ ids: [3], repartidor_id: 7, antes_de: 2 });

  const { clave, ...cuerpo } = pedidos[0].cuerpo;
  assert.match(clave, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(cuerpo, { tickets: [{ id: 3, version: 1 }], repartidor_id: 7, antes_de: 2 });
  assert.deepEqual(store.orden(7), [1, 3, 2]);
  assert.equal(store.tickets.get(3).estado, "asignado");
  assert.equal(sucesos[0].que, "movida");
});

test("it is on the screen before the answer", async () => {
  let answer;
  const { mudanzas, store } = mesa(
    () =>
      new Promise(
        (listo) =>
          (answer = () => listo({ resultados: [{ id: 3, ok: true, version: 2, lugar: "a3" }] })),
      ),
  );

  const hecha = mudanzas.mover({ ids: [3], repartidor_id: 8 });
  assert.deepEqual(store.orden(8), [3]);

  await new Promise((listo) => setImmediate(listo));
  answer();
  await hecha;
  assert.equal(store.sobre.size, 0);
});

test("a refusal puts the card where the server says and names who was first", async () => {
  const ahora = ticket(1, { version: 4, repartidor_id: 8, repartidor_nombre: "Nadia" });
  const { mudanzas, store, sucesos } = mesa(() => {
    throw new Rechazo(409, {
      codigo: "version_vieja",
      resultados: [
        {
          id: 1,
          ok: false,
          codigo: "version_vieja",
          por: { id: 2, nombre: "Lucía" },
          que: "movido",
          en: new Date(AHORA - 4_000).toISOString(),
          ticket: ahora,
        },
      ],
    });
  });

  await mudanzas.mover({ ids: [1], repartidor_id: null });

  assert.deepEqual(store.orden(8), [1]);
  assert.equal(sucesos[0].que, "rechazada");
  const texto = textoDeRechazo(sucesos[0].resultados[0], { ahora: AHORA });
  assert.equal(texto, `${ahora.numero} no se movió: Lucía lo pasó a Nadia hace 4 s.`);
});

test("no answer is asked once more with the same clave, then the card goes back", async () => {
  const { mudanzas, store, pedidos, sucesos } = mesa(() => {
    throw new SinRed("no");
  });

  await mudanzas.mover({ ids: [3], repartidor_id: 8 });

  assert.equal(pedidos.length, 2);
  assert.equal(pedidos[0].cuerpo.clave, pedidos[1].cuerpo.clave);
  assert.deepEqual(store.orden(SIN_ASIGNAR), [3]);
  assert.equal(sucesos[0].que, "sin_respuesta");
});

test("a batch may succeed in part, and says so", async () => {
  const { mudanzas, sucesos } = mesa(() => ({
    resultados: [
      { id: 1, ok: true, version: 2, lugar: "b1" },
      {
        id: 2,
        ok: false,
        codigo: "cerrado",
        ticket: ticket(2, {
          version: 2,
          estado: "entregado",
          cerrado_en: "2026-11-24T14:59:00.000Z",
        }),
      },
    ],
  }));

  await mudanzas.mover({ ids: [1, 2], repartidor_id: 8 });

  assert.deepEqual(
    sucesos.map((uno) => uno.que),
    ["movida", "rechazada"],
  );
});

test("undo asks for the newest own move, each once", async () => {
  const { mudanzas, pedidos } = mesa((cuerpo) => ({
    resultados: cuerpo.tickets
      ? cuerpo.tickets.map((t) => ({ id: t.id, ok: true, version: t.version + 1, lugar: "c" }))
      : [],
  }));
  await mudanzas.mover({ ids: [1], repartidor_id: 8 });
  await mudanzas.mover({ ids: [2], repartidor_id: 8 });

  await mudanzas.undo();
  await mudanzas.undo();
  await mudanzas.undo();

  const claves = pedidos.slice(0, 2).map((uno) => uno.cuerpo.clave);
  assert.deepEqual(
    pedidos.slice(2).map((uno) => uno.url),
    [`/api/mudanzas/${claves[1]}/deshacer`, `/api/mudanzas/${claves[0]}/deshacer`],
  );
});

test("undos pressed one after the other are asked for one after the other, and a move waits for them", async () => {
  const abiertos = new Set();
  const orden = [];
  const store = new Store({
    repartidores: [repartidor(7), repartidor(8)],
    tickets: [ticket(1)],
  });
  const send = async (_metodo, url, cuerpo) => {
    orden.push(url.endsWith("/deshacer") ? url.split("/").at(-2) : cuerpo.clave);
    assert.equal(abiertos.size, 0);
    abiertos.add(url);
    await new Promise((listo) => setTimeout(listo, 2));
    abiertos.delete(url);
    const version = store.tickets.get(1).version + 1;
    return cuerpo.tickets
      ? { resultados: [{ id: 1, ok: true, version, lugar: "c" }] }
      : { resultados: [] };
  };
  const mudanzas = new Mudanzas({
    store,
    send,
    draw: () => {},
    count: () => {},
    esperas: [900, 900],
  });
  for (const a of [8, 7, 8]) await mudanzas.mover({ ids: [1], repartidor_id: a });

  await Promise.all([
    mudanzas.undo(),
    mudanzas.undo(),
    mudanzas.undo(),
    mudanzas.mover({ ids: [1], repartidor_id: 7 }),
  ]);

  assert.deepEqual(orden.slice(3, 6), orden.slice(0, 3).reverse());
  assert.equal(orden.length, 7);
});

test("an undo that nobody answered can be asked for again", async () => {
  let callado = false;
  const { mudanzas, pedidos } = mesa((cuerpo) => {
    if (callado) throw new SinRed("no");
    return {
      resultados: (cuerpo.tickets ?? []).map((t) => ({
        id: t.id,
        ok: true,
        version: t.version + 1,
        lugar: "c",
      })),
    };
  });
  await mudanzas.mover({ ids: [1], repartidor_id: 8 });
  callado = true;
  await mudanzas.undo();
  callado = false;
  await mudanzas.undo();

  assert.equal(new Set(pedidos.slice(1).map((uno) => uno.url)).size, 1);
  assert.equal(mudanzas.hechas.length, 0);
});

test("every refusal has a text of its own", () => {
  const codigos = [
    "version_vieja",
    "cerrado",
    "repartidor_inactivo",
    "sin_lugar",
    "no_existe",
    "otra_cosa",
  ];

  const textos = codigos.map((codigo) =>
    textoDeRechazo({ codigo, ticket: ticket(1) }, { destino: "Nadia", ahora: AHORA }),
  );

  assert.equal(new Set(textos).size, codigos.length);
});

test("a refusal says what was done, and how full somebody is", () => {
  const say = (mas, sobre) =>
    textoDeRechazo(mas, { ahora: AHORA, ...sobre }).replace(/^.*no se movió: /, "");
  const por = { nombre: "Martín" };
  const en = new Date(AHORA - 180_000).toISOString();
  const entregado = ticket(1, { estado: "entregado", cerrado_en: "2026-11-24T21:02:00.000Z" });

  assert.equal(
    say({ codigo: "cerrado", por, ticket: entregado }),
    "Martín ya lo entregó a las 18:02.",
  );
  assert.equal(
    say({ codigo: "sin_lugar", ticket: ticket(1) }, { destino: "Martín", lleva: 8, tope: 8 }),
    "Martín ya tiene 8 de 8.",
  );
  assert.equal(
    say({ codigo: "version_vieja", por, que: "iniciar", en, ticket: ticket(1) }),
    "Martín salió a entregarlo hace 3 min.",
  );
  assert.equal(
    say({
      codigo: "version_vieja",
      por,
      que: "movido",
      repartidor_de: "Martín",
      en,
      ticket: ticket(1),
    }),
    "Martín lo cambió de lugar hace 3 min.",
  );
});

test("nobody is told about themselves as about somebody else", () => {
  const por = { id: 5, nombre: "Graciela" };
  const say = (mas) =>
    textoDeRechazo(
      { por, ticket: ticket(1, { repartidor_nombre: "Nadia" }), ...mas },
      { ahora: AHORA, yo: 5 },
    ).replace(/^.*no se movió: /, "");

  assert.equal(say({ codigo: "version_vieja", que: "movido" }), "vos lo pasaste a Nadia recién.");
  assert.equal(
    say({ codigo: "version_vieja", que: "deshecho" }),
    "vos deshiciste una mudanza y quedó con Nadia recién.",
  );
  for (const que of [
    "asignado",
    "movido",
    "tomado",
    "deshecho",
    "editado",
    "iniciar",
    "volver",
    "llegar",
    "reintentar",
    "corregir",
    "baja_del_repartidor",
    "otro",
  ]) {
    const dicho = say({ codigo: "version_vieja", que });
    assert.doesNotMatch(dicho, /Graciela/);
    assert.match(dicho, /^vos (lo |le |la )?[a-z]+ste /);
  }
});

test("a move that was heard of but not answered was done", async () => {
  const { store, mudanzas, sucesos } = mesa((cuerpo) => {
    const despues = ticket(3, { version: 2, repartidor_id: 8, lugar: "a3" });
    mudanzas.hear({ clave: cuerpo.clave, ticket: despues });
    store.put(despues);
    throw new SinRed("no");
  });

  await mudanzas.mover({ ids: [3], repartidor_id: 8 });

  assert.deepEqual(
    sucesos.map((uno) => uno.que),
    ["movida"],
  );
  assert.deepEqual(store.orden(8), [3]);
});

test("a second move of the same ticket waits for the answer to the first, and goes with its version", async () => {
  const { mudanzas, pedidos } = mesa((cuerpo) => ({
    resultados: cuerpo.tickets.map((uno) => ({
      id: uno.id,
      ok: true,
      version: uno.version + 1,
      lugar: "b",
    })),
  }));

  await Promise.all([
    mudanzas.mover({ ids: [3], repartidor_id: 8 }),
    mudanzas.mover({ ids: [3], repartidor_id: 7 }),
  ]);

  assert.deepEqual(
    pedidos.map((uno) => uno.cuerpo.tickets[0].version),
    [1, 2],
  );
});

test("a move asks before it takes a ticket en camino, or puts one above it, and for nothing else", () => {
  const store = new Store({
    repartidores: [repartidor(7), repartidor(8)],
    tickets: [ticket(1, { estado: "en_camino" }), ticket(2), ticket(3, { repartidor_id: null })],
  });

  assert.equal(interrupcion(store, { ids: [1, 2], repartidor_id: 8 }).que, "sacar");
  assert.equal(interrupcion(store, { ids: [3], repartidor_id: 7, antes_de: 1 }).que, "encima");
  assert.equal(interrupcion(store, { ids: [1], repartidor_id: 7 }).que, "encima");
  assert.equal(interrupcion(store, { ids: [3], repartidor_id: 7, antes_de: 2 }), null);
  assert.equal(interrupcion(store, { ids: [2], repartidor_id: 8 }), null);
  assert.match(
    preguntaDe(interrupcion(store, { ids: [1], repartidor_id: 8 }), "Nadia").texto,
    /Martín va en camino con .* a Nadia/,
  );
});
