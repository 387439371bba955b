// The repartidor's day: the server's tickets with this phone's unsent acts over them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dia, GUARDAR_CERRADOS_MS } from "../../static/js/reparto/dia.js";
import { siguienteAccion } from "../../static/js/reparto/pasos.js";
import { AHORA, TABLA, ticket } from "./elenco.js";

const dia = (...tickets) => new Dia({ tabla: TABLA, tickets });
const acto = (ticket_id, accion, mas = {}) => ({
  ticket_id,
  acto: {
    accion,
    accion_id: `${accion}-${ticket_id}`,
    ocurrido_en: "2026-11-24T15:00:00.000Z",
    ...mas,
  },
});
const ids = (tickets) => tickets.map((uno) => uno.id);

test("the list is the route, with the one under way on top", () => {
  const uno = dia(ticket(1), ticket(2), ticket(3, { estado: "en_camino" }));

  assert.deepEqual(ids(uno.abiertos()), [3, 1, 2]);
});

test("the acts lead from Salgo para allá over Llegué to Entregar", () => {
  const uno = dia(ticket(1));
  const botones = [siguienteAccion(uno.see(1)).texto];
  for (const accion of ["iniciar", "llegar"]) {
    uno.putActos([...uno.actos, acto(1, accion)]);
    botones.push(siguienteAccion(uno.see(1)).texto);
  }

  assert.deepEqual(botones, ["Salgo para allá", "Llegué", "Entregar"]);
});

test("an unsent delivery is done on this phone, and taken back by corregir", () => {
  const uno = dia(ticket(1), ticket(2));

  uno.putActos([acto(1, "iniciar"), acto(1, "entregar", { cobrado: 1900 })]);
  assert.deepEqual(ids(uno.abiertos()), [2]);
  assert.equal(uno.hechos()[0].cobrado, 1900);

  uno.putActos([...uno.actos, acto(1, "corregir")]);
  assert.equal(uno.see(1).estado, "en_camino");
  assert.deepEqual(ids(uno.abiertos()), [1, 2]);
});

test("the server's answer stays when the act is gone", () => {
  const uno = dia(ticket(1));
  uno.putActos([acto(1, "entregar")]);

  uno.settle(
    ticket(1, { version: 2, estado: "entregado", cerrado_en: "2026-11-24T15:00:00.000Z" }),
    AHORA,
  );
  uno.putActos([]);

  assert.deepEqual(ids(uno.abiertos()), []);
  assert.deepEqual(ids(uno.hechos()), [1]);
});

test("a new ticket is told once; one opened again by corregir is nothing new", () => {
  const uno = dia();
  assert.equal(
    uno.apply({ tipo: "ticket.asignado", ticket_id: 1, ticket: ticket(1) }, AHORA).nuevo.id,
    1,
  );
  assert.deepEqual(
    uno.apply(
      { tipo: "ticket.actualizado", ticket_id: 1, ticket: ticket(1, { version: 2 }) },
      AHORA,
    ),
    {},
  );

  uno.apply(
    {
      tipo: "ticket.entregado",
      ticket_id: 1,
      ticket: ticket(1, {
        version: 3,
        estado: "entregado",
        cerrado_en: "2026-11-24T15:00:00.000Z",
      }),
    },
    AHORA,
  );
  assert.equal(
    uno.apply({ tipo: "ticket.asignado", ticket_id: 1, ticket: ticket(1, { version: 4 }) }, AHORA)
      .nuevo,
    undefined,
  );
});

test("what was taken away is told and nothing of it stays", () => {
  const uno = dia(ticket(1), ticket(2));

  const { retirado } = uno.apply({ tipo: "ticket.retirado", ticket_id: 1 }, AHORA);

  assert.equal(retirado.id, 1);
  assert.deepEqual([ids(uno.abiertos()), ids(uno.hechos())], [[2], []]);
});

test("a ticket taken away after its delivery was judged goes without another word", () => {
  const uno = dia(ticket(1));
  uno.judge(1);

  assert.deepEqual(uno.apply({ tipo: "ticket.retirado", ticket_id: 1 }, AHORA), {});
  assert.equal(uno.juzgados.size, 0);
});

test("an accepted delivery that waited for an admin needs no alarm, after a restart too; a cancelled one does", () => {
  const antes = dia(ticket(1), ticket(2));
  antes.judge(1);
  antes.judge(2);
  const uno = new Dia({ tabla: TABLA, ...antes.toSave() });

  const close = (id, estado) =>
    uno.apply({ tipo: `ticket.${estado}`, ticket_id: id, ticket: ticket(id, { estado }) }, AHORA);

  assert.deepEqual(close(1, "entregado"), {});
  assert.equal(close(2, "cancelado").cerrado.id, 2);
});

test("a delivery that an admin accepted while the phone was closed needs no alarm either", () => {
  const uno = dia(ticket(1), ticket(2));
  uno.judge(1);

  assert.deepEqual(ids(uno.replace([], AHORA).idos), [2]);
});

test("only the telephones of what is open are kept", () => {
  const uno = dia(ticket(1), ticket(2, { cliente_telefono: "11 4444-0000" }));
  uno.apply(
    { tipo: "ticket.entregado", ticket_id: 1, ticket: ticket(1, { estado: "entregado" }) },
    AHORA,
  );

  assert.deepEqual([...uno.telefonos()], ["11 4444-0000"]);
});

test("a ticket taken away with a delivery to be sent is kept until the server has judged", () => {
  const uno = dia(ticket(1));
  uno.putActos([acto(1, "entregar")]);

  const dicho = uno.apply({ tipo: "ticket.retirado", ticket_id: 1 }, AHORA);

  assert.deepEqual(dicho, {});
  assert.deepEqual(ids(uno.hechos()), [1]);
});

test("somebody else's end of a ticket is told, one's own is not", () => {
  const cerrada = {
    tipo: "ticket.entregado",
    ticket_id: 1,
    ticket: ticket(1, { version: 2, estado: "entregado", cerrado_en: "2026-11-24T15:00:00.000Z" }),
  };
  const ajeno = dia(ticket(1));
  const propio = dia(ticket(1));
  propio.putActos([acto(1, "entregar")]);

  assert.equal(ajeno.apply(cerrada, AHORA).cerrado.id, 1);
  assert.deepEqual(propio.apply(cerrada, AHORA), {});
});

test("a change says what changed", () => {
  const uno = dia(ticket(1));

  const { dicho } = uno.apply(
    {
      tipo: "ticket.actualizado",
      ticket_id: 1,
      ticket: ticket(1, { version: 2, cliente_direccion: "Mitre 77" }),
    },
    AHORA,
  );

  assert.match(dicho, /^Cambió la dirección: .+ → Mitre 77$/);
});

test("a snapshot leaves exactly what it has", () => {
  const uno = dia(ticket(1), ticket(2));

  const { idos } = uno.replace([ticket(2, { version: 9 }), ticket(3)], AHORA);

  assert.deepEqual(ids(uno.abiertos()), [2, 3]);
  assert.deepEqual(ids(idos), [1]);
  assert.deepEqual(ids(uno.hechos()), []);
});

test("what nobody opened rings; what was opened here or elsewhere does not", () => {
  const uno = dia(ticket(1), ticket(2, { visto_en: "2026-11-24T14:59:00.000Z" }), ticket(3));
  uno.vistos.add(3);

  assert.deepEqual(ids(uno.nuevos()), [1]);
});

test("closed tickets are forgotten after two hours, except with something to send", () => {
  const cerrado = (id) => ({
    ticket: ticket(id, { estado: "entregado", cerrado_en: "2026-11-24T12:00:00.000Z" }),
    en: AHORA - GUARDAR_CERRADOS_MS - 1,
  });
  const uno = new Dia({ tabla: TABLA, tickets: [], cerrados: [cerrado(1), cerrado(2)] });
  uno.putActos([acto(2, "corregir")]);

  uno.forget(AHORA);

  assert.deepEqual([...uno.cerrados.keys()], [2]);
});

test("what the server said before it answered an act changes nothing any more", () => {
  const uno = dia(ticket(1));
  const entregado = ticket(1, {
    version: 5,
    estado: "entregado",
    cerrado_en: "2026-11-24T15:00:00.000Z",
  });
  uno.putActos([acto(1, "entregar")]);
  uno.settle(entregado, AHORA);
  uno.putActos([]);

  const dichos = [
    uno.apply(
      {
        tipo: "ticket.actualizado",
        ticket_id: 1,
        ticket: ticket(1, { version: 4, estado: "en_camino" }),
      },
      AHORA,
    ),
    uno.apply({ tipo: "ticket.entregado", ticket_id: 1, ticket: entregado }, AHORA),
  ];

  assert.deepEqual(dichos, [{}, {}]);
  assert.deepEqual(ids(uno.abiertos()), []);
});

test("a delivery that an admin has to decide is no ticket to go to, until it is given back", () => {
  const uno = dia(ticket(1, { estado: "en_camino" }), ticket(2), ticket(3));
  uno.judge(1);
  uno.judge(2);
  assert.deepEqual([ids(uno.abiertos()), ids(uno.enRevision())], [[3], [1, 2]]);

  const devueltos = uno.review([1], [1, 2]);

  assert.deepEqual(
    [ids(devueltos), ids(uno.abiertos()), ids(uno.enRevision())],
    [[2], [2, 3], [1]],
  );
  assert.deepEqual(
    uno.review([], []),
    [],
    "what became one while it was asked is none that was decided",
  );
  assert.deepEqual(ids(uno.enRevision()), [1]);
});

test("a delivery completed with what was missing waits for nobody", () => {
  const uno = dia(ticket(1));
  uno.judge(1);

  uno.putActos([acto(1, "entregar")]);
  assert.deepEqual(uno.enRevision(), []);
  uno.settle(ticket(1, { version: 2, estado: "entregado" }), AHORA);
  uno.putActos([]);

  assert.deepEqual([uno.enRevision(), uno.juzgado(1)], [[], false]);
});

test("an answer that comes after its ticket was taken away does not bring it back; a new assignment does", () => {
  const uno = dia(ticket(1));
  uno.putActos([acto(1, "iniciar")]);
  uno.apply({ tipo: "ticket.retirado", ticket_id: 1 }, AHORA);

  uno.settle(ticket(1, { version: 2, estado: "en_camino" }), AHORA);
  uno.putActos([]);
  assert.deepEqual([ids(uno.abiertos()), uno.sigue(1)], [[], false]);

  uno.apply({ tipo: "ticket.asignado", ticket_id: 1, ticket: ticket(1, { version: 4 }) }, AHORA);
  uno.settle(ticket(1, { version: 5, estado: "en_camino" }), AHORA);
  assert.equal(uno.see(1).estado, "en_camino");
});
