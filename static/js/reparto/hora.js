// The server's time for this page: learned from its answers, and written down for the next page.
import { hearHora } from "../stream/requests.js";
import { remember } from "./recuerdo.js";
import { Reloj } from "./reloj.js";

/**
 * @param {{adelanto: number, antes?: {adelanto: number, pared: number} | null}} sabida as `begin` gives it
 * @param {import("../page/hub.js").Hub} hub
 */
export function prepareHora(sabida, hub) {
  // At once: the page may be gone before a database has it.
  const save = () => remember("reloj", reloj.toSave());
  const reloj = new Reloj({ ...sabida, onChange: save });
  hearHora((servidor) => reloj.learn(servidor));
  save();
  hub.on("hidden", () => {
    reloj.mayHaveSlept();
    save();
  });
  hub.on("shown", () => {
    reloj.review(false);
    save();
  });
  hub.on("age", save);
  addEventListener("pagehide", save);
  return reloj;
}
