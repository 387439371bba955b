// What medir.js adds up, and how it says it. Pure.

/** So many values are kept; older ones make room. */
const GUARDA = 5_000;
const RITMO_MS = 10_000;

/** Values in ms and what of them is said. */
export class Serie {
  constructor() {
    this.valores = [];
  }

  sum(valor) {
    this.valores.push(valor);
    if (this.valores.length > GUARDA) this.valores.shift();
  }

  /** The value that `parte` % of them do not exceed; null without any. */
  percentil(parte) {
    const orden = [...this.valores].sort((a, b) => a - b);
    return orden.length ? orden[Math.ceil((parte / 100) * orden.length) - 1] : null;
  }

  get texto() {
    return this.valores.length
      ? `p50 ${ms(this.percentil(50))} · p95 ${ms(this.percentil(95))}`
      : "todavía nada";
  }
}

/** How many came, and how many a second of late. */
export class Ritmo {
  constructor(desde) {
    this.desde = desde;
    this.total = 0;
    this.recientes = [];
  }

  sum(ahora) {
    this.total += 1;
    this.recientes.push(ahora);
  }

  texto(ahora) {
    while (this.recientes[0] < ahora - RITMO_MS) this.recientes.shift();
    const segundos = Math.max(1, Math.min(RITMO_MS, ahora - this.desde) / 1000);
    const ritmo = this.recientes.length / segundos;
    const dicho = ritmo.toLocaleString("es-AR", { maximumFractionDigits: 1 });
    return `${this.total} · ${dicho} por segundo`;
  }
}

export function ms(valor) {
  return valor === null ? "—" : `${Math.max(1, Math.round(valor)).toLocaleString("es-AR")} ms`;
}
