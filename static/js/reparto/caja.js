// The money in the repartidor's pocket: what the server counted, with what this phone has not told it yet.
import { formaDePago, hora, readPesos, pesos } from "../words/formats.js";
import { request } from "../stream/requests.js";
import { fields, clone, setText } from "../page/template.js";

const EFECTIVO = "efectivo";

/**
 * The caja with acts that the server does not know yet. Pure.
 * @param {Json | null} caja GET /api/caja
 * @param {Json[]} registros {ticket_id, numero, acto}, oldest first
 */
export function contada(caja, registros) {
  const ultimo = new Map(
    registros
      .filter((uno) => uno.acto.accion === "entregar" || uno.acto.accion === "corregir")
      .map((uno) => [uno.ticket_id, uno]),
  );
  const sabidas = caja?.cobrado ?? [];
  const quedan = sabidas.filter((linea) => linea.corrige || !ultimo.has(linea.ticket_id));
  const nuevas = [...ultimo.values()]
    .filter(({ acto }) => acto.accion === "entregar" && acto.cobrado > 0)
    .map(({ ticket_id, numero, acto }) => ({
      ticket_id,
      numero,
      monto: acto.cobrado,
      medio: acto.medio ?? EFECTIVO,
      en: acto.ocurrido_en,
      toSend: true,
    }));
  const cobrado = [...quedan, ...nuevas];
  const porMedio = new Map([[EFECTIVO, 0]]);
  for (const { medio, monto } of cobrado) porMedio.set(medio, (porMedio.get(medio) ?? 0) + monto);
  const fondo = caja?.fondo ?? 0;
  return {
    fondo,
    cobrado,
    porMedio,
    aRendir: redondo(fondo + porMedio.get(EFECTIVO)),
    toSend: nuevas.length,
  };
}

const redondo = (monto) => Math.round(monto * 100) / 100;

export class Caja {
  /**
   * @param {object} parts
   * @param {import("./central.js").Central} parts.central whose `efectivo_maximo` (0 for none) one should not carry
   * @param {import("./fijos.js").Fijos} parts.fijos
   * @param {import("./diario.js").Diario} parts.diario
   * @param {Json | null} parts.sabida what an earlier page knew
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ central, fijos, diario, sabida, hub }) {
    this.central = central;
    this.fijos = fijos;
    this.diario = diario;
    this.sabida = sabida;
    /** The acts that wait. */
    this.registros = [];
    this.contestados = [];
    hub.on("connected", () => this.pull());
    hub.on("closed", () => this.#forget());
    hub.on("bandeja", (registros) => {
      if (!this.olvidada) this.registros = registros;
      this.draw();
    });
    this.campoFondo = clone("fondo");
    document.querySelector("[data-campo=ahoraTitulo]")?.before(this.campoFondo);
    const lugar = document.querySelector("[data-caja]");
    if (!lugar) return;
    lugar.replaceChildren(clone("caja"));
    this.parte = fields(lugar);
    const pestana = document.querySelector("[data-pestana=caja]");
    if (pestana) pestana.hidden = false;
  }

  /** Off duty, the change to begin with may be said. */
  enTurno(abierto) {
    this.campoFondo.hidden = abierto;
  }

  /** Nobody's any more. */
  #forget() {
    this.olvidada = true;
    this.sabida = null;
    this.contestados = [];
    this.registros = [];
    this.campoFondo.hidden = true;
    this.draw();
  }

  /** What was said of it: `{fondo}`, nothing, or null for what is no amount. */
  fondo() {
    const dicho = this.campoFondo.querySelector("input").value.trim();
    const fondo = readPesos(dicho);
    if (dicho === "") return {};
    return fondo === null ? null : { fondo };
  }

  /** The server has an act now: it counts here until the server's own count has it. */
  contestado(registro) {
    this.contestados.push(registro);
    return this.pull();
  }

  /** Asks the server, and keeps what it says. */
  async pull() {
    const hasta = this.contestados.length;
    try {
      const dicha = await request("GET", "/api/caja");
      this.sabida = { ...dicha, vista: new Date().toISOString() };
      this.contestados.splice(0, hasta);
    } catch {
      // Without network the last one is shown, with its time.
    }
    this.draw();
    await this.diario.save();
  }

  draw() {
    const { fondo, cobrado, porMedio, aRendir, toSend } = contada(this.sabida, [
      ...this.contestados,
      ...this.registros,
    ]);
    this.aRendir = aRendir;
    const maximo = this.central.politica.efectivo_maximo;
    const supera = maximo > 0 && aRendir > maximo;
    if (supera && !this.superaba)
      this.fijos.aviso("Superaste el efectivo máximo. Pasá por la sucursal.");
    this.superaba = supera;
    if (!this.parte) return;
    const { parte } = this;
    setText(
      parte.aRendir,
      aRendir < 0
        ? `La sucursal te debe ${pesos(-aRendir)}`
        : `Tenés ${pesos(aRendir)} para rendir`,
    );
    setText(
      parte.incluye,
      toSend ? `Incluye ${toSend === 1 ? "1 entrega" : `${toSend} entregas`} por enviar.` : "",
    );
    setText(parte.supera, supera ? "Superaste el efectivo máximo. Pasá por la sucursal." : "");
    const filas = [
      fondo && ["Fondo para vuelto", fondo],
      ...[...porMedio].map(([medio, monto]) => [`Cobrado: ${formaDePago(medio)}`, monto]),
    ];
    if (this.sabida?.en_conflicto)
      filas.push(["En revisión (no cuenta todavía)", this.sabida.en_conflicto]);
    filas.push(["Rendido hoy", this.sabida?.rendido_hoy ?? 0]);
    parte.cajaTotales.replaceChildren(
      ...filas
        .filter(Boolean)
        .map(([nombre, monto]) => fila("caja-total", { nombre, monto: pesos(monto) })),
    );
    const lineas = [...cobrado].sort((a, b) => (a.en < b.en ? 1 : -1));
    setText(parte.cajaTitulo, lineas.length ? `Cobros (${lineas.length})` : "");
    parte.cajaCobros.replaceChildren(
      ...lineas.map((linea) =>
        fila("caja-cobro", {
          nombre: linea.numero,
          monto: pesos(linea.monto),
          cuando: detalle(linea),
        }),
      ),
    );
    setText(
      parte.cajaVista,
      this.sabida
        ? `Datos de las ${hora(this.sabida.vista)}.`
        : "Sin señal: se muestra lo que cobró este teléfono.",
    );
  }
}

function detalle({ monto, en, medio, corrige, toSend }) {
  return [
    hora(en),
    formaDePago(medio),
    corrige && (monto < 0 ? "corrección" : "intento anterior"),
    toSend && "por enviar",
  ]
    .filter(Boolean)
    .join(" · ");
}

function fila(nombre, textos) {
  const una = clone(nombre);
  const parte = fields(una);
  for (const [campo, valor] of Object.entries(textos)) setText(parte[campo], valor);
  return una;
}
