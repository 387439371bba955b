// The order of novedades: each is applied once, in order, whatever the network does. Knows no socket and no page.

/**
 * Follows one listener's numbered stream.
 *
 * `seq + 1` is applied, what is known is ignored, what comes early waits a moment, and a hole that stays is pulled.
 *
 * @param {object} parts
 * @param {string} parts.epoca
 * @param {number} parts.seq the newest number already applied
 * @param {(novedad: object) => void} parts.aplicar applies one novedad
 * @param {(foto: object) => void} parts.reemplazar takes a whole snapshot instead of what one had
 * @param {(epoca: string, desde: number) => Promise<object>} parts.traer asks `GET /api/novedades`
 * @param {(antes: {epoca: string, seq: number}) => void} [parts.alDia] told after each batch that changed something
 * @param {(datos: object) => void} [parts.completar] told what an answer carries besides (repartidores, acuses)
 */
export function seguir({
  epoca,
  seq,
  aplicar,
  reemplazar,
  traer,
  alDia,
  completar,
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
    llega,
    pulso,
    ponerseAlDia,
  };
  return estado;

  function llega(novedad) {
    if (novedad.epoca !== epoca) return sigueElHueco();
    if (novedad.seq <= seq) return;
    tempranas.set(novedad.seq, novedad);
    if (aplicarSeguidas()) alDia?.({ epoca, seq });
    vigilarHueco();
  }

  function pulso(dato) {
    if (dato.epoca !== epoca) return sigueElHueco();
    // What the pulso counts may be in flight right behind it.
    if (dato.seq > seq) hueco ??= reloj.setTimeout(sigueElHueco, espera);
  }

  function aplicarSeguidas() {
    const antes = seq;
    while (tempranas.has(seq + 1)) {
      const siguiente = tempranas.get(seq + 1);
      tempranas.delete(seq + 1);
      aplicar(siguiente);
      seq += 1;
    }
    return seq !== antes;
  }

  function vigilarHueco() {
    if (tempranas.size === 0) {
      reloj.clearTimeout(hueco);
      hueco = null;
    } else {
      hueco ??= reloj.setTimeout(sigueElHueco, espera);
    }
  }

  function sigueElHueco() {
    hueco = null;
    ponerseAlDia().catch(() => {
      hueco ??= reloj.setTimeout(sigueElHueco, otraVez);
    });
  }

  /** Pulls until nothing is missing, one request at a time. */
  function ponerseAlDia() {
    pidiendo ??= pedir().finally(() => {
      pidiendo = null;
    });
    return pidiendo;
  }

  async function pedir() {
    for (;;) {
      const respuesta = await traer(epoca, seq);
      const antes = `${epoca} ${seq}`;
      if (respuesta.completo) {
        epoca = respuesta.epoca;
        seq = respuesta.seq;
        for (const numero of tempranas.keys()) if (numero <= seq) tempranas.delete(numero);
        reemplazar(respuesta);
      } else {
        for (const novedad of respuesta.novedades)
          if (novedad.seq > seq) tempranas.set(novedad.seq, novedad);
        completar?.(respuesta);
      }
      aplicarSeguidas();
      if (antes !== `${epoca} ${seq}` || respuesta.completo) alDia?.({ epoca, seq });
      if (respuesta.completo || seq >= respuesta.seq || antes === `${epoca} ${seq}`) return;
    }
  }
}
