// What a person is told when the server did not take an act. Pure.
import { PRUEBAS } from "../words/contract.js";

/**
 * What the person is told when the server did not take an act; `clase` as `Fijos.say` has it.
 * @param {Json} registro
 * @param {{codigo?: string, cuerpo?: Json, status?: number, message: string}} rechazo
 * @returns {{clase: "rechazo" | "retirado", grave: boolean, texto: string}}
 */
export function textoDeRechazo(registro, rechazo) {
  const { numero, acto } = registro;
  const hecho = acto.accion === "entregar" ? "entrega" : "intento de entrega";
  if (rechazo.cuerpo?.conflicto_id) {
    if (rechazo.codigo === "en_revision")
      return { clase: "rechazo", grave: true, texto: `${numero}: ${rechazo.message}` };
    if (rechazo.codigo === "falta_prueba") {
      return {
        clase: "rechazo",
        grave: true,
        texto: `${numero}: falta ${inWords(rechazo.cuerpo.faltan)}. Tu entrega quedó registrada: la central la revisa.`,
      };
    }
    const por = rechazo.codigo === "ticket_ajeno" ? "ya no era tuyo" : "ya estaba cerrado";
    return {
      clase: "rechazo",
      grave: true,
      texto: `${numero}: ${por}. Tu ${hecho} quedó registrada: la central la revisa.`.replace(
        "intento de entrega quedó registrada: la central la",
        "intento quedó registrado: la central lo",
      ),
    };
  }
  if (rechazo.codigo === "ticket_ajeno" || rechazo.status === 404)
    return { clase: "retirado", grave: true, texto: `${numero} ya no es tuyo. No vayas.` };
  if (rechazo.codigo === "cerrado")
    return {
      clase: "retirado",
      grave: true,
      texto: `${numero} ya está cerrado. No hace falta que vayas.`,
    };
  if (rechazo.codigo === "fuera_de_plazo")
    return {
      clase: "rechazo",
      grave: false,
      texto: `${numero}: pasaron más de 30 segundos, ya no se puede deshacer. Avisale a la central.`,
    };
  if (acto.accion === "llegar" || acto.accion === "volver")
    return { clase: "rechazo", grave: false, texto: `${numero}: ${rechazo.message}` };
  return {
    clase: "rechazo",
    grave: true,
    texto: `${numero}: no se pudo registrar. ${rechazo.message}`,
  };
}

/** `la foto y la firma`. */
export function inWords(clases) {
  return clases
    .map((una) => PRUEBAS[una]?.telefono ?? una)
    .join(", ")
    .replace(/, (?=[^,]*$)/, " y ");
}
