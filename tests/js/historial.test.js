// What of a ticket's history can be undone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { undoable } from "../../static/js/tablero/historial.js";

const creado = { que: "creado", quien: { rol: "tienda" }, repartidor_de: null, repartidor_a: null };
const dado = {
  que: "asignado",
  quien: { rol: "regla" },
  repartidor_de: null,
  repartidor_a: "Rita",
};
const movido = {
  que: "movido",
  quien: { rol: "admin" },
  repartidor_de: null,
  repartidor_a: "Rita",
  clave: "c1",
  mudados: 1,
};
const editado = {
  que: "editado",
  quien: { rol: "admin" },
  repartidor_de: "Rita",
  repartidor_a: "Rita",
  detalle: {},
};
const asignado = { estado: "asignado" };

test("a person's mudanza, as long as nothing came after it but a conflicto", () => {
  assert.deepEqual(undoable([creado, movido], asignado), {
    lugar: 1,
    clave: "c1",
    nombre: "Deshacer",
  });
  assert.equal(undoable([creado, movido, { ...editado, que: "conflicto" }], asignado).lugar, 1);
  assert.equal(undoable([creado, movido, editado], asignado), null);
  assert.equal(undoable([creado, { ...movido, mudados: undefined }], asignado), null);
});

test("step by step: a move that was taken back uncovers the one before it", () => {
  const otra = { ...movido, clave: "c2", mudados: undefined };
  const vuelta = { ...movido, que: "deshecho", clave: "c2", mudados: undefined };
  assert.deepEqual(undoable([creado, movido, otra, vuelta], asignado), {
    lugar: 1,
    clave: "c1",
    nombre: "Deshacer",
  });
  assert.equal(undoable([creado, movido, otra, vuelta, editado], asignado), null);
});

test("a mudanza of many says how many it puts back", () => {
  assert.equal(
    undoable([creado, { ...movido, mudados: 4 }], asignado).nombre,
    "Deshacer la mudanza de 4 tickets",
  );
});

test("what the rule gave, later or on arrival, until it is on its way or a person moved it", () => {
  assert.deepEqual(undoable([creado, dado, editado], asignado), { lugar: 1, nombre: "Deshacer" });
  assert.equal(
    undoable([{ ...creado, repartidor_a: "Rita", detalle: { regla: "automatico" } }], asignado)
      .lugar,
    0,
  );
  assert.equal(undoable([{ ...creado, repartidor_a: "Rita" }], asignado), null);
  assert.equal(undoable([creado, dado], { estado: "en_camino" }), null);
  assert.equal(
    undoable(
      [
        creado,
        dado,
        { ...movido, repartidor_de: "Rita", repartidor_a: "Raúl", mudados: undefined },
      ],
      asignado,
    ),
    null,
  );
});
