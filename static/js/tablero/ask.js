// A question with two answers, in the page's own dialog.
import { campos, texto } from "../page/template.js";

/**
 * @param {HTMLDialogElement} dialogo
 * @returns {(pregunta: {titulo: string, texto: string, confirmar: string}) => Promise<boolean>}
 */
export function prepararPreguntar(dialogo) {
  const parte = campos(dialogo);
  return function preguntar(pregunta) {
    texto(parte.titulo, pregunta.titulo);
    texto(parte.texto, pregunta.texto);
    texto(parte.confirmar, pregunta.confirmar);
    const volver = document.activeElement;
    dialogo.returnValue = "";
    dialogo.showModal();
    return new Promise((listo) => {
      dialogo.addEventListener(
        "close",
        () => {
          if (volver?.isConnected) volver.focus();
          listo(dialogo.returnValue === "si");
        },
        { once: true },
      );
    });
  };
}
