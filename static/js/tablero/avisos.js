// Notices of the desktop while the board's tab is hidden: what happened and a ticket's number, nothing else of it.
import { notify } from "../page/avisos.js";
import { setText } from "../page/template.js";

const PALABRAS = {
  nuevo: ["Ticket nuevo sin asignar", "tickets nuevos sin asignar"],
  fallido: ["Un ticket no se pudo entregar", "tickets no se pudieron entregar"],
  demorado: ["Un ticket demorado", "tickets demorados"],
  conflicto: ["Un conflicto para resolver", "conflictos para resolver"],
};

/**
 * From now on its button turns the notices on and off. `tocado`: it was just pressed, so permission may be asked for.
 * @param {HTMLButtonElement} boton
 * @returns {(que: keyof typeof PALABRAS, numero?: string | null) => void} tells of one more of a kind, which stand as one;
 *   null: not worth it
 */
export function prepareAvisos(boton, tocado) {
  let prendidos = false;
  const puestos = new Map();
  document.addEventListener("visibilitychange", forget);
  boton.addEventListener("click", () => (prendidos ? put(false) : request()));
  if (tocado) request();
  else put(globalThis.Notification?.permission === "granted");

  return function notifyOutside(que, numero) {
    if (!prendidos || !document.hidden || numero === null) return;
    const cuantos = (puestos.get(que)?.cuantos ?? 0) + 1;
    const [uno, varios] = PALABRAS[que];
    const nota = new Notification(cuantos === 1 ? uno : `${cuantos} ${varios}`, {
      tag: `tablero-${que}`,
      body: numero ?? "",
      lang: "es-AR",
      icon: boton.dataset.icono,
    });
    nota.onclick = () => {
      window.focus();
      nota.close();
    };
    puestos.set(que, { nota, cuantos });
  };

  async function request() {
    if (!globalThis.Notification || !isSecureContext)
      return notify("Este navegador sólo avisa fuera del tablero si la dirección es https.", {
        error: true,
      });
    const dijo = await Notification.requestPermission();
    if (dijo === "denied")
      notify(
        "El navegador tiene los avisos bloqueados para esta página: se habilitan desde el candado de la dirección.",
        { error: true },
      );
    put(dijo === "granted");
  }

  function put(si) {
    prendidos = si;
    localStorage.avisos = si ? "si" : "no";
    boton.setAttribute("aria-pressed", String(si));
    const dice = `Avisos: ${si ? "sí" : "no"}`;
    setText(boton.lastElementChild, dice);
    boton.setAttribute("aria-label", dice);
  }

  /** Whoever looks at the board again has no use for them. */
  function forget() {
    if (document.hidden) return;
    for (const { nota } of puestos.values()) nota.close();
    puestos.clear();
  }
}
