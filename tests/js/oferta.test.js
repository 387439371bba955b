// Open offers on the phone: what is shown, what "Lo tomo" does when others want it too, or nobody answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Hub } from "../../static/js/page/hub.js";
import { Rechazo, SinRed } from "../../static/js/stream/requests.js";
import { Ofertas } from "../../static/js/reparto/oferta.js";

const una = (ticket_id) => ({ ticket_id, direccion: `Belgrano ${ticket_id}` });

function telefono(respuestas) {
  const pedidos = [];
  const tomados = [];
  const send = async (metodo, url, datos) => {
    pedidos.push([metodo, url, datos]);
    const respuesta = respuestas.shift();
    if (respuesta instanceof Error) throw respuesta;
    return respuesta ?? { ofertas: [], tomadas: [] };
  };
  const hub = new Hub();
  hub.on("tomado", (ticket) => tomados.push(ticket));
  const ofertas = new Ofertas({ send, hub, tiempo: { setTimeout() {}, clearTimeout() {} } });
  return { ofertas, pedidos, tomados };
}

test("the first offer is shown until it is passed over, and stays passed over", async () => {
  const ambas = { ofertas: [una(1), una(2)] };
  const { ofertas } = telefono([ambas, ambas]);
  await ofertas.pull();
  assert.equal(ofertas.cuantas, 2);
  ofertas.pass();
  await ofertas.pull();
  assert.equal(ofertas.actual.ticket_id, 2);
});

test("one that somebody else took while it rang says who", async () => {
  const { ofertas } = telefono([
    { ofertas: [una(1)] },
    { ofertas: [], tomadas: [{ ticket_id: 1, por: "Nadia" }] },
  ]);
  await ofertas.pull();
  await ofertas.pull();
  assert.equal(ofertas.noticia.mensaje, "Ya lo tomó Nadia");
  ofertas.entendido();
  assert.equal(ofertas.noticia, null);
});

test("one that was passed over goes without a word", async () => {
  const { ofertas } = telefono([{ ofertas: [una(1)] }]);
  await ofertas.pull();
  ofertas.pass();
  await ofertas.pull();
  assert.equal(ofertas.noticia, null);
});

test("one that the central took back goes without a word", async () => {
  const { ofertas } = telefono([{ ofertas: [una(1)] }]);
  await ofertas.pull();
  await ofertas.pull();
  assert.equal(ofertas.actual, null);
  assert.equal(ofertas.noticia, null);
});

test("the loser of a race reads the server's words", async () => {
  const { ofertas, tomados } = telefono([
    { ofertas: [una(1)] },
    new Rechazo(409, { codigo: "ya_tomado", detail: "Ya lo tomó Nadia" }),
  ]);
  await ofertas.pull();
  await ofertas.take();
  assert.equal(ofertas.noticia.mensaje, "Ya lo tomó Nadia");
  assert.deepEqual(tomados, []);
});

test("an answer that was lost is asked again under the same name, and taken once", async () => {
  const { ofertas, pedidos, tomados } = telefono([
    { ofertas: [una(1)] },
    new SinRed("nada"),
    { id: 1 },
  ]);
  await ofertas.pull();
  await ofertas.take();
  assert.match(ofertas.dicho, /todavía no es tuyo/);
  assert.equal(ofertas.actual.ticket_id, 1);
  await ofertas.take();
  assert.equal(pedidos[1][2].accion_id, pedidos[2][2].accion_id);
  assert.deepEqual(tomados, [{ id: 1 }]);
  assert.equal(ofertas.actual, null);
});

test("two taps at once are one", async () => {
  const { ofertas, pedidos } = telefono([{ ofertas: [una(1)] }, { id: 1 }]);
  await ofertas.pull();
  await Promise.all([ofertas.take(), ofertas.take()]);
  assert.equal(pedidos.filter(([metodo]) => metodo === "POST").length, 1);
});
