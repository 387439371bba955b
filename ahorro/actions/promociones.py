"""The owner's acts on promotions and coupons: a new one, and changes to one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from ahorro.domain.auditoria import ALTA, Asiento, Quien, asientos_de
from ahorro.domain.errors import CampoInvalido, NoExiste, VersionVieja
from ahorro.domain.promociones import CAMPOS, Alcance, Promocion, PromocionDicha, check_promocion
from ahorro.store.auditoria import insert_asientos
from ahorro.store.promociones import (
    insert_promocion,
    select_cuales,
    select_cupon,
    select_nombres_de,
    select_promocion,
    update_promocion,
)
from belgrano.database.work import Work
from belgrano.words.times import iso_o_nada


async def crear_promocion(work: Work, quien: Quien, datos: Mapping[str, Any]) -> PromocionDicha:
    """A new one, which rules at once unless it says otherwise. Raises CampoInvalido naming what cannot be.

    What it is for comes by id, clave or name in `cuales`.
    """
    promocion = await _dicha(work, Promocion(0, 1, "", "porcentaje"), datos)
    await _check(work, promocion)
    promocion_id = await insert_promocion(work.con, {campo: getattr(promocion, campo) for campo in CAMPOS})
    made = await _promocion(work, promocion_id)
    line = Asiento("promocion", promocion_id, promocion.nombre, ALTA, None, _en_palabras(made))
    await insert_asientos(work.con, quien, [line], work.ahora)
    return made


async def cambiar_promocion(
    work: Work, quien: Quien, promocion_id: int, version: int, datos: Mapping[str, Any]
) -> PromocionDicha:
    """Change what `datos` says of it; with nothing new in it nothing is counted. Pedidos keep what they got.

    Raises NoExiste, VersionVieja carrying it as it is, and CampoInvalido.
    """
    antes = await _promocion(work, promocion_id)
    if antes.promocion.version != version:
        raise VersionVieja("promocion", antes)
    despues = await _dicha(work, antes.promocion, datos)
    nuevo = {c: getattr(despues, c) for c in CAMPOS if getattr(despues, c) != getattr(antes.promocion, c)}
    if not nuevo:
        return antes
    await _check(work, despues)
    await update_promocion(work.con, promocion_id, nuevo)
    changed = await _promocion(work, promocion_id)
    said = _en_palabras(changed)
    lines = asientos_de(
        "promocion", promocion_id, antes.promocion.nombre, _en_palabras(antes), {campo: said[campo] for campo in nuevo}
    )
    await insert_asientos(work.con, quien, lines, work.ahora)
    return changed


async def _dicha(work: Work, antes: Promocion, datos: Mapping[str, Any]) -> Promocion:
    """The promotion with what `datos` says; another kind or another reach forgets what went with the one before."""
    said = dict(datos)
    if said.get("tipo", antes.tipo) != antes.tipo:
        said = {**dict.fromkeys(("lleva", "paga", "por_ciento", "monto_centavos")), "mezcla": False, **said}
    alcance: Alcance = said.get("alcance", antes.alcance)
    if "cuales" in said:
        said["cuales"] = await _cuales(work, alcance, said["cuales"])
    elif alcance != antes.alcance:
        said["cuales"] = ()
    return replace(antes, **said)


async def _cuales(work: Work, alcance: Alcance, dichos: Sequence[str]) -> tuple[int, ...]:
    found = {} if alcance == "todo" else await select_cuales(work.con, alcance, dichos)
    for cual in dichos:
        if cual not in found:
            raise CampoInvalido("cuales", f"No encontramos «{cual}».")
        if len(found[cual]) > 1:
            raise CampoInvalido("cuales", f"Hay más de uno que se llama «{cual}»: decinos su código o clave.")
    return tuple(dict.fromkeys(found[cual][0] for cual in dichos))


async def _check(work: Work, promocion: Promocion) -> None:
    check_promocion(promocion)
    otro = await select_cupon(work.con, promocion.codigo) if promocion.codigo else None
    if otro is not None and otro.id != promocion.id:
        raise CampoInvalido("codigo", f"ya es el de «{otro.nombre}».")


async def _promocion(work: Work, promocion_id: int) -> PromocionDicha:
    promocion = await select_promocion(work.con, promocion_id)
    if promocion is None:
        raise NoExiste("No existe esa promoción.")
    return PromocionDicha(promocion, await select_nombres_de(work.con, promocion.alcance, promocion.cuales))


def _en_palabras(dicha: PromocionDicha) -> dict[str, Any]:
    """As the book has it: what it is for by name, instants as text."""
    said = asdict(dicha.promocion)
    read = {"cuales": list(dicha.nombres.values()), **{each: iso_o_nada(said[each]) for each in ("desde", "hasta")}}
    return {campo: said[campo] for campo in CAMPOS} | read
