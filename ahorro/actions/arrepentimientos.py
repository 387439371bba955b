"""The acts on withdrawals: a customer's right for ten days, without an account and without a reason."""

import secrets

from ahorro.domain.cuenta import normalizar_correo
from ahorro.store.arrepentimientos import insert_arrepentimiento, select_pedido_comprado, update_atendido
from belgrano.work import Work


async def arrepentirse(work: Work, *, numero: str, email: str, detalle: str) -> str:
    """Take a withdrawal in; its codigo, which the customer keeps.

    One that fits no pedido is taken in just the same: an admin reads it, and nobody learns whose a numero is.
    """
    numero, email = numero.strip().upper(), normalizar_correo(email)
    pedido_id = await select_pedido_comprado(work.con, numero, email)
    while True:
        codigo = f"ARR-{secrets.token_hex(4).upper()}"
        if await insert_arrepentimiento(
            work.con,
            codigo=codigo,
            numero=numero,
            email=email,
            detalle=detalle,
            pedido_id=pedido_id,
            ahora=work.ahora,
        ):
            return codigo


async def atender_arrepentimiento(work: Work, arrepentimiento_id: int) -> None:
    """Note that an admin has answered the customer."""
    await update_atendido(work.con, arrepentimiento_id, work.ahora)
