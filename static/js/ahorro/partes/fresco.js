// A page that says how things are now is loaded again while somebody looks at it, and when they come back to it.

const CADA_MS = 60_000;

/** @param {Document} pagina */
export function enhanceFresco(pagina) {
  if (!pagina.querySelector("[data-fresco]")) return;
  const desde = Date.now();
  const mirar = () => {
    if (pagina.visibilityState === "visible" && Date.now() - desde >= CADA_MS) location.reload();
  };
  pagina.addEventListener("visibilitychange", mirar);
  setInterval(mirar, CADA_MS);
}
