"""The owner moves many prices at once, looks first, and takes it back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from ahorro.domain.auditoria import ALTA, BAJA, Asiento, Quien
from ahorro.domain.catalogo import PRECIO_MAXIMO_CENTAVOS, Filtro
from ahorro.domain.errors import CambioGrande, CampoInvalido, ClaveReusada, NoExiste, NoSeAplico, PreciosCambiaron
from ahorro.domain.precios import Alistada, Aviso, Movida, Movimiento, Regla, alistar, mover
from ahorro.domain.programado import SE_PROGRAMO, Programado, check_desde
from ahorro.store.auditoria import insert_asientos
from ahorro.store.catalogo import select_productos
from ahorro.store.fichas import select_id_de, update_rige
from ahorro.store.precios import (
    Cambiado,
    has_otro_precio,
    insert_lote,
    select_cambiados,
    select_lote,
    update_lote_deshecho,
    update_ofertas,
    update_precios,
)
from ahorro.store.programados import insert_programado, select_programado, select_programados
from belgrano.database.once import once
from belgrano.database.work import Connection, Work
from belgrano.words.times import fecha_hora, iso

MOST = 1_000_000
NOMBRADOS = 20  # products that a line of the book names; what became of each stands in its own history


@dataclass(frozen=True, slots=True)
class Pedida:
    """What the owner asks for: which products, how their prices move, and from when on (ms UTC; None: at once)."""

    filtro: Filtro
    regla: Regla
    forzar: bool = False
    desde: int | None = None

    @property
    def huella(self) -> str:
        """A hash of all of it."""
        said = asdict(self)
        del said["filtro"]["en_promocion"]  # found when it is looked for, and no part of what is asked
        if self.desde is None:
            del said["desde"]  # the hashes of before there were moments are stored
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


async def ver_precios(con: Connection, pedida: Pedida, ahora: int) -> Movida:
    """What would come of it, and for which of it another change waits already.

    Raises CampoInvalido for a negocio or categoria that nobody has, too high a price, or a moment too far off.
    """
    check_desde(pedida.desde, ahora)
    for campo, table in (("negocio", "negocios"), ("categoria", "categorias")):
        cual = getattr(pedida.filtro, campo)
        if cual and await select_id_de(con, table, cual) is None:
            raise CampoInvalido("filtro", f"{campo} no está entre los que hay cargados.")
    productos, _ = await select_productos(con, pedida.filtro, limite=MOST, imagenes=False)
    movida = mover(productos, pedida.regla)
    if any(each.despues > PRECIO_MAXIMO_CENTAVOS for each in movida.movimientos):
        raise CampoInvalido("porcentaje" if pedida.regla.por_diez_mil else "monto", "deja un precio demasiado alto.")
    espera: dict[int, str] = {}
    for otro in await select_programados(con):
        dicho = f"Ya hay un cambio programado para el {fecha_hora(otro.desde)}."
        for m in otro.movida.movimientos:
            espera.setdefault(m.id, dicho)
    movida.avisos.extend(
        Aviso(m.id, m.nombre, "programado", espera[m.id]) for m in movida.movimientos if m.id in espera
    )
    return movida


async def cambiar_precios(
    work: Work, quien: Quien, lote: str, pedida: Pedida, *, alistada: Alistada | None = None, vista: str = ""
) -> Movida:
    """Move the prices, once per `lote`: a second time it is what came of the first.

    With a moment to come they move then (`programados.aplicar_programado`), and nothing changes yet; one that has
    passed is at once, as an offer's first day may have passed. `vista` is the `huella` of what whoever asks was shown,
    where they were. `alistada` is what `ver_precios` said just before, made ready: it is done, unless one of its prices
    is another by now. Raises what `ver_precios` does, PreciosCambiaron, CambioGrande where nobody said `forzar`, and
    ClaveReusada.
    """

    async def first() -> Movida:
        lista = alistada
        if lista is None or await has_otro_precio(work.con, lista.precios):
            lista = alistar(await ver_precios(work.con, pedida, work.ahora))
        movida = lista.movida
        if vista and vista != lista.huella:
            raise PreciosCambiaron
        if movida.pide_forzar and not pedida.forzar:
            raise CambioGrande
        if pedida.desde is None or pedida.desde <= work.ahora:
            await aplicar_lote(work, quien, lote, pedida.huella, pedida.regla, lista)
        else:
            nuevo = Programado(lote, pedida.huella, pedida.regla, movida, pedida.desde, work.ahora, quien)
            await insert_programado(work.con, nuevo, lista.respuesta)
            line = asiento_de(lote, SE_PROGRAMO, movida.movimientos, **asdict(pedida.regla), desde=iso(pedida.desde))
            await insert_asientos(work.con, quien, [line], work.ahora)
        return movida

    return await once(lo_hecho(work.con, lote), pedida.huella, first, ClaveReusada)


async def lo_hecho(con: Connection, lote: str) -> tuple[str, Movida] | None:
    """What was asked under a clave (a hash), done or scheduled, and what was answered."""
    hecho = await select_programado(con, lote) or await select_lote(con, lote)
    return None if hecho is None else (hecho.huella, hecho.movida)


async def aplicar_lote(
    work: Work, quien: Quien, lote: str, huella: str, regla: Regla, lista: Alistada, **mas: object
) -> None:
    """Write the prices, keep what is needed to take them back, and note it, with `mas` to be read in the book."""
    await update_precios(work.con, quien, lista.precios, work.ahora, lote)
    await insert_lote(work.con, lote, huella, lista.respuesta, work.ahora)
    line = asiento_de(lote, ALTA, lista.movida.movimientos, **asdict(regla), **mas)
    await insert_asientos(work.con, quien, [line], work.ahora)


def asiento_de(lote: str, campo: str, movimientos: Sequence[Movimiento], **mas: object) -> Asiento:
    """The line of the book for prices that move together: from what to what, for the first of them by name."""
    some = movimientos[:NOMBRADOS]
    de = {"precios": [{"nombre": m.nombre, "precio_centavos": m.antes} for m in some]}
    a = {"precios": [{"nombre": m.nombre, "precio_centavos": m.despues} for m in some]}
    return Asiento("precios", None, lote, campo, de, {**mas, "cantidad": len(movimientos), **a})


async def deshacer_precios(work: Work, quien: Quien, lote: str) -> Mapping[int, str | None]:
    """Put back the prices of a lote that nobody set since: by product, why it stays (None: it went back).

    An offer that the lote dropped comes back with the price, unless the product has another one by now.

    A second time it is what came of the first. Raises NoExiste, and NoSeAplico for one that waits or was cancelled.
    """
    hecho = await select_lote(work.con, lote)
    if hecho is None and await select_programado(work.con, lote) is not None:
        raise NoSeAplico
    if hecho is None:
        raise NoExiste("No existe ese cambio de precios.")
    if hecho.deshecho is not None:
        return hecho.deshecho
    cambiados = await select_cambiados(work.con, lote)
    deshecho = {each.id: _why_not(each) for each in cambiados}
    vuelven = [Movimiento(c.id, c.nombre, c.ahora, c.antes) for c in cambiados if deshecho[c.id] is None]
    await update_precios(work.con, quien, alistar(Movida(vuelven, [])).precios, work.ahora, f"{lote}/deshacer")
    dropped = {m.id: m.oferta for m in hecho.movida.movimientos}
    sin_oferta = {c.id for c in cambiados if c.oferta is None}
    ofertas = [(m.id, oferta) for m in vuelven if m.id in sin_oferta and (oferta := dropped.get(m.id))]
    await update_ofertas(work.con, ofertas)
    if ofertas:
        await update_rige(work.con, work.ahora)
    await update_lote_deshecho(work.con, lote, deshecho)
    await insert_asientos(work.con, quien, [asiento_de(lote, BAJA, vuelven)], work.ahora)
    return deshecho


def _why_not(each: Cambiado) -> str | None:
    if not each.ultimo or each.ahora != each.despues:
        return "cambio_despues"
    if each.oferta is not None and each.oferta >= each.antes:
        return "oferta_mayor"
    return None
