// Moves: shown at once, told honestly, taken back when refused or unanswered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rechazo, SinRed } from "../../static/js/nucleo/red.js";
import { Almacen, SIN_ASIGNAR } from "../../static/js/tablero/almacen.js";
import { Mudanzas, textoDeRechazo } from "../../static/js/tablero/mudanzas.js";
import { repartidor, ticket } from "./elenco.js";

function mesa(contestar) {
  const almacen = new Almacen({ repartidores: [repartidor(7), repartidor(8)], tickets: [ticket(1), ticket(2), ticket(3, { repartidor_id: null })] });
  const sucesos = [];
  const pedidos = [];
  const mandar = async (metodo, url, cuerpo) => {
    pedidos.push({ url, cuerpo });
    return contestar(cuerpo, pedidos.length);
  };
  const mudanzas = new Mudanzas({ almacen, mandar, pintar: () => {}, contar: (suceso) => sucesos.push(suceso) });
  return { almacen, mudanzas, sucesos, pedidos };
}

test("a move says what moves, in front of what, and the version that was looked at", async () => {
  const { mudanzas, pedidos, almacen, sucesos } = mesa((cuerpo) => ({ clave: cuerpo.clave, resultados: [{ id: 3, ok: true, version: 2, lugar: "a1V" }] }));

  await mudanzas.mover({ ids: [3], repartidor_id: 7, antes_de: 2 });

  const { clave, ...cuerpo } = pedidos[0].cuerpo;
  assert.match(clave, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(cuerpo, { tickets: [{ id: 3, version: 1 }], repartidor_id: 7, antes_de: 2 });
  assert.deepEqual(almacen.orden(7), [1, 3, 2]);
  assert.equal(almacen.tickets.get(3).estado, "asignado");
  assert.equal(sucesos[0].que, "movida");
});

test("it is on the screen before the answer", async () => {
  let contestar;
  const { mudanzas, almacen } = mesa((cuerpo) => new Promise((listo) => (contestar = () => listo({ resultados: [{ id: 3, ok: true, version: 2, lugar: "a3" }] }))));

  const hecha = mudanzas.mover({ ids: [3], repartidor_id: 8 });
  assert.deepEqual(almacen.orden(8), [3]);

  await new Promise((listo) => setImmediate(listo));
  contestar();
  await hecha;
  assert.equal(almacen.sobre.size, 0);
});

test("a refusal puts the card where the server says and names who was first", async () => {
  const ahora = ticket(1, { version: 4, repartidor_id: 8, repartidor_nombre: "Nadia" });
  const { mudanzas, almacen, sucesos } = mesa(() => {
    throw new Rechazo(409, { codigo: "version_vieja", resultados: [{ id: 1, ok: false, codigo: "version_vieja", por: { id: 2, nombre: "Lucía" }, ticket: ahora }] });
  });

  await mudanzas.mover({ ids: [1], repartidor_id: null });

  assert.deepEqual(almacen.orden(8), [1]);
  assert.equal(sucesos[0].que, "rechazada");
  const texto = textoDeRechazo(sucesos[0].resultados[0], "Sin asignar", () => "");
  assert.equal(texto, `${ahora.numero} no se movió: Lucía lo cambió recién. Ahora lo tiene Nadia.`);
});

test("no answer is asked once more with the same clave, then the card goes back", async () => {
  const { mudanzas, almacen, pedidos, sucesos } = mesa(() => {
    throw new SinRed("no");
  });

  await mudanzas.mover({ ids: [3], repartidor_id: 8 });

  assert.equal(pedidos.length, 2);
  assert.equal(pedidos[0].cuerpo.clave, pedidos[1].cuerpo.clave);
  assert.deepEqual(almacen.orden(SIN_ASIGNAR), [3]);
  assert.equal(sucesos[0].que, "sin_respuesta");
});

test("a batch may succeed in part, and says so", async () => {
  const { mudanzas, sucesos } = mesa(() => ({
    resultados: [
      { id: 1, ok: true, version: 2, lugar: "b1" },
      { id: 2, ok: false, codigo: "cerrado", ticket: ticket(2, { version: 2, estado: "entregado", cerrado_en: "2026-11-24T14:59:00.000Z" }) },
    ],
  }));

  await mudanzas.mover({ ids: [1, 2], repartidor_id: 8 });

  assert.deepEqual(sucesos.map((uno) => uno.que), ["movida", "rechazada"]);
});

test("undo asks for the newest own move, each once", async () => {
  const { mudanzas, pedidos } = mesa((cuerpo) => ({ resultados: cuerpo.tickets ? cuerpo.tickets.map((t) => ({ id: t.id, ok: true, version: t.version + 1, lugar: "c" })) : [] }));
  await mudanzas.mover({ ids: [1], repartidor_id: 8 });
  await mudanzas.mover({ ids: [2], repartidor_id: 8 });

  await mudanzas.deshacer();
  await mudanzas.deshacer();
  await mudanzas.deshacer();

  const claves = pedidos.slice(0, 2).map((uno) => uno.cuerpo.clave);
  assert.deepEqual(pedidos.slice(2).map((uno) => uno.url), [`/api/mudanzas/${claves[1]}/deshacer`, `/api/mudanzas/${claves[0]}/deshacer`]);
});

test("every refusal has a text of its own", () => {
  const codigos = ["version_vieja", "cerrado", "repartidor_inactivo", "sin_lugar", "no_existe", "otra_cosa"];

  const textos = codigos.map((codigo) => textoDeRechazo({ codigo, ticket: ticket(1) }, "Nadia", () => "18:02"));

  assert.equal(new Set(textos).size, codigos.length);
});
