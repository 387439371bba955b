"""People with an account in the shop."""

from dataclasses import dataclass

ROLES = ("cliente", "comerciante", "admin")
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
    """An account; `password_hash` never leaves the server."""

    id: int
    nombre: str
    email: str
    rol: str
    telefono: str
    direccion: str
    activo: bool
    password_hash: str

    @property
    def tipo_cliente(self) -> str:
        """How Ticketera is told about this customer."""
        return "comerciante" if self.rol == "comerciante" else "cliente"


def normalizar_correo(email: str) -> str:
    """The address as it is kept and compared."""
    return email.strip().lower()


def cuit_valido(cuit: str) -> bool:
    """Whether these are the eleven digits of a CUIT, its check digit included; hyphens may stand between."""
    digitos = cuit.replace("-", "").replace(" ", "")
    if len(digitos) != 11 or not digitos.isascii() or not digitos.isdigit():
        return False
    suma = sum(int(d) * p for d, p in zip(digitos, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    return (11 - suma % 11) % 11 == int(digitos[10])
