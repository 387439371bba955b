// What a person is told when something went wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mensajeDe, Rechazo, SinRed } from "../../static/js/stream/requests.js";

test("no answer, a refusal and a fault of the page's own are told apart", () => {
  assert.match(mensajeDe(new SinRed("x")), /^No hubo respuesta del servidor\./);
  assert.equal(mensajeDe(new Rechazo(409, { detail: "Ya está.", codigo: "cerrado" })), "Ya está.");
  assert.match(
    mensajeDe(new Rechazo(409, { codigo: "version_vieja", por: { nombre: "Ana" } })),
    /^Ana lo cambió recién\./,
  );
  assert.match(mensajeDe(new TypeError("x is not a function")), /^Algo falló en esta página\./);
});
