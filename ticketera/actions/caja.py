"""Handing in: what a repartidor carries is counted with an admin, and the caja begins anew."""

from functools import partial

from belgrano.database.once import once
from belgrano.database.work import Connection, Work
from ticketera.actions.cambios import decir_presencia
from ticketera.domain.caja import Rendicion
from ticketera.domain.errors import CajaCambio, CamposInvalidos, ClaveConOtroContenido, NoExiste
from ticketera.domain.intake import limpio
from ticketera.domain.ticket import Quien
from ticketera.store import caja, usuarios


async def rendir(
    work: Work, quien: Quien, *, clave: str, repartidor_id: int, esperado: int, contado: int, nota: str = ""
) -> Rendicion:
    """Close everything in a repartidor's caja, the fondo included. Centavos.

    The same clave gives the same rendición. A difference wants a nota. Raises CajaCambio when `esperado` is not what is
    to be handed in now, CamposInvalidos, ClaveConOtroContenido, NoExiste.
    """
    nota = limpio(nota)
    content = (repartidor_id, esperado, contado, nota)
    known = _conocida(work.con, clave)
    return await once(known, content, partial(_rendir, work, quien, clave, *content), ClaveConOtroContenido)


async def _conocida(con: Connection, clave: str) -> tuple[object, Rendicion] | None:
    """The rendición of this clave, and what it was asked for with."""
    r = await caja.select_rendicion(con, clave)
    return None if r is None else ((r.repartidor_id, r.esperado, r.contado, r.nota), r)


async def _rendir(
    work: Work, quien: Quien, clave: str, repartidor_id: int, esperado: int, contado: int, nota: str
) -> Rendicion:
    repartidor = await usuarios.select_repartidor(work.con, repartidor_id)
    if repartidor is None or quien.id is None:
        raise NoExiste("No existe ese repartidor.")
    if repartidor.por_rendir != esperado:
        raise CajaCambio(repartidor.por_rendir)
    if contado < min(0, esperado):
        raise CamposInvalidos(("contado", "no puede ser negativo."))
    if contado != esperado and not nota:
        raise CamposInvalidos(("nota", "hace falta: explicá la diferencia."))
    rendicion_id = await caja.insert_rendicion(
        work.con,
        clave=clave,
        repartidor_id=repartidor_id,
        esperado=esperado,
        contado=contado,
        nota=nota,
        por_id=quien.id,
        ahora=work.ahora,
    )
    await caja.update_rendidos(work.con, repartidor_id, rendicion_id)
    await caja.update_contraasientos(work.con, repartidor_id, rendicion_id)
    after = await usuarios.update_usuario(work.con, repartidor_id, {"fondo": 0, "efectivo": 0})
    if after is not None:
        decir_presencia(work, after)
    return Rendicion(
        rendicion_id, clave, repartidor_id, repartidor.nombre, esperado, contado, nota, quien.id, quien.nombre,
        work.ahora,
    )  # fmt: skip
