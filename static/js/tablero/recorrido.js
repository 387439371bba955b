// The way of a ticket in times, and how its delivery was proved.
import { CODIGOS, RECEPTORES } from "../words/contract.js";
import { fechaHora } from "../words/formats.js";
import { setAttribute, fields, clone, setText } from "../page/template.js";
import { request } from "../stream/requests.js";

/** What happened to a ticket and when: [words, time in words]. */
export function recorrido(ticket) {
  const demora = Math.max(0, Date.parse(ticket.recibido_en) - Date.parse(ticket.asignado_en));
  const dura = demora < 10_000 ? `${demora} ms` : `${Math.round(demora / 1000)} s`;
  const pasos = [
    ["Entró", ticket.creado_en],
    ["Asignado", ticket.asignado_en],
    [`Recibido en el teléfono${ticket.asignado_en ? `, en ${dura}` : ""}`, ticket.recibido_en],
    ["Visto", ticket.visto_en],
    ["Salió", ticket.en_camino_en],
    ["Llegó", ticket.llego_en],
    ["Cerrado", ticket.cerrado_en],
  ];
  return pasos.filter(([, en]) => en).map(([que, en]) => [que, fechaHora(en)]);
}

/** How the delivery was proved, in words. */
function textoDePrueba(prueba) {
  if (!prueba) return "";
  const quien = [prueba.receptor_nombre, RECEPTORES[prueba.receptor]?.tablero]
    .filter(Boolean)
    .join(", ");
  return [
    quien && `Recibió ${quien}`,
    CODIGOS[prueba.pin]?.tablero,
    prueba.faltan?.length && `Faltó: ${prueba.faltan.join(", ")}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Writes the proof into the panel and asks for its pictures, as long as `sigue()`. */
export async function fillPrueba(parte, ticket, sigue) {
  setText(parte.prueba, textoDePrueba(ticket.prueba));
  const hay = ticket.prueba?.fotos?.length || ticket.prueba?.firma;
  parte.pruebaCaja.hidden = !hay && parte.prueba.hidden;
  if (!hay) return;
  const { fotos } = await request("GET", `/api/tickets/${ticket.id}/fotos`).catch(() => ({
    fotos: [],
  }));
  if (!sigue() || parte.fotos.childElementCount === fotos.length) return;
  parte.fotos.replaceChildren(...fotos.map((foto) => unaFoto(ticket.id, foto)));
}

function unaFoto(id, foto) {
  const fila = clone("foto");
  const parte = fields(fila);
  const url = `/api/tickets/${id}/fotos/${encodeURIComponent(foto.foto_id)}`;
  setAttribute(parte.enlace, "href", url);
  setAttribute(parte.imagen, "src", url);
  setAttribute(
    parte.imagen,
    "alt",
    `${foto.tipo === "firma" ? "Firma" : "Foto"} de ${foto.repartidor.nombre}, ${fechaHora(foto.en)}`,
  );
  return fila;
}
