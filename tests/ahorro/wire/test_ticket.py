"""A pedido as Ticketera gets it."""

import json

from ahorro.domain.carrito import Renglon
from ahorro.domain.pedido import Entrega, Pedido
from ahorro.wire.ticket import ticket_data


def test_the_same_pedido_gives_the_same_bytes() -> None:
    pedido = Pedido(
        id=1,
        numero="PED-20261124-ABCDEFGH",
        usuario_id=1,
        cliente_nombre='Ana "Ñ" Pérez',
        cliente_email="a@b.test",
        tipo_cliente="cliente",
        entrega=Entrega("Calle 1", "1155551234", "efectivo"),
        total_centavos=150,
        creado_en=0,
        estado="pendiente",
        repartidor_nombre=None,
        motivo=None,
        estado_en=None,
        huella="",
        items=(Renglon(3, "Té", 1, 150, "N", "C"),),
    )

    assert ticket_data(pedido) == ticket_data(pedido)
    assert json.loads(ticket_data(pedido))["cliente_nombre"] == 'Ana "Ñ" Pérez'
    assert "\\u" not in ticket_data(pedido)
