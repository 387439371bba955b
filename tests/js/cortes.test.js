// The phone's line is cut and healed two hundred times at random under load: each time it has what the server has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow } from "../../static/js/stream/sequence.js";
import { Dia } from "../../static/js/reparto/dia.js";
import { AHORA, TABLA, ticket } from "./elenco.js";

const CORTES = 200;
const turno = () => new Promise((listo) => setImmediate(listo));

/** Numbers at random that can be had again. */
function azarDe(semilla) {
  return () => {
    semilla = (semilla + 0x6d2b79f5) | 0;
    let t = Math.imul(semilla ^ (semilla >>> 15), 1 | semilla);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A server with one phone's stream: every change is a novedad, pushed to whoever is connected. */
class Servidor {
  constructor(azar) {
    Object.assign(this, {
      azar,
      epoca: "e1",
      seq: 0,
      tickets: new Map(),
      todas: [],
      oyente: null,
      siguiente: 1,
    });
  }

  change() {
    const abiertos = [...this.tickets.values()];
    const uno = abiertos[Math.floor(this.azar() * abiertos.length)];
    const que = this.azar();
    if (!uno || (que < 0.4 && abiertos.length < 12))
      this.#say("ticket.asignado", ticket(this.siguiente++));
    else if (que < 0.7)
      this.#say("ticket.actualizado", {
        ...uno,
        version: uno.version + 1,
        cliente_direccion: `Mitre ${Math.floor(this.azar() * 999)}`,
      });
    else if (que < 0.85)
      this.#say("ticket.entregado", {
        ...uno,
        version: uno.version + 1,
        estado: "entregado",
        cerrado_en: new Date(AHORA).toISOString(),
      });
    else this.#say("ticket.retirado", null, uno.id);
  }

  #say(tipo, nuevo, id = nuevo.id) {
    if (nuevo && nuevo.estado !== "entregado") this.tickets.set(id, nuevo);
    else this.tickets.delete(id);
    this.seq += 1;
    const novedad = {
      epoca: this.epoca,
      seq: this.seq,
      tipo,
      ticket_id: id,
      ...(nuevo ? { ticket: nuevo } : {}),
    };
    this.todas.push(novedad);
    this.oyente?.(novedad);
  }

  respond(epoca, desde) {
    const { seq } = this;
    if (epoca !== this.epoca || seq - desde > 500)
      return { epoca: this.epoca, seq, completo: true, tickets: [...this.tickets.values()] };
    return { epoca, seq, novedades: this.todas.slice(desde, desde + 500) };
  }
}

test("two hundred cuts under load leave the phone with what the server has", async (t) => {
  const semilla = Number(process.env.BELGRANO_SEED ?? Date.now() % 1e9);
  t.diagnostic(`BELGRANO_SEED=${semilla}`);
  const azar = azarDe(semilla);
  const servidor = new Servidor(azar);
  const dia = new Dia({ tabla: TABLA, tickets: [] });
  const aplicadas = [];
  let cortada = false;
  const secuencia = follow({
    epoca: "e1",
    seq: 0,
    espera: 1,
    otraVez: 1,
    apply(novedad) {
      aplicadas.push(novedad.seq);
      dia.apply(novedad, AHORA);
    },
    replace: (foto) => dia.replace(foto.tickets, AHORA),
    async pull(epoca, desde) {
      await turno();
      if (cortada) throw new Error("no network");
      const respuesta = servidor.respond(epoca, desde);
      await turno();
      // The answer itself may be what is lost.
      if (cortada) throw new Error("no network");
      return respuesta;
    },
  });

  for (let corte = 0; corte < CORTES; corte += 1) {
    // Connected: pushed, some of it late or lost in silence, as on a bad line.
    servidor.oyente = (novedad) => {
      const suerte = azar();
      if (suerte < 0.1) return;
      if (suerte < 0.3) setImmediate(() => secuencia.arrive(novedad));
      else secuencia.arrive(novedad);
    };
    for (let n = Math.floor(azar() * 6); n > 0; n -= 1) servidor.change();
    if (azar() < 0.5) secuencia.catchUp().catch(() => {});
    await turno();
    cortada = true;
    servidor.oyente = null;
    for (let n = Math.floor(azar() * (corte % 50 === 0 ? 700 : 8)); n > 0; n -= 1)
      servidor.change();
    await turno();
    cortada = false;
    do {
      await secuencia.catchUp().catch(() => {});
      await turno();
    } while (secuencia.seq < servidor.seq);

    assert.deepEqual(
      [...dia.tickets.values()].sort((a, b) => a.id - b.id),
      [...servidor.tickets.values()].sort((a, b) => a.id - b.id),
      `after cut ${corte}`,
    );
  }
  assert.deepEqual(
    aplicadas,
    [...new Set(aplicadas)].sort((a, b) => a - b),
    "each once, in order",
  );
});
