// Which other admins are at the board, and which ticket they look at or have in the hand. Volatile: nobody counts on it, and
// what is not renewed is forgotten.
const RENUEVA_MS = 20_000;
const OLVIDA_MS = 50_000;

export class Mirando {
  /**
   * @param {object} parts
   * @param {number} parts.yo
   * @param {(dato: {ticket_id: number | null, mueve: boolean}) => void} parts.say tells the server
   * @param {(ids: number[]) => void} parts.onChange
   */
  constructor({ yo, say, onChange }) {
    Object.assign(this, { yo, say, onChange, otros: new Map(), abierto: null, enMano: null });
    setInterval(() => {
      this.#send();
      this.#forget();
    }, RENUEVA_MS);
  }

  /** I opened a ticket, or closed the panel (null). */
  abre(id) {
    this.abierto = id;
    if (this.enMano === null) this.#send();
  }

  /** I took a card, or let it go (null). */
  toma(id) {
    this.enMano = id;
    this.#send();
  }

  /** Somebody said where they are; also after a reconnect, when they are asked by nobody. */
  oye({ por, ticket_id, mueve }) {
    if (por.id === this.yo) return;
    const antes = this.otros.get(por.id);
    this.otros.set(por.id, { ...por, ticket_id, mueve, en: Date.now() });
    // Whoever comes is told who is here, without waiting for the next renewal.
    if (!antes) this.#send();
    this.onChange([antes?.ticket_id, ticket_id].filter(Boolean));
  }

  /** Who else is at the board, by name. */
  get nombres() {
    return [...this.otros.values()]
      .map((uno) => uno.nombre)
      .sort((a, b) => a.localeCompare(b, "es"));
  }

  /** Who is at a ticket, in words. */
  texto(id) {
    for (const uno of this.otros.values())
      if (uno.ticket_id === id)
        return uno.mueve ? `${uno.nombre} lo está moviendo` : `${uno.nombre} lo está mirando`;
    return "";
  }

  #send() {
    this.say({ ticket_id: this.enMano ?? this.abierto, mueve: this.enMano !== null });
  }

  #forget() {
    for (const [quien, uno] of this.otros) {
      if (Date.now() - uno.en < OLVIDA_MS) continue;
      this.otros.delete(quien);
      this.onChange([uno.ticket_id].filter(Boolean));
    }
  }
}
