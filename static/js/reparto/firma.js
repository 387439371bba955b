// A signature drawn with a finger.

/** Draws on a canvas; `vacia` until somebody did. */
export class Firma {
  /**
   * @param {HTMLCanvasElement} lienzo
   * @param {Blob} [hecha] a signature as `blob` gave it
   * @param {() => void} onChange
   */
  constructor(lienzo, hecha, onChange = () => {}) {
    this.lienzo = lienzo;
    this.pluma = lienzo.getContext("2d");
    lienzo.onpointerdown = (event) => {
      lienzo.setPointerCapture(event.pointerId);
      this.#trazo(event, true);
    };
    lienzo.onpointerup = () => onChange();
    lienzo.onpointermove = (event) => event.buttons && this.#trazo(event, false);
    this.erase();
    if (hecha) this.#restore(hecha);
  }

  async #restore(hecha) {
    const imagen = await createImageBitmap(hecha);
    this.pluma.drawImage(imagen, 0, 0);
    this.vacia = false;
  }

  #trazo(event, empieza) {
    const caja = this.lienzo.getBoundingClientRect();
    const x = ((event.clientX - caja.left) * this.lienzo.width) / caja.width;
    const y = ((event.clientY - caja.top) * this.lienzo.height) / caja.height;
    this.pluma.beginPath();
    const [desdeX, desdeY] = empieza ? [x - 1, y] : this.ultimo;
    this.pluma.moveTo(desdeX, desdeY);
    this.pluma.lineTo(x, y);
    this.pluma.stroke();
    this.ultimo = [x, y];
    this.vacia = false;
  }

  erase() {
    this.vacia = true;
    this.pluma.fillStyle = "#fff";
    this.pluma.fillRect(0, 0, this.lienzo.width, this.lienzo.height);
    Object.assign(this.pluma, {
      lineWidth: 5,
      lineCap: "round",
      lineJoin: "round",
      strokeStyle: "#101418",
    });
  }

  /** The signature as PNG. */
  blob() {
    return new Promise((resolve) => this.lienzo.toBlob(resolve, "image/png"));
  }
}
