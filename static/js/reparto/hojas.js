// The sheets over the phone's screen: not delivered (why), new tickets; and how a sheet asks.
import { NOMBRE_DE_MOTIVO } from "../words/acciones.js";
import { campos, clonar, texto } from "../page/template.js";
import { dichoEn, reponer } from "./borrador.js";
import { Camara } from "./foto.js";
import { cobro, franja } from "./palabras.js";

/** "¿Qué pasó?" Resolves as `preguntar`. */
export function preguntarFalla(ticket, { motivos, intentos, guardar, borrador }) {
  return preguntar("hoja-fallar", { guardar, borrador }, (parte, formulario, dejado) => {
    texto(parte.titulo, `No pude entregar ${ticket.numero}`);
    parte.motivos.replaceChildren(
      ...motivos.map((motivo) => {
        const fila = clonar("motivo");
        fila.querySelector("input").value = motivo;
        texto(campos(fila).nombre, NOMBRE_DE_MOTIVO[motivo] ?? motivo);
        return fila;
      }),
    );
    texto(parte.intentos, intentos.enPalabras(ticket.id));
    const camara = new Camara(parte.fallarFoto, dejado.fotos, () =>
      borrador.anotarImagenes({ fotos: camara.sacadas() }),
    );
    const leer = () => {
      const motivo = formulario.elements.motivo.value;
      const nota = parte.nota.value.trim();
      if (!motivo) return "Elegí qué pasó.";
      if (motivo === "otro" && !nota) return "Contá en dos palabras qué pasó.";
      const prueba = {
        intentos: intentos.de(ticket.id),
        fotos: camara.fotos.map((una) => una.foto_id),
      };
      for (const clase of Object.keys(prueba)) if (!prueba[clase].length) delete prueba[clase];
      const acto = {
        motivo,
        ...(nota ? { nota } : {}),
        ...(Object.keys(prueba).length ? { prueba } : {}),
      };
      return { acto, fotos: camara.sacadas() };
    };
    return { leer, cerrar: () => camara.soltar() };
  });
}

/**
 * Shows a sheet until its answer is kept; false when it was closed instead. What could not be kept stays in the sheet,
 * and what is in it is kept as it is said, for a page that is loaded anew.
 * @param {(dado: {acto: object, fotos: object[]}) => Promise<string>} guardar keeps the answer; gives what went wrong, in words
 * @param {import("./borrador.js").Borrador} borrador
 * @param {(parte: object, formulario: HTMLFormElement, dejado: object) => {leer: () => object | string, cerrar: () => void, mostrar?: () => void}} preparar
 *   `leer` gives the answer, or what is wrong with it; `mostrar` draws what depends on what is said
 */
export async function preguntar(id, { guardar, borrador }, preparar) {
  await borrador.tomar();
  const dejado = await borrador.leer();
  const dialogo = document.getElementById(id);
  const formulario = dialogo.querySelector("form");
  const parte = campos(dialogo);
  formulario.reset();
  const { leer, cerrar, mostrar } = preparar(parte, formulario, dejado);
  if (dejado.campos) reponer(formulario, dejado.campos);
  mostrar?.();
  formulario.oninput = formulario.onchange = () => {
    mostrar?.();
    borrador.anotar(dichoEn(formulario));
  };
  borrador.anotar(dichoEn(formulario));
  texto(parte.error, "");
  parte.sinFoto.hidden = true;
  let guardado = false;
  let guardando = null;
  const confirmar = async (conFotos) => {
    const leido = await leer();
    const mal =
      typeof leido === "string" ? leido : await guardar(conFotos ? leido : sinFotos(leido));
    texto(parte.error, mal);
    // The disk is full: the act is not stopped by its photos.
    parte.sinFoto.hidden = !mal || !leido.fotos?.length;
    parte.error.scrollIntoView({ block: "nearest" });
    guardado = !mal;
    if (guardado) dialogo.close();
  };
  const una = (conFotos) => (guardando ??= confirmar(conFotos).finally(() => (guardando = null)));
  return new Promise((resolver) => {
    formulario.onsubmit = (event) => {
      event.preventDefault();
      una(true);
    };
    parte.sinFoto.onclick = () => una(false);
    // While it is being written it is neither given up nor done.
    const dejar = () => guardando ?? dialogo.close();
    dialogo.oncancel = (event) => guardando && event.preventDefault();
    dialogo.onclose = async () => {
      await guardando;
      await borrador.tirar();
      cerrar();
      resolver(guardado);
    };
    dialogo.querySelector("[data-accion=cancelar]").onclick = dejar;
    dialogo.showModal();
  });
}

function sinFotos({ acto, fotos: _ }) {
  const { fotos: __, firma: ___, ...prueba } = acto.prueba ?? {};
  return { acto: { ...acto, prueba }, fotos: [] };
}

const direccion = (ticket) =>
  [ticket.cliente_direccion, ticket.cliente_piso].filter(Boolean).join(", ");

/** The sheet of new tickets; one for however many there are. */
export class HojaNuevos {
  /** @param {{reloj: () => number, alVer: (ids: number[]) => void, alVisto: (ids: number[]) => void}} parts */
  constructor({ reloj, alVer, alVisto }) {
    this.reloj = reloj;
    this.hoja = document.getElementById("hoja-nuevos");
    this.parte = campos(this.hoja);
    this.nuevos = [];
    this.hoja
      .querySelector("[data-accion=visto]")
      .addEventListener("click", () => alVisto(this.nuevos.map((uno) => uno.id)));
    this.hoja
      .querySelector("[data-accion=ver]")
      .addEventListener("click", () => alVer(this.nuevos.map((uno) => uno.id)));
  }

  /** Shows these, or goes away with none. Waits while another sheet is open. */
  mostrar(nuevos) {
    this.nuevos = nuevos;
    this.hoja.hidden = nuevos.length === 0 || Boolean(document.querySelector("dialog[open]"));
    if (!nuevos.length) return;
    const [uno] = nuevos;
    texto(
      this.parte.nTitulo,
      nuevos.length === 1 ? "Ticket nuevo" : `${nuevos.length} tickets nuevos`,
    );
    const filas =
      nuevos.length > 4
        ? [...nuevos.slice(0, 3).map(direccion), `y ${nuevos.length - 3} más`]
        : nuevos.map(direccion);
    this.parte.nLista.replaceChildren(
      ...filas.map((palabras) => {
        const fila = clonar("nuevo");
        fila.textContent = palabras;
        return fila;
      }),
    );
    texto(
      this.parte.nCobro,
      nuevos.length === 1 ? [franja(uno, this.reloj()), cobro(uno)].filter(Boolean).join(". ") : "",
    );
  }
}
