// Selecting with a finger: a long press on a card, where there is no Ctrl and no Shift.

const LARGO_MS = 450;
const QUIETO_PX = 10;

/**
 * A finger that stays on a card selects it, and from then on a tap does.
 * @param {import("./seleccion.js").Seleccion} seleccion
 */
export function listenDedo(seleccion) {
  const { raiz } = seleccion;
  let pulsada = false;
  let espera = null;
  let desde = null;
  const leave = () => clearTimeout(espera);
  raiz.addEventListener("pointerdown", (event) => {
    leave();
    const tarjeta = event.target.closest(".tarjeta");
    if (!tarjeta || event.pointerType === "mouse" || event.target.closest("button, input")) return;
    desde = event;
    espera = setTimeout(() => {
      navigator.vibrate?.(10);
      seleccion.tactil = true;
      pulsada = true;
      seleccion.toggle(Number(tarjeta.dataset.id));
    }, LARGO_MS);
  });
  raiz.addEventListener("pointermove", (event) => {
    if (
      desde &&
      Math.hypot(event.clientX - desde.clientX, event.clientY - desde.clientY) > QUIETO_PX
    )
      leave();
  });
  for (const fin of ["pointerup", "pointercancel"]) raiz.addEventListener(fin, leave);
  // The press itself is no click, and opens no menu of the browser.
  raiz.addEventListener("contextmenu", (event) => pulsada && event.preventDefault());
  raiz.addEventListener(
    "click",
    (event) => {
      if (!pulsada) return;
      pulsada = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  raiz.addEventListener("pointerdown", () => (pulsada = false), { capture: true });
}
