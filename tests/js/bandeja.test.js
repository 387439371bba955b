// The phone's outbox: stored first, sent in order, never lost, never sent as two.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Hub } from "../../static/js/page/hub.js";
import { Rechazo, SinRed } from "../../static/js/stream/requests.js";
import { Bandeja, Fotos } from "../../static/js/reparto/bandeja.js";
import { textoDeRechazo } from "../../static/js/reparto/rechazo.js";

function telefono(answer, disco = []) {
  let n = disco.length;
  const sucesos = [];
  const reloj = {
    pendientes: [],
    setTimeout: (f, ms) => (reloj.pendientes.push({ f, ms }), reloj.pendientes.length),
    clearTimeout: () => (reloj.pendientes = []),
  };
  const hub = new Hub();
  hub.on("bandeja", (registros) => sucesos.push(`en pantalla ${registros.length}`));
  const bandeja = new Bandeja({
    hub,
    guardado: {
      todos: async () => [...disco],
      add: async (registro) => {
        const propio = { ...registro, n: (n += 1) };
        disco.push(propio);
        sucesos.push(`guardado ${registro.acto.accion_id}`);
        return propio;
      },
      remove: async (cual) =>
        void disco.splice(
          disco.findIndex((uno) => uno.n === cual),
          1,
        ),
    },
    send: async (_metodo, url, acto) => {
      sucesos.push(`mandado ${acto.accion_id}`);
      return answer(acto, url);
    },
    settle: (registro, { rechazo }) =>
      sucesos.push(`${rechazo ? "rechazado" : "hecho"} ${registro.acto.accion_id}`),
    sesion: { close: () => sucesos.push("sin sesión") },
    reloj,
    azar: () => 1,
  });
  const acto = (accion_id, ticket_id = 1) =>
    bandeja.add({ ticket_id, numero: "PED-1", acto: { accion: "entregar", accion_id } });
  const paso = async () => {
    for (const { f } of reloj.pendientes.splice(0)) f();
    await bandeja.enviando;
  };
  return { bandeja, disco, sucesos, reloj, acto, paso };
}

test("an act is on the disk before the screen changes", async () => {
  const { bandeja, acto, sucesos } = telefono(() => ({}));

  await acto("a");
  await bandeja.enviando;

  assert.deepEqual(sucesos, [
    "guardado a",
    "en pantalla 1",
    "mandado a",
    "hecho a",
    "en pantalla 0",
  ]);
});

test("a disk that is full stops the act before it is shown", async () => {
  const { bandeja, acto, sucesos } = telefono(() => ({}));
  bandeja.guardado.add = async () => {
    throw new Error("QuotaExceededError");
  };

  await assert.rejects(acto("a"));

  assert.deepEqual(sucesos, []);
});

test("without network acts wait in order and keep their ids", async () => {
  let red = false;
  const { bandeja, acto, sucesos, disco, paso } = telefono(() => {
    if (!red) throw new SinRed("no");
    return {};
  });
  for (const id of ["a", "b", "c"]) await acto(id);
  await bandeja.enviando;
  assert.equal(disco.length, 3);

  red = true;
  sucesos.length = 0;
  await paso();

  assert.deepEqual(
    sucesos.filter((uno) => uno.startsWith("mandado")),
    ["mandado a", "mandado b", "mandado c"],
  );
  assert.equal(disco.length, 0);
});

test("what an earlier page left is sent when the page opens", async () => {
  const { bandeja, sucesos } = telefono(
    () => ({}),
    [{ n: 1, ticket_id: 1, numero: "PED-1", acto: { accion: "entregar", accion_id: "vieja" } }],
  );

  await bandeja.open();
  await bandeja.enviando;

  assert.ok(sucesos.includes("hecho vieja"));
});

test("the waits grow to a minute, and an answer begins them anew", async () => {
  let red = false;
  const { acto, bandeja, reloj, paso } = telefono(() => {
    if (!red) throw new SinRed("no");
    return {};
  });
  await acto("a");
  await bandeja.enviando;
  const esperas = [];
  for (let i = 0; i < 7; i += 1) {
    esperas.push(reloj.pendientes[0].ms);
    await paso();
  }
  assert.deepEqual(esperas, [1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 60_000]);

  red = true;
  await paso();
  red = false;
  await acto("b");
  await bandeja.enviando;
  assert.equal(reloj.pendientes[0].ms, 1_000);
});

test("a refusal is told and gone, and the next act follows", async () => {
  const { acto, bandeja, sucesos, disco } = telefono((uno) => {
    if (uno.accion_id === "a")
      throw new Rechazo(409, { codigo: "ticket_ajeno", conflicto_id: 4, detail: "No es tuyo." });
    return {};
  });
  await acto("a");
  await acto("b", 2);
  await bandeja.enviando;

  assert.ok(sucesos.indexOf("rechazado a") < sucesos.indexOf("hecho b"));
  assert.equal(disco.length, 0);
});

test("a session that ended keeps everything", async () => {
  const { acto, bandeja, sucesos, disco } = telefono(() => {
    throw new Rechazo(401, { codigo: "sin_sesion" });
  });
  await acto("a");
  await bandeja.enviando;

  assert.ok(sucesos.includes("sin sesión"));
  assert.equal(disco.length, 1);
});

test("pushing twice at once sends once", async () => {
  const { acto, bandeja, sucesos } = telefono(
    () => new Promise((listo) => setTimeout(() => listo({}), 5)),
  );
  await acto("a");
  await Promise.all([bandeja.push(), bandeja.push()]);

  assert.equal(sucesos.filter((uno) => uno === "mandado a").length, 1);
});

test("what was refused is told plainly", () => {
  const registro = (accion) => ({ numero: "PED-1", acto: { accion } });
  const casos = [
    [
      "entregar",
      { codigo: "ticket_ajeno", cuerpo: { conflicto_id: 1 } },
      /Tu entrega quedó registrada: la central la revisa/,
    ],
    [
      "fallar",
      { codigo: "cerrado", cuerpo: { conflicto_id: 1 } },
      /Tu intento quedó registrado: la central lo revisa/,
    ],
    ["iniciar", { codigo: "ticket_ajeno", cuerpo: {} }, /ya no es tuyo. No vayas/],
    ["iniciar", { codigo: "cerrado", cuerpo: {} }, /ya está cerrado/],
    ["corregir", { codigo: "fuera_de_plazo", cuerpo: {} }, /pasaron más de 30 segundos/],
    ["llegar", { codigo: "otro", cuerpo: {}, message: "No se puede." }, /No se puede/],
  ];

  for (const [accion, rechazo, dice] of casos)
    assert.match(textoDeRechazo(registro(accion), rechazo).texto, dice);
});

function fotos(answer, { disco = [], bandeja = { pendientes: 0 } } = {}) {
  const sucesos = [];
  const reloj = {
    pendientes: [],
    setTimeout: (f) => reloj.pendientes.push({ f }),
    clearTimeout: () => (reloj.pendientes = []),
  };
  const cola = new Fotos({
    guardado: {
      todos: async () => [...disco],
      remove: async (n) =>
        void disco.splice(
          disco.findIndex((una) => una.n === n),
          1,
        ),
    },
    send: async (metodo, url, blob) => (sucesos.push(`${metodo} ${url} ${blob}`), answer(url)),
    hub: new Hub(),
    settle: (foto, { rechazo }) =>
      sucesos.push(`${rechazo ? "perdida" : "guardada"} ${foto.foto_id}`),
    sesion: { close: () => sucesos.push("sin sesión") },
    bandeja,
    reloj,
    azar: () => 1,
  });
  return {
    cola,
    sucesos,
    disco,
    paso: async () => (reloj.pendientes.splice(0).forEach(({ f }) => f()), cola.enviando),
  };
}

const unaFoto = (n) => ({
  n,
  ticket_id: 7,
  numero: "PED-7",
  foto_id: `f${n}`,
  tipo: "foto",
  blob: `blob${n}`,
});

test("photos go in order, each until the server has it", async () => {
  let red = false;
  const { cola, sucesos, disco, paso } = fotos(
    () => {
      if (!red) throw new SinRed("no");
      return {};
    },
    { disco: [unaFoto(1), unaFoto(2)] },
  );
  await cola.open();
  await cola.enviando;
  assert.equal(disco.length, 2);

  red = true;
  sucesos.length = 0;
  await paso();

  assert.deepEqual(sucesos, [
    "PUT /api/tickets/7/fotos/f1?tipo=foto blob1",
    "guardada f1",
    "PUT /api/tickets/7/fotos/f2?tipo=foto blob2",
    "guardada f2",
  ]);
  assert.equal(disco.length, 0);
});

test("photos wait while acts do, and go when pushed after them", async () => {
  const bandeja = { pendientes: 1 };
  const { cola, sucesos } = fotos(() => ({}), { disco: [unaFoto(1)], bandeja });
  await cola.open();
  await cola.enviando;
  assert.deepEqual(sucesos, []);

  bandeja.pendientes = 0;
  await cola.push();

  assert.equal(sucesos.at(-1), "guardada f1");
});

test("a photo that is refused for good goes away and is told; the next one goes on", async () => {
  for (const status of [400, 404, 409, 410, 413]) {
    const { cola, sucesos, disco } = fotos(
      (url) => {
        if (url.includes("f1")) throw new Rechazo(status, { detail: "no" });
        return {};
      },
      { disco: [unaFoto(1), unaFoto(2)] },
    );
    await cola.open();
    await cola.enviando;

    assert.deepEqual(
      sucesos.filter((uno) => !uno.startsWith("PUT")),
      ["perdida f1", "guardada f2"],
    );
    assert.equal(disco.length, 0);
  }
});

test("a session that ended keeps the photos too", async () => {
  const { cola, sucesos, disco } = fotos(
    () => {
      throw new Rechazo(401, {});
    },
    { disco: [unaFoto(1)] },
  );
  await cola.open();
  await cola.enviando;

  assert.equal(sucesos.at(-1), "sin sesión");
  assert.equal(disco.length, 1);
});

test("a delivery that waits for an admin says what is missing", () => {
  const registro = { numero: "PED-7", acto: { accion: "entregar" } };
  const dicho = textoDeRechazo(
    registro,
    new Rechazo(409, { codigo: "falta_prueba", conflicto_id: 3, faltan: ["foto", "pin", "firma"] }),
  );

  assert.equal(
    dicho.texto,
    "PED-7: falta la foto, el código del cliente y la firma. Tu entrega quedó registrada: la central la revisa.",
  );
  assert.ok(dicho.grave);
});

test("what another page has sent meanwhile is not sent again", async () => {
  const { bandeja, disco, sucesos } = telefono(() => ({}));
  const registro = (n) => ({
    n,
    ticket_id: 1,
    numero: "PED-1",
    acto: { accion: "entregar", accion_id: `a${n}` },
  });
  disco.push(registro(1), registro(2));
  bandeja.registros = [registro(1), registro(2)];
  disco.shift();

  await bandeja.push();

  assert.deepEqual(sucesos, ["en pantalla 1", "mandado a2", "hecho a2", "en pantalla 0"]);
});

test("an act that was sent while the next was being written does not come back", async () => {
  let write;
  const { bandeja, sucesos, acto } = telefono(() => ({}));
  await acto("a");
  const { add } = bandeja.guardado;
  bandeja.guardado.add = async (...dado) => {
    await new Promise((listo) => (write = listo));
    return add(...dado);
  };
  const segundo = acto("b");
  await bandeja.enviando;
  write();
  await segundo;
  await bandeja.enviando;

  assert.deepEqual(
    sucesos.filter((uno) => uno.startsWith("mandado")),
    ["mandado a", "mandado b"],
  );
});
