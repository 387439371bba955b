// A ticket en camino is not taken from under somebody's wheels without asking. Pure.
import { columnaDe } from "./store.js";

/**
 * What a move would interrupt: tickets en camino that change hands (`sacar`), or that another one would come before
 * (`encima`). Null: nothing.
 *
 * @param {import("./store.js").Store} store
 * @param {{ids: number[], repartidor_id: number | null, antes_de?: number | null}} mudanza
 * @returns {{que: "sacar" | "encima", tickets: Json[]} | null}
 */
export function interrupcion(store, { ids, repartidor_id, antes_de = null }) {
  const enCamino = (id) => store.tickets.get(id)?.estado === "en_camino";
  const sacados = ids.filter(
    (id) => enCamino(id) && store.tickets.get(id).repartidor_id !== repartidor_id,
  );
  if (sacados.length) return { que: "sacar", tickets: sacados.map((id) => store.tickets.get(id)) };
  const antes = store.orden(columnaDe(repartidor_id));
  const despues = antes.filter((id) => !ids.includes(id));
  const ancla = antes_de === null ? -1 : despues.indexOf(antes_de);
  despues.splice(ancla < 0 ? despues.length : ancla, 0, ...ids);
  const pasados = despues.filter((id, lugar) => {
    if (!enCamino(id)) return false;
    const delante = new Set(antes.slice(0, antes.indexOf(id)));
    return despues.slice(0, lugar).some((otro) => !enCamino(otro) && !delante.has(otro));
  });
  return pasados.length
    ? { que: "encima", tickets: pasados.map((id) => store.tickets.get(id)) }
    : null;
}

/** The question, in words: `{titulo, texto, confirmar}`. */
export function preguntaDe({ que, tickets }, destino) {
  const uno = tickets[0];
  const quien = uno.repartidor_nombre ?? "El repartidor";
  const titulo = "Interrumpir la entrega en curso";
  if (que === "encima") {
    return {
      titulo,
      texto:
        `${quien} va en camino a ${uno.cliente_direccion}. ` +
        "Si ponés otro ticket antes, le cambia la entrega que está haciendo.",
      confirmar: "Ponerlo antes",
    };
  }
  const cual =
    tickets.length === 1
      ? `${quien} va en camino con ${uno.numero} (${uno.cliente_direccion}).`
      : `${tickets.length} de estos tickets están en camino.`;
  const avisos = destino
    ? `Le avisamos a quien lo lleva que no vaya, y a ${destino} que ahora es suyo.`
    : "Le avisamos a quien lo lleva que no vaya.";
  return { titulo, texto: `${cual} ${avisos}`, confirmar: "Interrumpir y mover" };
}
