"""The owner moves many prices at once, looks first, and takes it back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ahorro.domain.auditoria import ALTA, BAJA, Asiento, Quien
from ahorro.domain.catalogo import PRECIO_MAXIMO_CENTAVOS, Filtro
from ahorro.domain.errors import CambioGrande, CampoInvalido, ClaveReusada, NoExiste, PreciosCambiaron
from ahorro.domain.precios import Movida, Movimiento, Regla, mover
from ahorro.store.auditoria import insert_asientos
from ahorro.store.catalogo import select_productos
from ahorro.store.fichas import select_id_de, update_rige
from ahorro.store.precios import (
    Cambiado,
    insert_lote,
    select_cambiados,
    select_lote,
    update_lote_deshecho,
    update_ofertas,
    update_precios,
)
from belgrano.database.once import once
from belgrano.database.work import Connection, Work

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Pedida:
    """What the owner asks for: which products, and how their prices move."""

    filtro: Filtro
    regla: Regla
    forzar: bool = False

    @property
    def huella(self) -> str:
        """A hash of all of it."""
        said = asdict(self)
        del said["filtro"]["en_promocion"]  # found when it is looked for, and no part of what is asked
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


async def ver_precios(con: Connection, pedida: Pedida) -> Movida:
    """What would come of it. Raises CampoInvalido for a negocio or categoria that nobody has, or too high a price."""
    for campo, table in (("negocio", "negocios"), ("categoria", "categorias")):
        cual = getattr(pedida.filtro, campo)
        if cual and await select_id_de(con, table, cual) is None:
            raise CampoInvalido("filtro", f"{campo} no está entre los que hay cargados.")
    productos, _ = await select_productos(con, pedida.filtro, limite=MOST, imagenes=False)
    movida = mover(productos, pedida.regla)
    if any(each.despues > PRECIO_MAXIMO_CENTAVOS for each in movida.movimientos):
        raise CampoInvalido("porcentaje" if pedida.regla.por_diez_mil else "monto", "deja un precio demasiado alto.")
    return movida


async def cambiar_precios(work: Work, quien: Quien, lote: str, pedida: Pedida, *, vista: str = "") -> Movida:
    """Move the prices, once per `lote`: a second time it is what came of the first.

    `vista` is the `huella` of what whoever asks was shown, where they were. Raises what `ver_precios` does,
    PreciosCambiaron, CambioGrande where nobody said `forzar`, and ClaveReusada.
    """

    async def known() -> tuple[str, Movida] | None:
        hecho = await select_lote(work.con, lote)
        return None if hecho is None else (hecho.huella, hecho.movida)

    async def first() -> Movida:
        movida = await ver_precios(work.con, pedida)
        if vista and vista != movida.huella:
            raise PreciosCambiaron
        if movida.pide_forzar and not pedida.forzar:
            raise CambioGrande
        await update_precios(work.con, quien, movida.movimientos, work.ahora, lote)
        await insert_lote(work.con, lote, pedida.huella, movida, work.ahora)
        said = {**asdict(pedida.regla), "cantidad": len(movida.movimientos)}
        await insert_asientos(work.con, quien, [Asiento("precios", None, lote, ALTA, None, said)], work.ahora)
        return movida

    return await once(known(), pedida.huella, first, ClaveReusada)


async def deshacer_precios(work: Work, quien: Quien, lote: str) -> Mapping[int, str | None]:
    """Put back the prices of a lote that nobody set since: by product, why it stays (None: it went back).

    An offer that the lote dropped comes back with the price, unless the product has another one by now.

    A second time it is what came of the first. Raises NoExiste.
    """
    hecho = await select_lote(work.con, lote)
    if hecho is None:
        raise NoExiste("No existe ese cambio de precios.")
    if hecho.deshecho is not None:
        return hecho.deshecho
    cambiados = await select_cambiados(work.con, lote)
    deshecho = {each.id: _why_not(each) for each in cambiados}
    vuelven = [Movimiento(c.id, c.nombre, c.ahora, c.antes) for c in cambiados if deshecho[c.id] is None]
    await update_precios(work.con, quien, vuelven, work.ahora, f"{lote}/deshacer")
    dropped = {m.id: m.oferta for m in hecho.movida.movimientos}
    sin_oferta = {c.id for c in cambiados if c.oferta is None}
    ofertas = [(m.id, oferta) for m in vuelven if m.id in sin_oferta and (oferta := dropped.get(m.id))]
    await update_ofertas(work.con, ofertas)
    if ofertas:
        await update_rige(work.con, work.ahora)
    await update_lote_deshecho(work.con, lote, deshecho)
    said = {"cantidad": len(vuelven)}
    await insert_asientos(work.con, quien, [Asiento("precios", None, lote, BAJA, None, said)], work.ahora)
    return deshecho


def _why_not(each: Cambiado) -> str | None:
    if not each.ultimo or each.ahora != each.despues:
        return "cambio_despues"
    if each.oferta is not None and each.oferta >= each.antes:
        return "oferta_mayor"
    return None
