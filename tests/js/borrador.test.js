// A field of a ticket while it is edited: what is sent, and whose word stands when two edit at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cambiosDe,
  escritoDe,
  save,
  quienCambio,
  valorDe,
} from "../../static/js/tablero/borrador.js";

const TICKET = {
  id: 7,
  version: 3,
  cliente_direccion: "Moreno 1840",
  cliente_piso: "",
  franja_desde: "2026-11-24T21:00:00.000Z",
  franja_hasta: "2026-11-24T23:00:00.000Z",
};
const LUCIA = { id: 2, nombre: "Lucía" };

/** A server that holds a ticket; somebody else's changes happen before the first PATCHes. */
function servidor(ticket, ...ajenos) {
  const historial = [];
  let ahora = { ...ticket };
  const change = (cambios, quien) => {
    historial.push({
      que: "editado",
      quien,
      detalle: Object.fromEntries(Object.keys(cambios).map((campo) => [campo, {}])),
    });
    ahora = { ...ahora, ...cambios, version: ahora.version + 1 };
  };
  const send = async (metodo, _url, datos) => {
    if (metodo === "GET") return { ...ahora, historial };
    const ajeno = ajenos.shift();
    if (ajeno) change(ajeno, LUCIA);
    const { version, ...cambios } = datos;
    if (version !== ahora.version)
      throw Object.assign(new Error(), {
        codigo: "version_vieja",
        cuerpo: { ticket: ahora, por: { nombre: "Otra" } },
      });
    change(cambios, { nombre: "Yo" });
    return ahora;
  };
  return { send, historial, read: () => ahora };
}

const edicion = (send, campo, valor) => ({
  send,
  ticket: TICKET,
  campo,
  base: valorDe(TICKET, campo),
  cambios: { [campo]: valor },
});

test("a field is saved upon whatever version somebody else's edits of other fields left", async () => {
  const { send, read } = servidor(TICKET, { cliente_piso: "4" }, { cliente_piso: "5" });
  const { ticket } = await save(edicion(send, "cliente_direccion", "Moreno 1850"));
  assert.equal(ticket.cliente_direccion, "Moreno 1850");
  assert.equal(read().cliente_piso, "5");
});

test("the same field changed by somebody else is not written over, and says who", async () => {
  const { send, read } = servidor(TICKET, { cliente_direccion: "Moreno 1860" });
  const { ajeno, por } = await save(edicion(send, "cliente_direccion", "Moreno 1850"));
  assert.equal(ajeno.cliente_direccion, "Moreno 1860");
  assert.deepEqual(por, LUCIA);
  assert.equal(read().cliente_direccion, "Moreno 1860");
});

test("what arrived though its answer did not is no conflict", async () => {
  const { send, historial } = servidor(TICKET, { cliente_direccion: "Moreno 1850" });
  const { ticket } = await save(edicion(send, "cliente_direccion", "Moreno 1850"));
  assert.equal(ticket.version, 4);
  assert.equal(historial.length, 1);
});

test("a ticket that never stays still is given up after some tries", async () => {
  const { send } = servidor(
    TICKET,
    ...Array.from({ length: 20 }, (_, vez) => ({ cliente_piso: String(vez) })),
  );
  await assert.rejects(save(edicion(send, "cliente_direccion", "x")), {
    codigo: "version_vieja",
  });
});

test("a refusal of another kind is passed on", async () => {
  const send = async () =>
    Promise.reject(Object.assign(new Error(), { codigo: "datos_invalidos" }));
  await assert.rejects(save(edicion(send, "cliente_direccion", "")), {
    codigo: "datos_invalidos",
  });
});

test("a franja is written in Buenos Aires, whole or not at all, and may end with the day", () => {
  assert.deepEqual(escritoDe(TICKET, "franja"), ["2026-11-24", "18:00", "20:00"]);
  assert.deepEqual(cambiosDe("franja", ["2026-11-24", "18:00", "20:00"]), {
    franja_desde: TICKET.franja_desde,
    franja_hasta: TICKET.franja_hasta,
  });
  assert.equal(
    cambiosDe("franja", ["2026-11-24", "22:00", "00:00"]).franja_hasta,
    "2026-11-25T03:00:00.000Z",
  );
  assert.deepEqual(cambiosDe("franja", ["", "", ""]), { franja_desde: null, franja_hasta: null });
  assert.equal(cambiosDe("franja", ["2026-11-24", "18:00", ""]), null);
  assert.deepEqual(escritoDe({}, "franja"), ["", "", ""]);
});

test("who changed a field is who changed it last, not who changed the ticket last", () => {
  const edito = (nombre, ...camposQue) => ({
    que: "editado",
    quien: { nombre },
    detalle: Object.fromEntries(camposQue.map((campo) => [campo, {}])),
  });
  const historial = [
    { que: "creado" },
    edito("Ana", "franja_hasta"),
    edito("Lucía", "cliente_piso"),
    { que: "movido" },
  ];
  assert.equal(quienCambio(historial, "franja").nombre, "Ana");
  assert.equal(quienCambio(historial, "indicaciones"), undefined);
});
