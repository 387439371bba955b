// One line of a ticket's history in words.
import { NOMBRE_DE_ACCION, NOMBRE_DE_ESTADO, NOMBRE_DE_MOTIVO } from "../nucleo/acciones.js";
import { fechaHora, pesos } from "../nucleo/formatos.js";
import { campos, texto } from "../nucleo/plantilla.js";

/** Fills a line with one change of the history: who, when, what, from → to. */
export function lineaDeHistorial(fila, suceso) {
  const parte = campos(fila);
  texto(parte.en, fechaHora(suceso.ocurrido_en ?? suceso.en));
  texto(parte.quien, suceso.quien.nombre);
  texto(parte.que, NOMBRE_DE_SUCESO[suceso.que] ?? NOMBRE_DE_ACCION[suceso.que] ?? suceso.que);
  texto(parte.cambio, [...cambios(suceso)].join(" · "));
  return fila;
}

const NOMBRE_DE_SUCESO = {
  creado: "Entró",
  asignado: "Asignado",
  movido: "Movido",
  deshecho: "Mudanza deshecha",
  editado: "Datos cambiados",
  conflicto: "Conflicto",
  conflicto_aceptado: "Conflicto aceptado",
  conflicto_descartado: "Conflicto descartado",
  entregar: "Entregado",
  fallar: "No entregado",
  cancelar: "Cancelado",
  corregir: "Corregido",
  reintentar: "A reintentar",
  volver: "Volvió a asignado",
  baja_del_repartidor: "Su repartidor fue dado de baja",
};

const NOMBRE_DE_CAMPO = {
  cliente_nombre: "quién recibe",
  cliente_direccion: "dirección",
  cliente_telefono: "celular",
  cliente_email: "mail",
  cliente_lat: "ubicación",
  cliente_lng: "ubicación",
  metodo_pago: "forma de pago",
  indicaciones: "indicaciones",
  prioridad: "prioridad",
};

function* cambios({ de, a, repartidor_de, repartidor_a, detalle }) {
  if (repartidor_de !== repartidor_a) yield `${repartidor_de ?? "Sin asignar"} → ${repartidor_a ?? "Sin asignar"}`;
  else if (de && de !== a) yield `${NOMBRE_DE_ESTADO[de] ?? de} → ${NOMBRE_DE_ESTADO[a] ?? a}`;
  for (const [campo, valor] of Object.entries(detalle ?? {})) {
    const nombre = NOMBRE_DE_CAMPO[campo] ?? campo;
    if (valor && typeof valor === "object") yield `${nombre}: ${valor.de || "—"} → ${valor.a || "—"}`;
    else if (campo === "cobrado") yield `cobró ${pesos(valor)}`;
    else if (campo === "motivo") yield NOMBRE_DE_MOTIVO[valor] ?? valor;
    else yield `${nombre}: ${valor}`;
  }
}
