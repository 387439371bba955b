// A question with two answers, in the page's own dialog.
import { fields, setText } from "../page/template.js";

/**
 * @param {HTMLDialogElement} dialogo
 * @returns {(pregunta: {titulo: string, texto: string, confirmar: string}) => Promise<boolean>}
 */
export function prepareAsk(dialogo) {
  const parte = fields(dialogo);
  return function ask(pregunta) {
    setText(parte.titulo, pregunta.titulo);
    setText(parte.texto, pregunta.texto);
    setText(parte.confirmar, pregunta.confirmar);
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
