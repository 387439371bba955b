"""The owner takes a supplier's list: its columns are remembered, its prices become the shop's, in one commit."""

from ahorro.actions.precios import aplicar_lote, lo_hecho
from ahorro.domain.auditoria import Quien
from ahorro.domain.errors import CambioGrande, ClaveReusada, PreciosCambiaron
from ahorro.domain.importar import Escritos
from ahorro.domain.precios import Alistada, Movida
from ahorro.domain.proveedor import Proveedor
from ahorro.store.importar import select_cambiados_desde, select_ocupados, write_escritos
from ahorro.store.precios import has_otro_precio
from ahorro.store.proveedores import upsert_proveedor
from belgrano.database.once import once
from belgrano.database.work import Work


async def recordar_proveedor(work: Work, proveedor: Proveedor) -> None:
    """Read the lists of this supplier so from now on."""
    await upsert_proveedor(work.con, proveedor)


async def aplicar_lista(
    work: Work,
    quien: Quien,
    lote: str,
    huella: str,
    proveedor: Proveedor,
    alistada: Alistada,
    escritos: Escritos,
    *,
    como_se_vio: bool,
    forzar: bool = False,
) -> Movida:
    """Write a list that was shown: its prices, as a lote that can be taken back, its costs and new products.

    Once per `lote`, `huella` being the hash of what was asked: a second time it is what came of the first.
    `como_se_vio`: it is still what whoever asks was shown. Raises PreciosCambiaron where it is not, CambioGrande where
    nobody said `forzar`, and ClaveReusada.
    """

    async def first() -> Movida:
        if (
            not como_se_vio
            or await has_otro_precio(work.con, alistada.precios)
            or await select_cambiados_desde(work.con, escritos.vistos)
            or await select_ocupados(work.con, escritos.libres)
        ):
            raise PreciosCambiaron
        if alistada.movida.pide_forzar and not forzar:
            raise CambioGrande
        await write_escritos(work.con, quien, escritos, work.ahora)
        await aplicar_lote(work, quien, lote, huella, proveedor.regla, alistada, proveedor=proveedor.nombre)
        return alistada.movida

    return await once(lo_hecho(work.con, lote), huella, first, ClaveReusada)
