"""What a paquete would come to."""

from collections.abc import Sequence

from ahorro.domain.carrito import Renglon
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.paquete import Estimado, estimar
from ahorro.domain.pedido import Entrega
from ahorro.store.configuracion import select_configuracion
from ahorro.store.descuentos import select_reglas
from belgrano.database.work import Connection


async def select_estimado(
    con: Connection,
    salen: Sequence[Renglon],
    entrega: Entrega,
    ahora: int,
    de_fabrica: Configuracion | None = None,
) -> Estimado:
    """What these lines come to at an instant (ms UTC), with the promotions that rule then as far as they are known.

    What its owner has not said of the shop is as `de_fabrica` has it.
    """
    tienda = await select_configuracion(con, de_fabrica or Configuracion())
    return estimar(salen, entrega, await select_reglas(con, ahora), tienda, ahora)
