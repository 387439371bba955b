"""Whose a ticket is by what stands in the fichas of repartidores: a negocio, and a zona of barrios.

Texts are compared as people read them: without accents, case or blanks around.
"""

from collections.abc import Iterable
from functools import lru_cache

from belgrano.words.text import folded
from ticketera.domain.usuario import Usuario

llano = lru_cache(maxsize=4096)(folded)  # the same few names again and again


@lru_cache(maxsize=1024)
def _barrios(zona: str) -> frozenset[str]:
    return frozenset(llano(each) for each in zona.split(","))


def reparte_en(usuario: Usuario, barrio: str) -> bool:
    """Whether a barrio is in somebody's zona (barrios by commas)."""
    return bool(wanted := llano(barrio)) and wanted in _barrios(usuario.zona)


def lleva_de(usuario: Usuario, negocio: str) -> bool:
    """Whether somebody takes this negocio's orders."""
    return bool(wanted := llano(negocio)) and llano(usuario.negocio) == wanted


def fijos(negocio: str, barrio: str, personas: Iterable[Usuario]) -> list[Usuario]:
    """Whose ticket it is: those of its negocio; where there are none, those of its barrio. Active ones only."""
    activos = [each for each in personas if each.activo]
    return [each for each in activos if lleva_de(each, negocio)] or [
        each for each in activos if reparte_en(each, barrio)
    ]
