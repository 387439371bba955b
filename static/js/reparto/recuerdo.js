// Small things that this phone remembers of itself, not of anybody's day. A browser that keeps nothing forgets them.

export function recuerdo(clave, sinEl = null) {
  try {
    return JSON.parse(localStorage.getItem(`reparto.${clave}`)) ?? sinEl;
  } catch {
    return sinEl;
  }
}

/** Keeps a value; null forgets it. False where nothing is kept. */
export function remember(clave, valor) {
  try {
    if (valor === null) localStorage.removeItem(`reparto.${clave}`);
    else localStorage.setItem(`reparto.${clave}`, JSON.stringify(valor));
    return true;
  } catch {
    return false;
  }
}
