// What the server would never take: kept on the phone, shown under "Más", until the central has been told.
import { enlaceDeWhatsApp } from "../words/contacto.js";
import { hora, pesosJustos } from "../words/formats.js";

const FISICOS = { entregar: "la entrega", fallar: "el intento de entrega" };
const LEIDOS = new Set(["ticket_ajeno", "cerrado", "no_existe", "fuera_de_plazo"]);

/** Whether an act happened in the street and left nothing on the server. Pure. */
export function esProblema({ acto }, rechazo) {
  return (
    acto.accion in FISICOS &&
    !rechazo.cuerpo?.conflicto_id &&
    !LEIDOS.has(rechazo.codigo) &&
    rechazo.status !== 404
  );
}

/** The record in words: `PED-1: no se pudo registrar la entrega de las 18:04 (cobraste $ 1.900). Motivo: …`. Pure. */
export function inWords({ numero, acto, detalle }) {
  const cobro = acto.cobrado ? ` (${pesosJustos(acto.cobrado)} cobrados)` : "";
  return `${numero}: no se pudo registrar ${FISICOS[acto.accion]} de las ${hora(acto.ocurrido_en)}${cobro}. ${detalle}`;
}

/** Where to tell the central: WhatsApp if it has one, else a call; null without a number. Pure. */
export function avisoA(central, uno) {
  if (central?.whatsapp) return enlaceDeWhatsApp(central.whatsapp, inWords(uno));
  return central?.llamar ? `tel:${central.llamar}` : null;
}
