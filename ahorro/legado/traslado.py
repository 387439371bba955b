"""One import under way: where it is kept, whether it is at all, and what is told of it."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from belgrano.database.base import Base
from belgrano.database.traidos import select_traidos
from belgrano.legado.informe import Informe


@dataclass(slots=True)
class Traslado:
    """`base` is None where there is no database yet; without `aplicar` nothing is kept.

    `cuentas` are the ids of `usuarios` that come, `productos` what the catalogue says of each by its id.
    """

    base: Base | None
    informe: Informe
    aplicar: bool
    cuentas: set[int] = field(default_factory=set)
    productos: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # nombre, negocio, categoria

    async def guardar(
        self, tabla: str, traidos: Sequence[Any], act: Callable[..., Coroutine[Any, Any, int]], filas: int
    ) -> None:
        """Keep a piece of a table in one commit, or count what of it would be new."""
        if self.aplicar and self.base is not None:
            nuevas = await self.base.do(act, traidos)
        else:
            nuevas = len(traidos) - len(await self.vinieron(tabla, [each.clave for each in traidos]))
        self.informe.pieza(filas, nuevas=nuevas, estaban=len(traidos) - nuevas)

    async def vinieron(self, tabla: str, claves: Sequence[str]) -> dict[str, int]:
        """Which of these rows came before."""
        return await self.base.read(select_traidos, tabla, claves) if self.base else {}
