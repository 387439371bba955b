// What a delivery is asked for: the same rules as ticketera/domain/prueba.py, for the sheet to ask it.

/**
 * @typedef {{niveles: Record<string, string>, desde: number, medios: string[], efectivo_maximo: number,
 *   orden_propio?: boolean, central?: string}} Politica as GET /api/politica says
 */

/**
 * Nothing is asked before the server said so.
 * @type {Politica}
 */
export const SIN_POLITICA = { niveles: {}, desde: 0, medios: [], efectivo_maximo: 0 };

const SE_NOTA = new Set(["avisar", "obligatoria"]);

/**
 * @param {Politica} politica
 * @param {Json} ticket
 * @returns {Record<string, string>} {clase: nivel}, without what is not asked
 */
export function pide({ niveles, desde, medios }, ticket) {
  if (
    ticket.total < desde ||
    (medios.length && !medios.includes((ticket.metodo_pago ?? "").toLowerCase()))
  )
    return {};
  return Object.fromEntries(Object.entries(niveles).filter(([, nivel]) => nivel !== "no"));
}

/** The clases that would be missed. `pin` is right as far as anybody knows: without network the server looks at it later. */
export function falta(pedido, prueba, pinMal = false) {
  const hay = {
    foto: prueba.fotos?.length > 0,
    firma: Boolean(prueba.firma),
    pin: /^\d{4}$/.test(prueba.pin ?? "") && !pinMal,
    receptor: Boolean(prueba.receptor),
  };
  return Object.keys(pedido).filter((clase) => SE_NOTA.has(pedido[clase]) && !hay[clase]);
}
