"""What the pages of the office call estados, motivos and ways to pay; the scripts say the same (words/acciones.js)."""

from ticketera.domain.ticket import Estado

ESTADOS: dict[str, str] = {
    Estado.PENDIENTE: "Sin asignar",
    Estado.ASIGNADO: "Asignado",
    Estado.EN_CAMINO: "En camino",
    Estado.ENTREGADO: "Entregado",
    Estado.FALLIDO: "No entregado",
    Estado.CANCELADO: "Cancelado",
}
MOTIVOS = {
    "cliente_ausente": "No había nadie",
    "no_contesta": "No contesta",
    "direccion_incorrecta": "Dirección incorrecta",
    "rechazado_por_cliente": "Rechazó el pedido",
    "sin_pago": "No tenía con qué pagar",
    "producto_faltante_o_danado": "Faltó o se rompió algo",
    "zona_insegura": "Zona insegura o sin paso",
    "vehiculo_averiado": "Problema con el vehículo",
    "fuera_de_horario": "Fuera de horario",
    "otro": "Otro motivo",
}
PAGOS = {
    "efectivo": "Efectivo",
    "transferencia": "Transferencia",
    "tarjeta": "Tarjeta",
    "mercadopago": "Mercado Pago",
}
