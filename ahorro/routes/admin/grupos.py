"""Categorias, negocios and sucursales as their owner keeps them: three nouns, the same three routes."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import Field
from quart import Blueprint, Response
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.grupos import cambiar_grupo, crear_grupo
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido, NoExiste
from ahorro.domain.grupos import CATEGORIA, NEGOCIO, SUCURSAL, Tipo
from ahorro.routes.admin.productos import Cual, quien
from ahorro.routes.answers import Nombrado
from ahorro.routes.fields import ClaveDeProducto, ExactBody, Linea, Nombre, Prosa
from ahorro.routes.house import answer, base, body
from ahorro.store.grupos import select_grupos
from ahorro.wire.grupo import grupo_json
from belgrano.http.access import allow
from belgrano.http.answers import Refusal, answers, refuses
from belgrano.http.fields import MOST_ID, Id

routes = Blueprint("admin_grupos", __name__)

Orden = Annotated[int, Field(ge=0, le=1_000_000)]


class _Cambios(ExactBody):
    clave: ClaveDeProducto | None = None
    nombre: Nombre | None = None
    orden: Orden | None = None


class CambiosDeCategoria(_Cambios):
    """What may be said of a categoria; `padre` null: it stands at the top."""

    descripcion: Prosa | None = None
    padre: Cual | None = None


class NuevaCategoria(CambiosDeCategoria):
    """A new categoria."""

    nombre: Nombre


class CategoriaDesde(CambiosDeCategoria):
    """A change to the version that was seen."""

    version: Id


class CambiosDeNegocio(_Cambios):
    """What may be said of a negocio."""

    descripcion: Prosa | None = None


class NuevoNegocio(CambiosDeNegocio):
    """A new negocio."""

    nombre: Nombre


class NegocioDesde(CambiosDeNegocio):
    """A change to the version that was seen."""

    version: Id


class CambiosDeSucursal(_Cambios):
    """What may be said of a sucursal."""

    negocio: Cual | None = None
    direccion: Linea | None = None
    telefono: Linea | None = None
    horarios: Linea | None = None


class NuevaSucursal(CambiosDeSucursal):
    """A new sucursal."""

    nombre: Nombre
    negocio: Cual


class SucursalDesde(CambiosDeSucursal):
    """A change to the version that was seen."""

    version: Id


class _Grupo(TypedDict):
    id: int
    clave: str
    nombre: str
    orden: int
    version: int


class CategoriaDelDuenio(_Grupo):
    """A categoria; without `padre` it stands at the top."""

    descripcion: str
    padre: Nombrado | None


class CategoriaVieja(Refusal):
    """Somebody else changed it meanwhile: as it is now."""

    categoria: CategoriaDelDuenio


class Categorias(TypedDict):
    """All of them, in their order: nothing follows."""

    categorias: list[CategoriaDelDuenio]
    siguiente: None


class NegocioDelDuenio(_Grupo):
    """A negocio."""

    descripcion: str


class NegocioViejo(Refusal):
    """Somebody else changed it meanwhile: as it is now."""

    negocio: NegocioDelDuenio


class Negocios(TypedDict):
    """All of them, in their order: nothing follows."""

    negocios: list[NegocioDelDuenio]
    siguiente: None


class SucursalDelDuenio(_Grupo):
    """A branch of a negocio."""

    negocio: Nombrado
    direccion: str
    telefono: str
    horarios: str


class SucursalVieja(Refusal):
    """Somebody else changed it meanwhile: as it is now."""

    sucursal: SucursalDelDuenio


class Sucursales(TypedDict):
    """All of them, in their order: nothing follows."""

    sucursales: list[SucursalDelDuenio]
    siguiente: None


class _Shapes(NamedTuple):
    """What goes in and out of the routes of one kind."""

    nuevo: type[_Cambios]
    desde: type[CategoriaDesde] | type[NegocioDesde] | type[SucursalDesde]
    uno: Any
    todos: Any
    viejo: Any


def datos_de(tipo: Tipo, cambios: _Cambios) -> Mapping[str, object]:
    """The change in the words of the acts. Raises CampoInvalido for a null where there is something to say."""
    said = cambios.model_dump(exclude_unset=True, exclude={"version"})
    for campo, valor in said.items():
        if valor is None and (campo != tipo.bajo or tipo.bajo_hace_falta):
            raise CampoInvalido(campo, "no puede quedar en blanco.")
    return said


def _offer(tipo: Tipo, shapes: _Shapes) -> None:
    """The three routes of one kind."""
    path = f"/api/admin/{tipo.tabla}"

    @routes.get(path, endpoint=f"get_{tipo.tabla}")
    @allow(*ENCARGADOS)
    @answers(shapes.todos)
    async def get_grupos() -> Response:
        """All of them, in their order."""
        grupos = await base().read(select_grupos, tipo)
        return answer({tipo.tabla: [grupo_json(each) for each in grupos], "siguiente": None})

    @routes.post(path, endpoint=f"post_{tipo.noun}")
    @allow(*ENCARGADOS)
    @document_request(shapes.nuevo)
    @answers(shapes.uno, 201)
    async def post_grupo() -> Response:
        """A new one; customers see it at once."""
        nuevo = await body(shapes.nuevo)
        return answer(grupo_json(await base().do(crear_grupo, quien(), tipo, datos_de(tipo, nuevo))), 201)

    @routes.patch(f"{path}/<int:grupo_id>", endpoint=f"patch_{tipo.noun}")
    @allow(*ENCARGADOS)
    @document_request(shapes.desde)
    @answers(shapes.uno)
    @refuses(shapes.viejo, 409)
    async def patch_grupo(grupo_id: int) -> Response:
        """Change some of it, from the version that was seen."""
        cambios = await body(shapes.desde)
        if grupo_id > MOST_ID:
            raise NoExiste
        datos = datos_de(tipo, cambios)
        return answer(grupo_json(await base().do(cambiar_grupo, quien(), tipo, grupo_id, cambios.version, datos)))


_offer(CATEGORIA, _Shapes(NuevaCategoria, CategoriaDesde, CategoriaDelDuenio, Categorias, CategoriaVieja))
_offer(NEGOCIO, _Shapes(NuevoNegocio, NegocioDesde, NegocioDelDuenio, Negocios, NegocioViejo))
_offer(SUCURSAL, _Shapes(NuevaSucursal, SucursalDesde, SucursalDelDuenio, Sucursales, SucursalVieja))
