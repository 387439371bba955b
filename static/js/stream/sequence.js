// The order of novedades: each is applied once, in order, whatever the network does. Knows no socket and no page.

/**
 * Follows one listener's numbered stream.
 *
 * `seq + 1` is applied, what is known is ignored, what comes early waits a moment, and a hole that stays is pulled.
 *
 * @param {object} parts
 * @param {string} parts.epoca
 * @param {number} parts.seq the newest number already applied
 * @param {(novedad: Json) => void} parts.apply applies one novedad
 * @param {(foto: Json) => void} parts.replace takes a whole snapshot instead of what one had
 * @param {(epoca: string, desde: number) => Promise<Json>} parts.pull asks `GET /api/novedades`
 * @param {(antes: {epoca: string, seq: number}) => void} [parts.upToDate] told after each batch that changed something
 * @param {(datos: Json) => void} [parts.complete] told what an answer carries besides (repartidores, acuses)
 * @param {number} [parts.espera] ms that what comes early waits for what is missing
 * @param {number} [parts.otraVez] ms until an answer that did not come is asked for again
 * @param {{setTimeout: Function, clearTimeout: Function}} [parts.reloj]
 */
export function follow({
  epoca,
  seq,
  apply,
  replace,
  pull,
  upToDate,
  complete,
  espera = 300,
  otraVez = 5_000,
  reloj = globalThis,
}) {
  const tempranas = new Map();
  let hueco = null;
  let pidiendo = null;

  const estado = {
    get epoca() {
      return epoca;
    },
    get seq() {
      return seq;
    },
    arrive,
    pulso,
    catchUp,
  };
  return estado;

  function arrive(novedad) {
    if (novedad.epoca !== epoca) return holeStays();
    if (novedad.seq <= seq) return;
    tempranas.set(novedad.seq, novedad);
    if (applyRun()) upToDate?.({ epoca, seq });
    observeHueco();
  }

  function pulso(dato) {
    if (dato.epoca !== epoca) return holeStays();
    // What the pulso counts may be in flight right behind it.
    if (dato.seq > seq) hueco ??= reloj.setTimeout(holeStays, espera);
  }

  function applyRun() {
    const antes = seq;
    while (tempranas.has(seq + 1)) {
      const siguiente = tempranas.get(seq + 1);
      tempranas.delete(seq + 1);
      apply(siguiente);
      seq += 1;
    }
    return seq !== antes;
  }

  function observeHueco() {
    if (tempranas.size === 0) {
      reloj.clearTimeout(hueco);
      hueco = null;
    } else {
      hueco ??= reloj.setTimeout(holeStays, espera);
    }
  }

  function holeStays() {
    hueco = null;
    catchUp().catch(() => {
      hueco ??= reloj.setTimeout(holeStays, otraVez);
    });
  }

  /** Pulls until nothing is missing, one request at a time. */
  function catchUp() {
    pidiendo ??= request().finally(() => {
      pidiendo = null;
    });
    return pidiendo;
  }

  async function request() {
    for (;;) {
      const respuesta = await pull(epoca, seq);
      const antes = `${epoca} ${seq}`;
      if (respuesta.completo) {
        epoca = respuesta.epoca;
        seq = respuesta.seq;
        for (const numero of tempranas.keys()) if (numero <= seq) tempranas.delete(numero);
        replace(respuesta);
      } else {
        for (const novedad of respuesta.novedades)
          if (novedad.seq > seq) tempranas.set(novedad.seq, novedad);
        complete?.(respuesta);
      }
      applyRun();
      if (antes !== `${epoca} ${seq}` || respuesta.completo) upToDate?.({ epoca, seq });
      if (respuesta.completo || seq >= respuesta.seq || antes === `${epoca} ${seq}`) return;
    }
  }
}
