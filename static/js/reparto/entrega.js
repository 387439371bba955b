// The sheet of a delivery: what was collected, and only those proofs that the policy asks for.
import { newClave } from "../page/clave.js";
import { PAGOS } from "../words/contract.js";
import { readPesos, pesos, seCobra } from "../words/formats.js";
import { setText } from "../page/template.js";
import { cambiosDe } from "./cambios.js";
import { Firma } from "./firma.js";
import { Camara } from "./foto.js";
import { ask } from "./hojas.js";
import { falta } from "./politica.js";
import { inWords } from "./rechazo.js";

const ROTULOS = {
  pin: "rotuloPin",
  foto: "rotuloFoto",
  firma: "rotuloFirma",
  receptor: "rotuloReceptor",
};
const EN_MANO = new Set(["tarjeta", "mercadopago"]);

/**
 * "¿Entregaste PED-1?" Resolves as `ask`.
 * @param {Json} ticket
 * @param {import("./hojas.js").Con & {pedido: Json, check: (pin: string) => Promise<Json>, hoy: () => Json}}
 *   parts `check` gives `{correcto, quedan}`, `hoy` the ticket as it is by now
 */
export function askEntrega(ticket, { pedido, check, hoy, save, borrador }) {
  return ask("hoja-entregar", { save, borrador }, (parte, formulario, dejado) => {
    setText(parte.titulo, `¿Entregaste ${ticket.numero}?`);
    setText(parte.direccion, ticket.cliente_direccion);
    const cobro = pasoCobro(parte, formulario, ticket, hoy);
    const codigo = pasoCodigo(parte, check);
    const note = async () =>
      borrador.noteImagenes({
        fotos: camara.sacadas(),
        firma: firma.vacia ? null : await firma.blob(),
      });
    const camara = new Camara(parte.pasoFoto, dejado.fotos, note);
    const firma = new Firma(parte.lienzo, dejado.firma, note);
    parte.borrarFirma.onclick = () => {
      firma.erase();
      note();
    };
    const show = () => {
      parte.pasoPin.hidden = !pedido.pin;
      // Whoever has no code shows the door instead.
      parte.pasoFoto.hidden = !pedido.foto && !(pedido.pin && codigo.sinCodigo);
      parte.pasoFirma.hidden = !pedido.firma;
      parte.pasoReceptor.hidden = !pedido.receptor;
      for (const [clase, rotulo] of Object.entries(ROTULOS))
        setText(parte[rotulo], pedido[clase] === "opcional" ? "(opcional)" : "");
      cobro.show();
    };
    setText(parte.confirmar, "Confirmar entrega");
    let avisado = false;
    const read = async () => {
      /** @type {Json | string} */
      const acto = cobro.read();
      if (typeof acto === "string") return acto;
      /** @type {Json} */
      const prueba = { ...codigo.read(), ...receptor(parte, formulario, pedido) };
      const fotos = camara.sacadas();
      if (fotos.length) prueba.fotos = fotos.map((una) => una.foto_id);
      if (pedido.firma && !firma.vacia) {
        prueba.firma = newClave();
        fotos.push({ foto_id: prueba.firma, tipo: "firma", blob: await firma.blob() });
      }
      const faltan = falta(pedido, prueba, codigo.mal).filter(
        (clase) => pedido[clase] === "obligatoria",
      );
      if (faltan.length && !avisado) {
        avisado = true;
        setText(parte.confirmar, "Confirmar igual: lo revisa la central");
        return `Falta ${inWords(faltan)}.`;
      }
      if (Object.keys(prueba).length) acto.prueba = prueba;
      return { acto, fotos };
    };
    return { read, show, close: () => camara.release() };
  });
}

function pasoCobro(parte, formulario, ticket, hoy) {
  const medio = EN_MANO.has(ticket.metodo_pago) ? ticket.metodo_pago : "efectivo";
  const como = () => formulario.elements.cobro.value;
  const draw = () => {
    setText(parte.justo, `Cobré ${pesos(ticket.total)} ${PAGOS[medio].como}`);
    formulario.elements.cobro.value = seCobra(ticket) ? "justo" : "nada";
  };
  draw();
  const vuelto = () => {
    const paga = readPesos(parte.paga.value);
    const resto =
      paga < ticket.total
        ? `Faltan ${pesos(ticket.total - paga)}`
        : `Vuelto: ${pesos(paga - ticket.total)}`;
    setText(parte.vuelto, paga === null ? "" : resto);
  };
  let antes = como();
  return {
    show() {
      vuelto();
      parte.pagaCaja.hidden = como() !== "justo" || medio !== "efectivo";
      parte.otroCaja.hidden = como() !== "otro";
      parte.nadaCaja.hidden = como() !== "nada";
      if (como() === "otro" && antes !== "otro") parte.otro.focus();
      antes = como();
    },
    read() {
      const ahora = hoy();
      if (ahora.total !== ticket.total || Boolean(ahora.pagado) !== Boolean(ticket.pagado)) {
        const dicho = cambiosDe(ticket, ahora);
        ticket = ahora;
        draw();
        this.show();
        return `El pedido cambió mientras lo entregabas. ${dicho}. Mirá el cobro y confirmá otra vez.`;
      }
      if (como() === "justo") return { cobrado: ticket.total, medio };
      if (como() === "transferencia")
        return {
          cobrado: ticket.total,
          medio: ticket.metodo_pago === "mercadopago" ? "mercadopago" : "transferencia",
        };
      if (como() === "nada")
        return {
          cobrado: 0,
          ...(parte.nada.value ? { nota: `No cobró: ${parte.nada.value}` } : {}),
        };
      const cobrado = readPesos(parte.otro.value);
      return cobrado === null ? "Escribí cuánto cobraste, así: 12.450,50" : { cobrado, medio };
    },
  };
}

function pasoCodigo(parte, check) {
  const paso = {
    mal: false,
    get sinCodigo() {
      return parte.sinCodigo.checked;
    },
    read() {
      if (this.sinCodigo) return { sin_codigo: true };
      const pin = parte.pin.value.trim();
      return pin ? { pin } : {};
    },
  };
  parte.pin.oninput = async () => {
    const pin = parte.pin.value.trim();
    paso.mal = false;
    setText(parte.pinDicho, "");
    if (!/^\d{4}$/.test(pin)) return;
    setText(parte.pinDicho, "Comprobando…");
    const dicho = await comprobado(check, pin);
    if (parte.pin.value.trim() !== pin) return;
    paso.mal = dicho.mal;
    setText(parte.pinDicho, dicho.texto);
  };
  setText(parte.pinDicho, "");
  return paso;
}

/** What the server says of a code; without network it is looked at when it arrives. */
async function comprobado(check, pin) {
  try {
    const { correcto, quedan } = await check(pin);
    if (correcto) return { mal: false, texto: "Código correcto." };
    return {
      mal: true,
      texto: `Código incorrecto. ${quedan === 1 ? "Te queda 1 intento" : `Te quedan ${quedan} intentos`}.`,
    };
  } catch (error) {
    return {
      mal: false,
      texto: error.cause ? "Sin señal: se comprueba al enviar." : error.message,
    };
  }
}

function receptor(parte, formulario, pedido) {
  const quien = pedido.receptor && formulario.elements.receptor.value;
  if (!quien) return {};
  const nombre = parte.receptorNombre.value.trim();
  return { receptor: quien, ...(nombre ? { receptor_nombre: nombre } : {}) };
}
