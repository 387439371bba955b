// The cast: tickets, repartidores and the table of acts as the server gives them. Builders say only what matters.

import TABLA from "../../belgrano/contract/acciones.json" with { type: "json" };

export { TABLA };

export const AHORA = Date.parse("2026-11-24T15:00:00.000Z");

export function ticket(id, mas = {}) {
  const repartidor_id = mas.repartidor_id === undefined ? 7 : mas.repartidor_id;
  return {
    id,
    numero: `PED-20261124-0000000${id}`,
    estado: repartidor_id === null ? "pendiente" : "asignado",
    prioridad: "normal",
    tipo_cliente: "cliente",
    cliente_nombre: "Ana Pérez",
    cliente_direccion: "Av. Belgrano 1234",
    cliente_telefono: "11 5555-1234",
    productos: [],
    total: 1900,
    metodo_pago: "efectivo",
    indicaciones: null,
    repartidor_nombre: repartidor_id === null ? null : "Martín",
    lugar: `a${id}`,
    version: 1,
    intento: 1,
    creado_en: "2026-11-24T14:50:00.000Z",
    asignado_en: repartidor_id === null ? null : "2026-11-24T14:58:00.000Z",
    recibido_en: null,
    visto_en: null,
    en_camino_en: null,
    llego_en: null,
    cerrado_en: null,
    motivo: null,
    cobrado: null,
    ...mas,
    repartidor_id,
  };
}

export function repartidor(id, mas = {}) {
  return {
    id,
    nombre: `Repartidor ${id}`,
    activo: true,
    en_turno: true,
    en_linea: true,
    tickets_abiertos: 0,
    ...mas,
  };
}
