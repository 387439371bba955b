"""How a delivery is proved: what the settings ask for, what the repartidor brought, and the customer's PIN."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from belgrano.contract import PRUEBAS
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.ticket import Ticket

FOTOS = 6  # of one ticket and repartidor, the signature included
# What is missing under these is named; under the last one the delivery also waits for an admin.
SE_NOTA = frozenset({"avisar", "obligatoria"})


def pin_de(secreto: str, numero: str) -> str:
    """The four digits that a customer shows at the door. The shop derives the same and stores nothing either.

    HMAC-SHA256 with the key `secreto` (TICKETERA_WEBHOOK_SECRET as it stands in the environment, UTF-8, `whsec_`
    included) over the UTF-8 text `pin:` + numero; the whole digest as one big-endian number, modulo 10000, written with
    four digits. `belgrano/contract/cases/pin.json` has examples for both sides.
    """
    digest = hmac.new(secreto.encode(), f"pin:{numero}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest, 'big') % 10_000:04d}"


def pin_coincide(secreto: str, numero: str, pin: str) -> bool:
    """Whether these are the customer's digits; takes as long for wrong ones."""
    return hmac.compare_digest(pin_de(secreto, numero).encode(), pin.strip().encode())


def pide(configuracion: Configuracion, ticket: Ticket) -> dict[str, str]:
    """What is asked of this delivery: {clase: nivel}, without what is not asked.

    It begins at a total of `prueba_desde` pesos, for the ways to pay in `prueba_medios` (empty: all).
    """
    medios = _medios(configuracion)
    if ticket.total < configuracion.prueba_desde * 100 or (medios and ticket.metodo_pago.casefold() not in medios):
        return {}
    return {clase: nivel for clase, nivel in _niveles(configuracion).items() if nivel != "no"}


def falta(pedido: Mapping[str, str], prueba: Mapping[str, Any]) -> list[str]:
    """The clases that are missed in a stored prueba: those asked with avisar or obligatoria and not there."""
    hay = {
        "foto": bool(prueba["fotos"]),
        "firma": prueba["firma"] is not None,
        "pin": prueba["pin"] == "correcto",
        "receptor": prueba["receptor"] is not None,
    }
    return [clase for clase, nivel in pedido.items() if nivel in SE_NOTA and not hay[clase]]


@dataclass(frozen=True, slots=True)
class Probado:
    """`prueba` is what is kept, JSON text, None when nothing was asked or brought; `retiene` what an admin must see;
    `pin` as it is kept."""

    prueba: str | None
    retiene: tuple[str, ...]
    pin: str | None


def trae_pin(traida: str | None) -> bool:
    """Whether digits came with an act's proof (JSON text)."""
    return bool(traida and json.loads(traida).get("pin"))


def probar(pedido: Mapping[str, str], numero: str, traida: str | None, secreto: str | None) -> Probado:
    """What is kept of the proof that came with an act (`traida`, JSON text). The PIN itself never is.

    Kept: `{receptor, receptor_nombre, pin: "correcto" | "incorrecto" | "sin_codigo" | null, fotos, firma, intentos,
    faltan}`. `secreto` None (too many guesses): no PIN is right.
    """
    dada: dict[str, Any] = json.loads(traida) if traida else {}
    pin = _pin(dada, numero, secreto)
    prueba = {
        "receptor": dada.get("receptor"),
        "receptor_nombre": dada.get("receptor_nombre") or None,
        "pin": pin,
        "fotos": dada.get("fotos") or [],
        "firma": dada.get("firma"),
        "intentos": dada.get("intentos") or [],
    }
    faltan = falta(pedido, prueba)
    if not faltan and not any(prueba.values()):
        return Probado(None, (), None)
    text = json.dumps({**prueba, "faltan": faltan}, ensure_ascii=False, separators=(",", ":"))
    return Probado(text, tuple(clase for clase in faltan if pedido[clase] == "obligatoria"), pin)


def _pin(dada: Mapping[str, Any], numero: str, secreto: str | None) -> str | None:
    if dada.get("pin"):
        return "correcto" if secreto is not None and pin_coincide(secreto, numero, dada["pin"]) else "incorrecto"
    return "sin_codigo" if dada.get("sin_codigo") else None


def politica(configuracion: Configuracion) -> dict[str, Any]:
    """What the phone has to know to ask the same: the levels, from which total (pesos), for which ways to pay.

    And what it offers besides: the central's telephone, and whether one may put one's own route in order.
    """
    c = configuracion
    return {
        "niveles": _niveles(c),
        "desde": c.prueba_desde,
        "medios": _medios(c),
        "efectivo_maximo": c.efectivo_maximo,
        "central": c.central,
        "orden_propio": c.orden_propio,
    }


def _niveles(configuracion: Configuracion) -> dict[str, str]:
    return {clase: getattr(configuracion, f"prueba_{clase}") for clase in PRUEBAS}


def _medios(configuracion: Configuracion) -> list[str]:
    return [medio.strip().casefold() for medio in configuracion.prueba_medios.split(",") if medio.strip()]
