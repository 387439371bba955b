// What the browser and the time bring: the page is seen or not, a network, a touch, half a minute.
import { activateSonido } from "../page/sonido.js";

const REPASO_MS = 30_000;

/** @param {import("../page/hub.js").Hub} hub hears of it */
export function watchMomentos(hub) {
  addEventListener("online", () => hub.tell("online"));
  document.addEventListener("visibilitychange", () =>
    hub.tell(document.hidden ? "hidden" : "shown"),
  );
  setInterval(() => hub.tell("age"), REPASO_MS);
  // Phones silence a page that was in the background: any touch brings the sound back.
  for (const toque of ["pointerup", "click"])
    document.addEventListener(toque, () =>
      activateSonido().then((anda) => hub.tell("sound", anda)),
    );
  for (const dialogo of document.querySelectorAll("dialog"))
    dialogo.addEventListener("close", () => hub.tell("draw"));
}
