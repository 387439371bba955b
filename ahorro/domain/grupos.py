"""What products are filed under: categorias (two levels), negocios and their sucursales. One table tells them apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from ahorro.domain.errors import CampoInvalido


@dataclass(frozen=True, slots=True)
class Tipo:
    """A kind of group: its noun, its table, and what an owner says of it besides `clave`, `nombre` and `orden`.

    `bajo` is the field for what it stands under, in the table `bajo_tabla`; "" where it stands under nothing.
    """

    noun: str
    tabla: str
    textos: tuple[str, ...]
    bajo: str = ""
    bajo_tabla: str = ""
    bajo_hace_falta: bool = False

    @property
    def campos(self) -> tuple[str, ...]:
        """The columns that an owner fills in."""
        return ("clave", "nombre", *self.textos, "orden", *([f"{self.bajo}_id"] if self.bajo else []))


CATEGORIA = Tipo("categoria", "categorias", ("descripcion",), "padre", "categorias")
NEGOCIO = Tipo("negocio", "negocios", ("descripcion",))
SUCURSAL = Tipo("sucursal", "sucursales", ("direccion", "telefono", "horarios"), "negocio", "negocios", True)
TIPOS = (CATEGORIA, NEGOCIO, SUCURSAL)


@dataclass(frozen=True, slots=True)
class Grupo:
    """A categoria, negocio or sucursal; `dicho` is what its owner said of it, by the `campos` of its kind."""

    tipo: Tipo
    id: int
    version: int
    dicho: Mapping[str, object]
    bajo_nombre: str | None = None

    @property
    def nombre(self) -> str:
        """Its name."""
        return str(self.dicho["nombre"])

    @property
    def bajo_id(self) -> int | None:
        """The id of what it stands under."""
        found = self.dicho.get(f"{self.tipo.bajo}_id")
        return found if isinstance(found, int) else None


def check_niveles(padre: Grupo, hija_id: int | None, *, tiene_hijas: bool) -> None:
    """Raise CampoInvalido where a categoria under `padre` would make a third level, or a circle.

    `hija_id` is the one that goes there, None where it is new; `tiene_hijas` whether others stand under it.
    """
    if padre.id == hija_id:
        raise CampoInvalido("padre", "no puede ser ella misma.")
    if padre.bajo_id is not None:
        raise CampoInvalido("padre", "ya está dentro de otra: hay dos niveles, no tres.")
    if tiene_hijas:
        raise CampoInvalido("padre", "tiene que quedar vacío: esta categoría tiene otras adentro.")
