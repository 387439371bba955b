// Which other admins are at the board, and which ticket they look at or have in the hand. Volatile: nobody counts on it, and
// what is not renewed is forgotten.
const RENUEVA_MS = 20_000;
const OLVIDA_MS = 50_000;

export class Mirando {
  /**
   * @param {object} parts
   * @param {number} parts.yo
   * @param {import("../page/hub.js").Hub} parts.hub
   */
  constructor({ yo, hub }) {
    this.yo = yo;
    this.hub = hub;
    this.otros = new Map();
    this.abierto = null;
    this.enMano = null;
    hub.on("mirando", (dato) => this.oye(dato));
    hub.on("panel", (id) => this.abre(id));
    hub.on("hand", (ids) => this.toma(ids?.[0] ?? null));
    hub.on("line", (estado) => estado === "en-linea" && this.abre(this.abierto));
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
    this.hub.tell("miran", [antes?.ticket_id, ticket_id].filter(Boolean));
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
    const dato = { ticket_id: this.enMano ?? this.abierto, mueve: this.enMano !== null };
    this.hub.tell("say", dato);
  }

  #forget() {
    for (const [quien, uno] of this.otros) {
      if (Date.now() - uno.en < OLVIDA_MS) continue;
      this.otros.delete(quien);
      this.hub.tell("miran", [uno.ticket_id].filter(Boolean));
    }
  }
}
