// One field of a ticket being edited: how it is sent, and what happens when somebody else changed the ticket. Pure.

const LOCAL = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "America/Argentina/Buenos_Aires",
  dateStyle: "short",
  timeStyle: "short",
});
const PARTES = { franja: ["franja_desde", "franja_hasta"] };

const partesDe = (campo) => PARTES[campo] ?? [campo];

/** What a ticket says in a field, as a text to compare. */
export const valorDe = (ticket, campo) =>
  partesDe(campo)
    .map((parte) => ticket[parte] ?? "")
    .join("\n");

/** What stands in the field's inputs at first. */
export function escritoDe(ticket, campo) {
  if (campo !== "franja") return [ticket[campo] ?? ""];
  const [desde, hasta] = partesDe(campo).map((parte) =>
    ticket[parte] ? LOCAL.format(new Date(ticket[parte])).split(" ") : ["", ""],
  );
  return [desde[0], desde[1], hasta[1]];
}

/** What the inputs say, as the fields of a PATCH; null for a franja that is not whole. */
export function cambiosDe(campo, escrito) {
  if (campo !== "franja") return { [campo]: escrito[0].trim() };
  const [fecha, desde, hasta] = escrito;
  if (!fecha && !desde && !hasta) return { franja_desde: null, franja_hasta: null };
  if (!fecha || !desde || !hasta) return null;
  const fin = new Date(`${fecha}T${hasta}-03:00`);
  // Its end at 00:00 is the end of the day.
  if (hasta === "00:00") fin.setUTCDate(fin.getUTCDate() + 1);
  return {
    franja_desde: new Date(`${fecha}T${desde}-03:00`).toISOString(),
    franja_hasta: fin.toISOString(),
  };
}

/**
 * Sends a field. Where somebody changed another one meanwhile it is sent again upon the new version.
 *
 * @param {object} parts
 * @param {(metodo: string, url: string, datos?: Json) => Promise<Json>} parts.send
 * @param {Json} parts.ticket as this page knows it
 * @param {string} parts.campo
 * @param {Json} parts.cambios `cambiosDe` what was typed
 * @param {string} parts.base `valorDe` what was there when the person began
 * @returns {Promise<{ticket?: Json, ajeno?: Json, por?: Json}>} saved; or somebody changed this very field (`ajeno`)
 */
export async function save({ send, ticket, campo, base, cambios }) {
  const url = `/api/tickets/${ticket.id}`;
  const mio = valorDe(cambios, campo);
  for (let vez = 0; ; vez += 1) {
    try {
      return { ticket: await send("PATCH", url, { version: ticket.version, ...cambios }) };
    } catch (error) {
      if (error.codigo !== "version_vieja" || vez === 5) throw error;
      ticket = await send("GET", url);
      const suyo = valorDe(ticket, campo);
      // An earlier try of ours may have arrived though its answer did not.
      if (suyo === mio) return { ticket };
      if (suyo !== base)
        return { ajeno: ticket, por: quienCambio(ticket.historial, campo) ?? error.cuerpo?.por };
    }
  }
}

/** Who changed a field last. */
export function quienCambio(historial, campo) {
  return historial?.findLast(
    ({ que, detalle }) =>
      (que === "editado" || que === "revisado") &&
      partesDe(campo).some((parte) => parte in (detalle ?? {})),
  )?.quien;
}
