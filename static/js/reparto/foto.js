// A photo for a ticket: taken with the phone's own camera, made small here, shown, and taken away again.
import { newClave } from "../page/clave.js";
import { fields, clone, setText } from "../page/template.js";

const LADO = 1280;
const BYTES = 250_000;
const INTENTOS = [
  [1, 0.7],
  [1, 0.5],
  [0.7, 0.5],
  [0.5, 0.4],
];
const MAXIMO = 4;

/** The photo as a JPEG of 1280 px and 250 kB at most, without what the camera wrote into it. */
async function shrink(archivo) {
  const imagen = await createImageBitmap(archivo);
  try {
    const justo = Math.min(1, LADO / Math.max(imagen.width, imagen.height));
    let blob;
    for (const [escala, calidad] of INTENTOS) {
      const lienzo = document.createElement("canvas");
      lienzo.width = Math.max(1, Math.round(imagen.width * justo * escala));
      lienzo.height = Math.max(1, Math.round(imagen.height * justo * escala));
      lienzo.getContext("2d").drawImage(imagen, 0, 0, lienzo.width, lienzo.height);
      blob = await new Promise((resolve) => lienzo.toBlob(resolve, "image/jpeg", calidad));
      if (blob && blob.size <= BYTES) return blob;
    }
    if (!blob) throw new Error("no blob");
    return blob;
  } finally {
    imagen.close();
  }
}

/** The part of a sheet that takes photos: a button that opens the camera, and what it took. */
export class Camara {
  /**
   * @param {HTMLElement} caja holds `entrada`, `tomadas` and `fotoDicho`
   * @param {Json[]} tomadas before, as `sacadas` gave them
   * @param {() => void} onChange
   */
  constructor(caja, tomadas = [], onChange = () => {}) {
    this.parte = fields(caja);
    /** @type {Json[]} {foto_id, tipo, blob, url} */
    this.fotos = tomadas.map((una) => ({ ...una, url: URL.createObjectURL(una.blob) }));
    this.onChange = onChange;
    setText(this.parte.fotoDicho, "");
    this.parte.entrada.onchange = () => this.#take();
    this.#draw();
  }

  async #take() {
    const archivo = this.parte.entrada.files[0];
    if (!archivo) return;
    setText(this.parte.fotoDicho, "Preparando la foto…");
    try {
      const blob = await shrink(archivo);
      this.fotos.push({
        foto_id: newClave(),
        tipo: "foto",
        blob,
        url: URL.createObjectURL(blob),
      });
      setText(this.parte.fotoDicho, "");
      this.onChange();
    } catch {
      setText(this.parte.fotoDicho, "No se pudo usar esa foto. Sacala otra vez.");
    }
    this.parte.entrada.value = "";
    this.#draw();
  }

  #draw() {
    this.parte.tomadas.replaceChildren(
      ...this.fotos.map((foto, i) => {
        const fila = clone("foto");
        fila.querySelector("img").src = foto.url;
        fila.querySelector("img").alt = `Foto ${i + 1}`;
        fila.querySelector("button").onclick = () => this.#remove(foto);
        return fila;
      }),
    );
    this.parte.sacar.hidden = this.fotos.length >= MAXIMO;
    setText(this.parte.sacarTexto, this.fotos.length ? "Sacar otra" : "Sacar foto");
  }

  #remove(foto) {
    URL.revokeObjectURL(foto.url);
    this.fotos = this.fotos.filter((otra) => otra !== foto);
    this.onChange();
    this.#draw();
    this.parte.entrada.focus();
  }

  /** What was taken, to be stored. */
  sacadas() {
    return this.fotos.map(({ foto_id, tipo, blob }) => ({ foto_id, tipo, blob }));
  }

  /** Lets the previews go. */
  release() {
    for (const { url } of this.fotos) URL.revokeObjectURL(url);
  }
}
