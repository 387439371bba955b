"""Brings all that the earlier shop had, in the order in which one thing needs another."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ahorro.legado.catalogo import traer_catalogo
from ahorro.legado.cuentas import traer_los_paquetes, traer_usuarios
from ahorro.legado.pedidos import traer_los_pedidos
from ahorro.legado.traslado import Traslado
from belgrano.legado.origen import AHORRO, TICKETS, abierto


async def importar(
    traslado: Traslado, ahorro: Path, tickets: Path, catalogo: Mapping[str, Any], imagenes: Path | None
) -> None:
    """Catalogue, people, paquetes, pedidos. How far a pedido came stands in the earlier Ticketera's file."""
    async with abierto(ahorro, AHORRO) as origen, abierto(tickets, TICKETS) as suyos:
        await traer_catalogo(traslado, catalogo, imagenes)
        await traer_usuarios(traslado, origen)
        await traer_los_paquetes(traslado, origen)
        await traer_los_pedidos(traslado, origen, suyos)
