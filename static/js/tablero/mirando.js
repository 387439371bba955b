// Which other admin looks at a ticket or has it in the hand. Volatile: nobody counts on it, and what is not renewed is forgotten.
const RENUEVA_MS = 20_000;
const OLVIDA_MS = 50_000;

export class Mirando {
  /**
   * @param {object} parts
   * @param {number} parts.yo
   * @param {(dato: {ticket_id: number | null, mueve: boolean}) => void} parts.decir tells the server
   * @param {(ids: number[]) => void} parts.alCambiar
   */
  constructor({ yo, decir, alCambiar }) {
    Object.assign(this, { yo, decir, alCambiar, otros: new Map(), abierto: null, enMano: null });
    setInterval(() => {
      if (this.enMano ?? this.abierto) this.#mandar();
      this.#olvidar();
    }, RENUEVA_MS);
  }

  /** I opened a ticket, or closed the panel (null). */
  abre(id) {
    this.abierto = id;
    if (this.enMano === null) this.#mandar();
  }

  /** I took a card, or let it go (null). */
  toma(id) {
    this.enMano = id;
    this.#mandar();
  }

  /** Somebody said where they are; also after a reconnect, when they are asked by nobody. */
  oye({ por, ticket_id, mueve }) {
    if (por.id === this.yo) return;
    const antes = this.otros.get(por.id);
    if (ticket_id === null) this.otros.delete(por.id);
    else this.otros.set(por.id, { ...por, ticket_id, mueve, en: Date.now() });
    this.alCambiar([antes?.ticket_id, ticket_id].filter(Boolean));
  }

  /** Who is at a ticket, in words. */
  texto(id) {
    for (const uno of this.otros.values()) if (uno.ticket_id === id) return uno.mueve ? `${uno.nombre} lo está moviendo` : `${uno.nombre} lo está mirando`;
    return "";
  }

  #mandar() {
    this.decir({ ticket_id: this.enMano ?? this.abierto, mueve: this.enMano !== null });
  }

  #olvidar() {
    for (const [quien, uno] of this.otros) {
      if (Date.now() - uno.en < OLVIDA_MS) continue;
      this.otros.delete(quien);
      this.alCambiar([uno.ticket_id]);
    }
  }
}
