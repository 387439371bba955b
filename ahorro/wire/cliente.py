"""A customer as the shop's owner gets them."""

from ahorro.domain.cliente import Cliente
from ahorro.wire.text import Json, pesos
from belgrano.words.times import iso, iso_o_nada


def cliente_json(cliente: Cliente) -> Json:
    """All that the owner may see of a customer; `comercio` is null for who has none."""
    comercio = cliente.comercio
    return {
        "id": cliente.id,
        "nombre": cliente.nombre,
        "email": "" if cliente.borrado else cliente.email,
        "telefono": cliente.telefono,
        "rol": cliente.rol,
        "activo": cliente.activo,
        "borrado": cliente.borrado,
        "nota": cliente.nota,
        "creado_en": iso(cliente.creado_en),
        "pedidos": cliente.pedidos,
        "gastado": pesos(cliente.gastado_centavos),
        "ultimo_pedido": iso_o_nada(cliente.ultimo_pedido),
        "comercio": None
        if comercio is None
        else {
            "nombre": comercio.nombre,
            "cuit": comercio.cuit,
            "aprobado": comercio.aprobado,
            "lista": comercio.lista,
        },
        "version": cliente.version,
    }
