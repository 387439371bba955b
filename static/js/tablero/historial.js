// One line of a ticket's history in words.
import { NOMBRE_DE_ESTADO } from "../nucleo/acciones.js";
import { fechaHora } from "../nucleo/formatos.js";
import { campos, texto } from "../nucleo/plantilla.js";

/** Fills a line with `{quien, en, que, de, a}` of the history. */
export function lineaDeHistorial(fila, suceso) {
  const parte = campos(fila);
  texto(parte.en, fechaHora(suceso.en));
  texto(parte.quien, suceso.quien?.nombre ?? suceso.quien ?? "Ticketera");
  texto(parte.que, NOMBRE_DE_SUCESO[suceso.que] ?? suceso.que);
  texto(parte.cambio, cambio(suceso));
  return fila;
}

const NOMBRE_DE_SUCESO = {};

function cambio({ de, a }) {
  const decir = (valor) => NOMBRE_DE_ESTADO[valor] ?? valor;
  if (!de && !a) return "";
  return de ? `${decir(de)} → ${decir(a)}` : decir(a);
}
