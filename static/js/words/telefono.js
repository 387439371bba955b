// Phone numbers as people write them: what can be dialled without the server, and how one may stand in other writing.
// The rules of belgrano/words/telefono.py, as far as a phone without signal needs them.

const TRAMO = /^[\d\s()+./,;|\u2010-\u2015\u2212-]+$/;

/** The digits of a text. */
export const cifras = (texto) => texto.replace(/[^0-9]/g, "");

/**
 * What to dial for each number in a text, as it is typed. Nothing where it is not clear what is one.
 * @returns {string[]}
 */
export function marcables(texto) {
  if (/[\d.,]E[+-]?\d/i.test(texto)) return [];
  const numeros = [""];
  // Groups of digits, and what stands between them.
  for (const [trozo] of texto.matchAll(/\+?\d+|[^\d+]+|\+/g)) {
    const ultimo = cifras(numeros.at(-1)).length;
    // A letter parts two numbers; a sign does where the digits before it may be one already (11/5555/1234 is one).
    const palabra = /[^\d\s()+./,;|\u2010-\u2015\u2212-]/u.test(trozo);
    const signo = /[/,;|\n(+]|\s[\u2010-\u2015\u2212-]+\s/u.test(trozo);
    if (palabra || (signo && ultimo >= 8)) numeros.push("");
    if (/\d/.test(trozo)) numeros.push(numeros.pop() + trozo);
  }
  const posibles = numeros.filter((uno) => cifras(uno).length >= 6);
  return posibles.every((uno) => cifras(uno).length <= 15) ? [...new Set(posibles)] : [];
}

/** Digits without what is dialled before the area code: 00, the country's 54, the mobiles' 9, the trunk's 0. */
function sinPrefijos(digitos) {
  let limpio = digitos.replace(/^00/, "");
  if (limpio.length > 9) limpio = limpio.replace(/^54/, "");
  if (limpio.length > 10) limpio = limpio.replace(/^9/, "");
  return limpio.length > 8 ? limpio.replace(/^0/, "") : limpio;
}

/**
 * How the digits of a number may stand in a text that is searched: with its area and the 15, and without. None where a
 * text is more than a number.
 * @returns {string[]}
 */
export function formas(texto) {
  const digitos = cifras(texto);
  if (!TRAMO.test(texto) || digitos.length < 4 || digitos.length > 17) return [];
  let nacional = sinPrefijos(digitos);
  if (nacional.length === 10) nacional = nacional.replace(/^15/, "");
  const areas = nacional.startsWith("11") ? [2] : [3, 4];
  for (const area of areas) {
    if (nacional.length === 12 && nacional.slice(area, area + 2) === "15")
      nacional = nacional.slice(0, area) + nacional.slice(area + 2);
  }
  const maneras = [digitos, nacional];
  if (nacional.length === 10) {
    for (const area of areas) maneras.push(`${nacional.slice(0, area)}15${nacional.slice(area)}`);
    if (nacional.startsWith("11")) maneras.push(nacional.slice(2));
  }
  return [...new Set(maneras)];
}
