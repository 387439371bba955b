// The sheets over the phone's screen: not delivered (why), new tickets; and how a sheet asks.
import { MOTIVOS } from "../words/contract.js";
import { calleYPiso } from "../words/direccion.js";
import { fields, clone, setText } from "../page/template.js";
import { dichoEn, restore } from "./borrador.js";
import { Camara } from "./foto.js";
import { cobro, franja } from "./palabras.js";

/**
 * "¿Qué pasó?" Resolves as `ask`.
 * @param {Json} ticket
 * @param {Con & {motivos: string[], intentos: import("./intentos.js").Intentos}} parts
 */
export function askFalla(ticket, { motivos, intentos, save, borrador }) {
  return ask("hoja-fallar", { save, borrador }, (parte, formulario, dejado) => {
    setText(parte.titulo, `No pude entregar ${ticket.numero}`);
    parte.motivos.replaceChildren(
      ...motivos.map((motivo) => {
        const fila = clone("motivo");
        fila.querySelector("input").value = motivo;
        setText(fields(fila).nombre, MOTIVOS[motivo]?.oficina ?? motivo);
        return fila;
      }),
    );
    setText(parte.intentos, intentos.inWords(ticket.id));
    const camara = new Camara(parte.fallarFoto, dejado.fotos, () =>
      borrador.noteImagenes({ fotos: camara.sacadas() }),
    );
    const read = () => {
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
    return { read, close: () => camara.release() };
  });
}

/**
 * @typedef {{acto: Json, fotos: Json[]}} Dado
 * @typedef {{save: (dado: Dado) => Promise<string>, borrador: import("./borrador.js").Borrador}} Con
 *   `save` keeps the answer, and gives what went wrong, in words
 * @typedef {{read: () => Dado | string | Promise<Dado | string>, close: () => void, show?: () => void}} Hoja
 *   `read` gives the answer, or what is wrong with it; `show` draws what depends on what is said
 */

/**
 * Shows a sheet until its answer is kept; false when it was closed instead. What could not be kept stays in the sheet,
 * and what is in it is kept as it is said, for a page that is loaded anew.
 * @param {string} id the sheet's
 * @param {Con} con
 * @param {(parte: Json, formulario: HTMLFormElement, dejado: Json) => Hoja} prepare
 */
export async function ask(id, { save, borrador }, prepare) {
  await borrador.take();
  const dejado = await borrador.read();
  const dialogo = document.getElementById(id);
  const formulario = dialogo.querySelector("form");
  const parte = fields(dialogo);
  formulario.reset();
  const { read, close, show } = prepare(parte, formulario, dejado);
  if (dejado.campos) restore(formulario, dejado.campos);
  show?.();
  formulario.oninput = formulario.onchange = () => {
    show?.();
    borrador.note(dichoEn(formulario));
  };
  borrador.note(dichoEn(formulario));
  setText(parte.error, "");
  parte.sinFoto.hidden = true;
  let guardado = false;
  let guardando = null;
  const confirm = async (conFotos) => {
    const leido = await read();
    const dicho = typeof leido === "string";
    const mal = dicho ? leido : await save(conFotos ? leido : sinFotos(leido));
    setText(parte.error, mal);
    // The disk is full: the act is not stopped by its photos.
    parte.sinFoto.hidden = dicho || !mal || !leido.fotos.length;
    parte.error.scrollIntoView({ block: "nearest" });
    guardado = !mal;
    if (guardado) dialogo.close();
  };
  const una = (conFotos) => (guardando ??= confirm(conFotos).finally(() => (guardando = null)));
  return new Promise((resolve) => {
    formulario.onsubmit = (event) => {
      event.preventDefault();
      una(true);
    };
    parte.sinFoto.onclick = () => una(false);
    // While it is being written it is neither given up nor done.
    const leave = () => guardando ?? dialogo.close();
    dialogo.oncancel = (event) => guardando && event.preventDefault();
    dialogo.onclose = async () => {
      await guardando;
      await borrador.discard();
      close();
      resolve(guardado);
    };
    dialogo.querySelector("[data-accion=cancelar]").onclick = leave;
    dialogo.showModal();
  });
}

function sinFotos({ acto }) {
  const { fotos, firma, ...prueba } = acto.prueba ?? {};
  return { acto: { ...acto, prueba }, fotos: [] };
}

/** The sheet of new tickets; one for however many there are. */
export class HojaNuevos {
  /** @param {{reloj: () => number, vistos: import("./vistos.js").Vistos, hub: import("../page/hub.js").Hub}} parts */
  constructor({ reloj, vistos, hub }) {
    this.reloj = reloj;
    this.vistos = vistos;
    this.hub = hub;
    this.hoja = document.getElementById("hoja-nuevos");
    this.parte = fields(this.hoja);
    /** @type {Json[]} */
    this.nuevos = [];
    const tap = (accion, perform) =>
      this.hoja.querySelector(`[data-accion=${accion}]`).addEventListener("click", perform);
    tap("visto", () => vistos.mark(this.#ids()));
    tap("ver", () => this.#see(this.#ids()));
  }

  #ids() {
    return this.nuevos.map((uno) => uno.id);
  }

  /** Opens the one new ticket, or the list with all of them. */
  async #see(ids) {
    await this.vistos.mark(ids);
    if (ids.length === 1) this.hub.tell("open", ids[0]);
    else this.hub.tell("back");
  }

  /** Shows these, or goes away with none. Waits while another sheet is open. */
  show(nuevos) {
    this.nuevos = nuevos;
    this.hoja.hidden = nuevos.length === 0 || Boolean(document.querySelector("dialog[open]"));
    if (!nuevos.length) return;
    const [uno] = nuevos;
    setText(
      this.parte.nTitulo,
      nuevos.length === 1 ? "Ticket nuevo" : `${nuevos.length} tickets nuevos`,
    );
    const filas =
      nuevos.length > 4
        ? [...nuevos.slice(0, 3).map(calleYPiso), `y ${nuevos.length - 3} más`]
        : nuevos.map(calleYPiso);
    this.parte.nLista.replaceChildren(
      ...filas.map((palabras) => {
        const fila = clone("nuevo");
        fila.textContent = palabras;
        return fila;
      }),
    );
    setText(
      this.parte.nCobro,
      nuevos.length === 1 ? [franja(uno, this.reloj()), cobro(uno)].filter(Boolean).join(". ") : "",
    );
  }
}
