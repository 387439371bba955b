// Phone numbers without the server, and found however they are written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { aCiegas } from "../../static/js/words/contacto.js";
import { formas, marcables } from "../../static/js/words/telefono.js";
import { pasa, textoDe } from "../../static/js/tablero/criterio.js";
import { ticket } from "./elenco.js";

test("without signal each number of a text can be dialled, and never two as one", () => {
  const casos = [
    ["11 5555-1234", ["1155551234"]],
    ["+54 9 11 5555-1234", ["+5491155551234"]],
    ["11 5555-1234 / 11 4444-9876", ["1155551234", "1144449876"]],
    ["4555-1234 ó 15-5555-1234", ["45551234", "1555551234"]],
    ["11 5555-1234 (pedir por Juana, portería)", ["1155551234"]],
    ["11 5555-1234 (4444-9876)", ["1155551234", "44449876"]],
    ["11 5555-1234 +54 9 11 4444-9876", ["1155551234", "+5491144449876"]],
    ["4555-1234 int. 23", ["45551234"]],
    ["(011) 4555-1234", ["01145551234"]],
    ["+54 (11) 4555-1234", ["+541145551234"]],
    ["11/5555/1234", ["1155551234"]],
    ["011 - 4555 - 1234", ["01145551234"]],
    ["4555-1234/35", ["45551234"]],
    ["11 5555-1234\n11 4444-9876", ["1155551234", "1144449876"]],
    ["1155551234 1144449876", []],
    ["5,49116E+12", []],
    ["1,155551234E+09", []],
    ["#N/A", []],
    ["no tiene", []],
    ["", []],
  ];

  for (const [texto, mark] of casos) assert.deepEqual(marcables(texto), mark, texto);
  assert.deepEqual(aCiegas("11 5555-1234 / 11 4444-9876"), {
    llamar: "1155551234",
    whatsapp: null,
    texto: "11 5555-1234 / 11 4444-9876",
    primero: "1155551234",
    otros: [{ llamar: "1144449876", whatsapp: null, texto: "1144449876" }],
  });
});

test("the board finds a number however it was written and however it is asked for", () => {
  const escritos = [
    "+54 9 11 5555-7788",
    "011 15-5555-7788",
    "11 5555 7788",
    "15-5555-7788",
    "5555-7788",
    "5491155557788",
  ];
  const pedidos = [
    "5555 7788",
    "+5491155557788",
    "55557788",
    "011 15-5555-7788",
    "+54 9 11 5555 7788",
    "1155557788",
    "5555-7788",
    "15 5555 7788",
    "0054 9 11 5555-7788",
    "(011) 5555-7788",
  ];

  for (const escrito of escritos) {
    const texto = textoDe(ticket(1, { cliente_telefono: escrito }));
    for (const q of pedidos)
      assert.ok(
        pasa(ticket(1), { q }, 0, () => texto),
        `${q} en ${escrito}`,
      );
    assert.ok(!pasa(ticket(1), { q: "5555 7789" }, 0, () => texto));
    assert.ok(!pasa(ticket(1), { q: "+5491155557789" }, 0, () => texto));
  }
  const lejos = textoDe(ticket(1, { cliente_telefono: "0223 15 512-3456" }));
  for (const q of ["+54 9 223 512-3456", "223 5123456", "0223155123456", "512-3456"])
    assert.ok(
      pasa(ticket(1), { q }, 0, () => lejos),
      q,
    );
});

test("words are looked for as before, and a short number as it is", () => {
  const texto = () =>
    textoDe(ticket(1, { cliente_nombre: "Ana Núñez", cliente_direccion: "Moreno 1840" }));

  for (const q of ["nunez", "moreno 1840", "1840", "ana 1840"])
    assert.ok(pasa(ticket(1), { q }, 0, texto), q);
  assert.ok(!pasa(ticket(1), { q: "moreno 1841" }, 0, texto));
  assert.deepEqual([formas("Moreno 1840"), formas("12"), formas("")], [[], [], []]);
});
