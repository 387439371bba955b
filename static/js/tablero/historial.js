// A ticket's history in words: who, from where, when it happened and when it came in, what, and what can be undone.
import { NOMBRE_DE_ACCION } from "../words/acciones.js";
import { ESTADOS, MOTIVOS } from "../words/contract.js";
import { DICHO } from "../words/encargo.js";
import { cuantos, fechaHora, hora, pesos, pesosJustos } from "../words/formats.js";
import { cambiosDeProductos } from "../words/renglones.js";
import { fields, setText } from "../page/template.js";

const TARDE_MS = 60_000;
const DESDE = {
  admin: "desde el tablero",
  repartidor: "desde el teléfono",
  tienda: "por la tienda",
  regla: "",
};

/** Fills a line with one change. */
export function lineaDeHistorial(fila, suceso) {
  const parte = fields(fila);
  const paso = suceso.ocurrido_en ?? suceso.en;
  setText(parte.en, fechaHora(paso));
  setText(
    parte.llego,
    Date.parse(suceso.en) - Date.parse(paso) > TARDE_MS ? `llegó ${hora(suceso.en)}` : "",
  );
  setText(parte.que, NOMBRE_DE_SUCESO[suceso.que] ?? NOMBRE_DE_ACCION[suceso.que] ?? suceso.que);
  setText(parte.cambio, [...cambios(suceso)].join(" · "));
  setText(
    parte.quien,
    suceso.quien.rol === "tienda"
      ? "La tienda"
      : [suceso.quien.nombre, DESDE[suceso.quien.rol]].filter(Boolean).join(", "),
  );
  return fila;
}

/**
 * Which change of a history can be undone, and how: a mudanza that nothing has touched since (later ones that were taken
 * back are no touch), by its clave; what the rule gave, by giving it back. Null: none.
 * @returns {{lugar: number, clave?: string, nombre: string} | null}
 */
export function undoable(historial, ticket) {
  const vueltas = new Set(
    historial.filter(({ que }) => que === "deshecho").map(({ clave }) => clave),
  );
  const lugar = historial.findLastIndex(
    ({ que, clave }) =>
      !que.startsWith("conflicto") &&
      que !== "deshecho" &&
      !(que === "movido" && vueltas.has(clave)),
  );
  const ultimo = historial[lugar];
  if (ultimo?.mudados)
    return {
      lugar,
      clave: ultimo.clave,
      nombre:
        ultimo.mudados > 1
          ? `Deshacer la mudanza de ${cuantos(ultimo.mudados, "ticket", "tickets")}`
          : "Deshacer",
    };
  const dado = historial.findLastIndex(
    ({ repartidor_de, repartidor_a }) => repartidor_de !== repartidor_a,
  );
  const solo =
    historial[dado]?.detalle?.regla ||
    (historial[dado]?.que === "asignado" && historial[dado].quien.rol === "regla");
  return solo && ticket.estado === "asignado" ? { lugar: dado, nombre: "Deshacer" } : null;
}

const NOMBRE_DE_SUCESO = {
  creado: "Entró",
  asignado: "Asignado",
  tomado: "Tomó la oferta",
  movido: "Movido",
  deshecho: "Mudanza deshecha",
  editado: "Datos cambiados",
  revisado: "Pedido actualizado",
  olvidado: "Datos del cliente borrados",
  ubicado: "Ubicado en el mapa",
  conflicto: "Conflicto",
  conflicto_aceptado: "Conflicto aceptado",
  conflicto_descartado: "Conflicto descartado",
  entregar: "Entregado",
  fallar: "No entregado",
  cancelar: "Cancelado",
  corregir: "Corregido",
  reintentar: "A reintentar",
  resuelto: "Resuelto",
  sin_resolver: "Otra vez por resolver",
  volver: "Volvió a asignado",
  baja_del_repartidor: "Su repartidor fue dado de baja",
};

/** `piso`, as the table of fields says it, without its article. */
const nombreDe = (campo) => DICHO[campo]?.replace(/^(el|la|las) /, "") ?? campo;

// Instants that were written down before they were ISO 8601 are milliseconds.
const dicho = (campo, valor) =>
  (valor && /_en$|^franja/.test(campo) ? fechaHora(valor) : valor) || "—";

const PAGO = { null: "sin decir", true: "pagado", false: "sin pagar" };

function* cambios({ que, de, a, repartidor_de, repartidor_a, detalle }) {
  if (que === "creado") {
    if (repartidor_a) yield `→ ${repartidor_a}`;
  } else if (repartidor_de !== repartidor_a)
    yield `${repartidor_de ?? "Sin asignar"} → ${repartidor_a ?? "Sin asignar"}`;
  else if (que === "movido") yield "otro lugar del recorrido";
  if (de && de !== a && repartidor_de === repartidor_a)
    yield `${ESTADOS[de]?.oficina ?? de} → ${ESTADOS[a]?.oficina ?? a}`;
  for (const [campo, valor] of Object.entries(detalle ?? {})) {
    if (campo === "regla") yield "por la asignación automática";
    else if (campo === "cobrado") yield `cobró ${pesos(valor)}`;
    else if (campo === "motivo") yield MOTIVOS[valor]?.oficina ?? valor;
    else if (campo === "productos") yield cambiosDeProductos(valor.de, valor.a);
    else if (campo === "total")
      yield `Total ${pesosJustos(valor.a)} (antes ${pesosJustos(valor.de)})`;
    else if (campo === "pagado") yield `pago: ${PAGO[valor.de]} → ${PAGO[valor.a]}`;
    else if (campo === "preparado_en")
      yield valor.a ? `preparado ${dicho(campo, valor.a)}` : "todavía no está preparado";
    else if (campo === "cliente_lat") yield "otro punto en el mapa";
    else if (campo === "cliente_lng") continue;
    else if (valor && typeof valor === "object")
      yield `${nombreDe(campo)}: ${dicho(campo, valor.de)} → ${dicho(campo, valor.a)}`;
    else yield `${nombreDe(campo)}: ${valor}`;
  }
}
