"""Who worked in the earlier Ticketera: both apps must find the same holder of a ticket."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from belgrano.legado.fila import Fila, NoViene
from belgrano.legado.informe import Informe
from belgrano.legado.origen import Origen
from belgrano.words.text import folded

ROLES = {"admin": "admin", "flota": "repartidor"}


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who may come; `creada_en` in ms UTC, None where nobody knows."""

    id: int
    nombre: str
    email: str
    rol: str
    activo: bool
    creada_en: int | None
    misma: int | None = None  # the id of the one before with the same e-mail: it is one account, the first


class Personas:
    """All of them, by their id and by the names under which tickets know them."""

    def __init__(self) -> None:
        self.todas: list[Persona] = []
        self._por_id: dict[int, Persona] = {}
        self._por_email: dict[str, Persona] = {}
        self._por_nombre: dict[str, Persona] = {}

    def agregar(self, fila: Fila) -> Persona:
        """The person of a row, who counts from now on. Raises NoViene."""
        email = correo(fila)
        rol = ROLES.get(fila.texto("role", 20).lower())
        if rol is None:
            raise NoViene(f"role: {fila.texto('role', 40) or 'nada'} no es admin ni flota.")
        nombre = fila.texto("nombre", 120) or fila.texto("username", 120)
        if not nombre:
            raise NoViene("nombre: falta.")
        first = self._por_email.get(email)
        persona = Persona(
            id=fila.id(),
            nombre=nombre,
            email=email,
            rol=rol,
            activo=fila.datos.get("activo") not in (0, "0", False),
            creada_en=fila.instante_o_nada("fecha_creacion"),
            misma=first.id if first else None,
        )
        self._por_id[persona.id] = first or persona
        if first is None:
            self._por_email[email] = persona
            self.todas.append(persona)
            for said in (nombre, fila.texto("username", 120)):
                self._por_nombre.setdefault(_junto(said), persona)
        else:
            fila.avisos.append(f"es la misma cuenta que user {first.id}: sus tickets quedan en ella.")
        return persona

    def quien(self, fila: Fila) -> Persona | None:
        """Who had a ticket, by `asignado_a` or `repartidor_nombre`: `Repartidor1` is "Repartidor 1"; None: nobody.

        Somebody who is not known is told.
        """
        by_id = fila.datos.get("asignado_a")
        persona = self._por_id.get(by_id) if isinstance(by_id, int) else None
        nombre = fila.texto("repartidor_nombre", 120)
        if persona is None and nombre:
            persona = self._por_nombre.get(_junto(nombre))
        if persona is not None and persona.rol == "repartidor":
            return persona
        if nombre or by_id is not None:
            fila.avisos.append(f"no hay un repartidor {nombre or by_id}.")
        return None


def correo(fila: Fila) -> str:
    """The address of a row, in lower case. Raises NoViene."""
    email = fila.texto("email", 200).lower()
    local, at, domain = email.rpartition("@")
    if not (local and at and domain) or len(email) > 120 or set(email) & set(' \t<>"(),:;\\[]'):
        raise NoViene(f"email: {email or 'nada'} no es una dirección de correo.")
    return email


async def leer_personas(tickets: Origen, informe: Informe | None = None) -> Personas:
    """Everybody of the table `user`; with an informe, who cannot come is told."""
    personas = Personas()
    async for fila in _filas(tickets):
        try:
            personas.agregar(fila)
        except NoViene as error:
            if informe is not None:
                informe.no_viene(fila, error)
        else:
            if informe is not None:
                informe.avisar(fila)
    return personas


async def _filas(tickets: Origen) -> AsyncIterator[Fila]:
    async for pieza in tickets.piezas("user"):
        for datos in pieza:
            yield Fila("user", datos, "id", "email")


def _junto(nombre: str) -> str:
    return folded(nombre).replace(" ", "")
