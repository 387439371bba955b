"""What a product's form says of its price besides: what it has cost, and what it will cost."""

from collections.abc import Mapping
from functools import partial

from ahorro.domain.catalogo import Producto
from ahorro.domain.precios import escalera
from ahorro.domain.programado import cuando_dicho
from ahorro.routes.house import base
from ahorro.store.precios import select_historia
from ahorro.store.programados import select_programados
from belgrano.words.times import now


async def historia_de(producto: Producto | None) -> Mapping[str, object]:
    """The `historia` of its price, the line of it, and each price that is `por_venir`: (Programado, centavos)."""
    if producto is None:
        return {}
    ahora, historia = now(), await base().read(select_historia, producto.id)
    por_venir = [
        (programado, each.despues)
        for programado in await base().read(select_programados)
        for each in programado.movida.movimientos
        if each.id == producto.id and each.antes == producto.precio_centavos
    ]
    return {
        "historia": historia,
        "escalera": escalera(historia[::-1], ahora),
        "por_venir": por_venir,
        "cuando": partial(cuando_dicho, ahora=ahora),
    }
