"""People with an account in the shop."""

import base64
import hashlib
import hmac
from contextlib import suppress
from dataclasses import dataclass

from belgrano.words.numbers import is_whole

ROLES = ("cliente", "comerciante", "admin", "encargado", "armador")
# Who works here, from the one who may do all of it to the one who packs.
ADMIN, ENCARGADOS, PERSONAL = ("admin",), ("admin", "encargado"), ("admin", "encargado", "armador")
TIPOS_DE_NEGOCIO = ("Almacén", "Supermercado", "Restaurante", "Otro")
MINUTOS_DE_RECUPERACION = 15


@dataclass(frozen=True, slots=True)
class Comercio:
    """A comerciante's business."""

    nombre: str
    cuit: str
    direccion: str
    telefono: str
    tipo: str


@dataclass(frozen=True, slots=True)
class Usuario:
    """An account; `password_hash` never leaves the server. Who registered a comercio waits to be `aprobado`."""

    id: int
    nombre: str
    email: str
    rol: str
    telefono: str
    direccion: str
    activo: bool
    password_hash: str
    aprobado: bool = True

    @property
    def tipo_cliente(self) -> str:
        """How Ticketera is told about this customer: a comerciante goes first once an admin has agreed."""
        return "comerciante" if self.rol == "comerciante" and self.aprobado else "cliente"


def normalizar_correo(email: str) -> str:
    """The address as it is kept and compared: in lower case, a domain with other letters as mail servers know it."""
    local, at, dominio = email.strip().lower().rpartition("@")
    if not dominio.isascii() and len(dominio) <= 253:
        with suppress(UnicodeError):  # it is no domain: left as it is, and refused by what reads it
            dominio = dominio.encode("idna").decode()
    return f"{local}{at}{dominio}"


SIN_CORREO = "borrada.invalid"  # a domain that nobody can have (RFC 2606), and nobody registers with


def correo_de_nadie(usuario_id: int) -> str:
    """What stands in the place of the address of an account that was erased."""
    return f"borrada-{usuario_id}@{SIN_CORREO}"


# Who may have a CUIT: people of all kinds, and firms.
PREFIJOS_DE_CUIT = frozenset(["20", "23", "24", "25", "26", "27", "30", "33", "34"])


def cuit_valido(cuit: str) -> bool:
    """Whether these are the eleven digits of a CUIT that somebody can have, its check digit included.

    Hyphens, dots and blanks may stand between.
    """
    digitos = cuit.translate(str.maketrans("", "", "-. "))
    if len(digitos) != 11 or not is_whole(digitos):
        return False
    if digitos[:2] not in PREFIJOS_DE_CUIT or not digitos[2:10].strip("0"):
        return False
    suma = sum(int(d) * p for d, p in zip(digitos, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    return (11 - suma % 11) % 11 == int(digitos[10])


def token_de(secreto: str, semilla: str) -> str:
    """What a recovery link carries: made of the app's secret and a random seed, so that it can be made again.

    The database keeps the seed while the mail waits to leave, and never the token: alone it opens nothing.
    """
    digest = hmac.new(secreto.encode(), f"recuperar:{semilla}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
