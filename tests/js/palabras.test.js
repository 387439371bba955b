// What the phone decides by itself: words, points, problems; nothing here needs a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cobro,
  estado,
  franja,
  lugar,
  navigateA,
  saludo,
} from "../../static/js/reparto/palabras.js";
import { avisoA, inWords, esProblema } from "../../static/js/reparto/problemas.js";
import { otroDia } from "../../static/js/words/formats.js";
import { conviene } from "../../static/js/reparto/ubicacion.js";
import { ticket } from "./elenco.js";

const AHORA = Date.parse("2026-11-24T21:00:00.000Z");
const en = (minutos) => new Date(AHORA + minutos * 60_000).toISOString();

test("what is to be collected is said with how, and what is paid beforehand as waited for", () => {
  assert.equal(
    cobro(ticket(1, { total: 12450, metodo_pago: "efectivo" })),
    "Cobrar $\u00a012.450 en efectivo",
  );
  assert.equal(
    cobro(ticket(1, { total: 8900.5, metodo_pago: "transferencia" })),
    "Esperando el pago · $\u00a08.900,50",
  );
  assert.equal(
    cobro(ticket(1, { total: 100, metodo_pago: "mercadopago" })),
    "Esperando el pago · $\u00a0100",
  );
  assert.equal(
    cobro(ticket(1, { total: 100, metodo_pago: "tarjeta" })),
    "Cobrar $\u00a0100 con tarjeta",
  );
  assert.equal(
    cobro(ticket(1, { estado: "entregado", total: 12450, cobrado: 12000 })),
    "Cobraste $\u00a012.000",
  );
});

test("what the shop says is paid is nobody's to collect, whatever way it was to be paid", () => {
  for (const metodo_pago of ["efectivo", "transferencia", "mercadopago"])
    assert.equal(
      cobro(ticket(1, { total: 100, metodo_pago, pagado: true })),
      "Pagado · $\u00a0100",
    );
  for (const pagado of [false, null]) {
    const esperado = ticket(1, { total: 100, metodo_pago: "transferencia", pagado });
    assert.equal(cobro(esperado), "Esperando el pago · $\u00a0100");
    assert.equal(
      cobro(ticket(1, { total: 100, metodo_pago: "efectivo", pagado })),
      "Cobrar $\u00a0100 en efectivo",
    );
  }
});

test("a franja counts down to its beginning, to its end, and on", () => {
  const con = (desde, hasta) =>
    franja(ticket(1, { franja_desde: en(desde), franja_hasta: en(hasta) }), AHORA);

  assert.equal(con(50, 170), "De 18:50 a 20:50 · empieza en 50 min");
  assert.equal(con(-60, 35), "De 17:00 a 18:35 · quedan 35 min");
  assert.equal(con(-60, 125), "De 17:00 a 20:05 · quedan 2 h 5 min");
  assert.equal(con(-90, -10), "De 16:30 a 17:50 · se pasó hace 10 min");
  assert.equal(franja(ticket(1), AHORA), "");
  assert.equal(con(24 * 60, 26 * 60), "Mañana de 18:00 a 20:00");
  assert.equal(
    con(72 * 60, 74 * 60),
    `${otroDia(en(72 * 60), AHORA).replace(/^./, (letra) => letra.toUpperCase())} de 18:00 a 20:00`,
  );
  assert.equal(con(-26 * 60, -24 * 60), "Ayer de 16:00 a 18:00 · se pasó hace 24 h 0 min");
  assert.equal(
    franja(ticket(1, { franja_desde: en(50) }), AHORA),
    "Desde las 18:50 · empieza en 50 min",
  );
});

test("an act that is under way is said on its ticket", () => {
  assert.equal(
    estado(ticket(1, { estado: "fallido", motivo: "sin_pago" }), "por enviar"),
    "No entregado: no tenía con qué pagar · por enviar",
  );
  assert.equal(lugar(ticket(1, { cliente_piso: "4° B", cliente_barrio: "Núñez" })), "4° B · Núñez");
});

test("a customer is greeted by first name, by the first name", () => {
  const dicho = saludo(
    ticket(1, { numero: "10482", cliente_nombre: "Ana María López", negocio: "" }),
    { nombre: "Martín Paz" },
  );

  assert.equal(dicho, "Hola Ana, soy Martín de la tienda. Estoy llegando con tu pedido 10482.");
});

test("maps get the point where it is known, else the address as it is written", () => {
  const sin = ticket(1, {
    cliente_direccion: "Mitre 1 & 3",
    cliente_barrio: "Núñez",
    cliente_lat: null,
    cliente_lng: null,
  });
  const con = { ...sin, cliente_lat: -34.5, cliente_lng: -58.4 };

  assert.equal(navigateA(con, "waze"), "https://waze.com/ul?ll=-34.5,-58.4&navigate=yes");
  assert.equal(navigateA(con, "geo"), "geo:-34.5,-58.4?q=-34.5,-58.4");
  assert.equal(
    navigateA(sin, "google"),
    "https://www.google.com/maps/dir/?api=1&destination=Mitre%201%20%26%203%2C%20N%C3%BA%C3%B1ez",
  );
});

test("a point goes out every 5 s on the move, every 60 s standing still or with little battery", () => {
  const ultimo = { lat: -34.56, lng: -58.45, en: 0 };
  const lejos = (segundos) => ({ lat: -34.561, lng: -58.45, en: segundos * 1_000 });
  const cerca = (segundos) => ({ lat: -34.5601, lng: -58.45, en: segundos * 1_000 });

  assert.equal(conviene(null, lejos(0)), true);
  assert.deepEqual([conviene(ultimo, lejos(4.9)), conviene(ultimo, lejos(5))], [false, true]);
  assert.deepEqual([conviene(ultimo, cerca(59)), conviene(ultimo, cerca(60))], [false, true]);
  assert.deepEqual(
    [conviene(ultimo, lejos(59), 0.1), conviene(ultimo, lejos(60), 0.1)],
    [false, true],
  );
});

test("only what happened in the street and left nothing on the server is a problem", () => {
  const entrega = {
    numero: "PED-1",
    acto: { accion: "entregar", cobrado: 1900, ocurrido_en: en(4) },
  };

  assert.equal(esProblema(entrega, { status: 422, codigo: "clave_con_otro_contenido" }), true);
  assert.equal(
    esProblema(entrega, { status: 409, codigo: "ticket_ajeno", cuerpo: { conflicto_id: 7 } }),
    false,
  );
  assert.equal(esProblema(entrega, { status: 404, codigo: "no_existe" }), false);
  assert.equal(esProblema({ acto: { accion: "llegar" } }, { status: 422 }), false);
  const dicho = inWords({ ...entrega, detalle: "Ya se usó." });
  assert.equal(
    dicho,
    "PED-1: no se pudo registrar la entrega de las 18:04 ($\u00a01.900 cobrados). Ya se usó.",
  );
  assert.match(
    avisoA({ llamar: "+541145550000", whatsapp: "5491145550000" }, { ...entrega, detalle: "x" }),
    /^https:\/\/wa\.me\/5491145550000\?text=PED-1/,
  );
  assert.equal(avisoA({ llamar: "+541145550000", whatsapp: null }, entrega), "tel:+541145550000");
  assert.equal(avisoA({ llamar: null, whatsapp: null }, entrega), null);
});
