// Two tabs of one person: what the server answered to one of them is no news to the other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Hub } from "../../static/js/page/hub.js";
import { Dia } from "../../static/js/reparto/dia.js";
import { Pestanas } from "../../static/js/reparto/pestanas.js";
import { Respuestas } from "../../static/js/reparto/respuestas.js";
import { AHORA, TABLA, ticket } from "./elenco.js";

const FALLAR = {
  n: 1,
  ticket_id: 1,
  numero: "PED-1",
  acto: { accion: "fallar", motivo: "ausente" },
};

function tab() {
  const dia = new Dia({
    tabla: TABLA,
    tickets: [ticket(1, { version: 3, estado: "en_camino" })],
  });
  dia.putActos([FALLAR]);
  const pestanas = new Pestanas(7);
  const respuestas = new Respuestas({
    dia,
    pestanas,
    diario: { save: async () => {} },
    reloj: () => AHORA,
    hub: new Hub(),
  });
  return { dia, pestanas, respuestas };
}

test("a ticket that one tab closed is closed by this person in the other, too", async (t) => {
  const [one, other] = [tab(), tab()];
  t.after(() => [one, other].forEach(({ pestanas }) => pestanas.canal.close()));
  const closed = ticket(1, { version: 4, estado: "fallido" });
  const heard = new Promise((resolve) => other.pestanas.hear(resolve));

  await one.respuestas.acto(FALLAR, { respuesta: closed });
  await heard;
  other.dia.putActos([]);

  assert.equal(other.dia.see(1).estado, "fallido");
  assert.deepEqual(
    other.dia.apply({ tipo: "ticket.actualizado", ticket_id: 1, ticket: closed }, AHORA),
    {},
  );
});
