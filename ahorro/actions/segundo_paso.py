"""The acts on the second step of coming in: a code of the phone after the password, for who works in the shop."""

from ahorro.domain.auditoria import Asiento, Quien
from ahorro.domain.errors import CampoInvalido, EsElPropio, NadaEmpezado, NoExiste, SegundoPasoPuesto
from ahorro.store.auditoria import insert_asientos
from ahorro.store.personal import select_persona
from belgrano.accounts.second_factor import (
    begin_factor,
    confirm_factor,
    drop_factor,
    select_begun,
    select_codes_left,
    use_code,
)
from belgrano.database.work import Work

NO_ES = "no es el de ahora. Mirá el que muestra tu aplicación y probá otra vez."


async def empezar_segundo_paso(work: Work, usuario_id: int, clave: bytes) -> bytes:
    """A secret for the phone, which does nothing until `confirmar_segundo_paso`. Raises SegundoPasoPuesto.

    `clave` is the key of `belgrano/accounts/second_factor.py`, here and below.
    """
    secreto = await begin_factor(work, usuario_id, clave)
    if secreto is None:
        raise SegundoPasoPuesto
    return secreto


async def confirmar_segundo_paso(work: Work, quien: Quien, usuario_id: int, codigo: str, clave: bytes) -> list[str]:
    """Switch it on by a code of the phone; the recovery codes, told this once.

    Raises CampoInvalido, and NadaEmpezado where it was begun more than ten minutes ago, or never.
    """
    if await select_begun(work.con, usuario_id, clave, work.ahora) is None:
        raise NadaEmpezado
    codigos = await confirm_factor(work, usuario_id, codigo, clave)
    if codigos is None:
        raise CampoInvalido("codigo", NO_ES)
    await _asentar(work, quien, usuario_id, "segundo_paso", False, True)
    return codigos


async def pasar_segundo_paso(work: Work, usuario_id: int, codigo: str, clave: bytes) -> bool:
    """Use a code up, of the phone or a recovery code; whether it was right. It is not taken twice."""
    que = await use_code(work, usuario_id, codigo, clave)
    if que == "recovery":
        quedan = await select_codes_left(work.con, usuario_id)
        persona = await select_persona(work.con, usuario_id, work.ahora)
        quien = Quien(usuario_id, persona.nombre if persona is not None else "")
        await _asentar(work, quien, usuario_id, "codigos_de_rescate", quedan + 1, quedan)
    return que is not None


async def quitar_segundo_paso(work: Work, quien: Quien, usuario_id: int) -> None:
    """Switch one's own off; whoever asks has just shown password and code."""
    if await drop_factor(work, usuario_id):
        await _asentar(work, quien, usuario_id, "segundo_paso", True, False)


async def restablecer_segundo_paso(work: Work, quien: Quien, persona_id: int) -> None:
    """Switch somebody else's off, who lost the phone and the recovery codes. Raises NoExiste, EsElPropio."""
    if quien.id == persona_id:
        raise EsElPropio
    if await select_persona(work.con, persona_id, work.ahora) is None:
        raise NoExiste("No existe esa persona.")
    await quitar_segundo_paso(work, quien, persona_id)


async def _asentar(work: Work, quien: Quien, persona_id: int, campo: str, de: object, a: object) -> None:
    persona = await select_persona(work.con, persona_id, work.ahora)
    nombre = persona.nombre if persona is not None else ""
    await insert_asientos(work.con, quien, [Asiento("personal", persona_id, nombre, campo, de, a)], work.ahora)
