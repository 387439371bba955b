"""Mail that the shop sends."""

from dataclasses import dataclass
from typing import Literal

from ahorro.domain.cuenta import MINUTOS_DE_RECUPERACION

TOKEN = "{token}"  # noqa: S105  (where a link's token goes when the message leaves)


@dataclass(frozen=True, slots=True)
class Carta:
    """A message that waits to leave. Its text may hold the mark TOKEN, which stands for the token of `semilla`."""

    id: int
    para: str
    asunto: str
    texto: str
    semilla: str
    intentos: int


@dataclass(frozen=True, slots=True)
class Mensaje:
    """A message as the development mailbox shows it; `fecha` in ms UTC."""

    para: str
    asunto: str
    fecha: int
    texto: str


def carta_de_recuperacion(nombre: str, sitio: str, tienda: str) -> tuple[str, str]:
    """Subject and text of the way back in. The token is in the link's query, which no log keeps."""
    return "Elegí una contraseña nueva", (
        f"Hola, {nombre.replace(TOKEN, '')}:\n\n"
        f"Pediste entrar de nuevo a {tienda.replace(TOKEN, '')}. Elegí una contraseña nueva en este enlace:\n\n"
        f"{sitio}/nueva-contrasena?token={TOKEN}\n\n"
        f"Sirve una sola vez y durante {MINUTOS_DE_RECUPERACION} minutos. "
        "Si no lo pediste vos, no hace falta que hagas nada: tu contraseña sigue igual.\n"
    )


def carta_de_invitacion(nombre: str, sitio: str, tienda: str) -> tuple[str, str]:
    """Subject and text for who is invited to work in the shop. The token is in the link's query, as above."""
    return f"Te invitaron a trabajar en {tienda}".replace(TOKEN, ""), (
        f"Hola, {nombre.replace(TOKEN, '')}:\n\n"
        f"Te invitaron a trabajar en {tienda.replace(TOKEN, '')}. Elegí tu contraseña en este enlace y entrás:\n\n"
        f"{sitio}/invitacion?token={TOKEN}\n\n"
        "Sirve una sola vez y durante 48 horas. Si no lo esperabas, no hace falta que hagas nada.\n"
    )


Como = Literal["no salió", "salió incompleto", "salió con otro total"]


def carta_de_paquete(nombre: str, paquete_id: int, paquete: str, aviso: str, sitio: str, como: Como) -> tuple[str, str]:
    """Subject and text of what became of a paquete that runs by itself, and where to do something about it."""
    name = " ".join(paquete.split())
    where = f"en {sitio}/comercio/paquetes/{paquete_id}" if sitio else "en Paquetes automáticos"
    again = "Mañana probamos de nuevo. " if como == "no salió" else ""
    text = f"Hola, {nombre}:\n\n{aviso}\n\n{again}Lo podés cambiar {where}.\n"
    return f"Tu paquete «{name}» {como}", text.replace(TOKEN, "")
