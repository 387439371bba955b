"""Categorias, negocios and sucursales as pages: the list, and the form of a new one or of the one chosen."""

from collections.abc import Mapping

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.grupos import cambiar_grupo, crear_grupo
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido, NoExiste, VersionVieja
from ahorro.domain.grupos import CATEGORIA, NEGOCIO, SUCURSAL, Grupo, Tipo
from ahorro.routes.admin.grupos import (
    CategoriaDesde,
    NegocioDesde,
    NuevaCategoria,
    NuevaSucursal,
    NuevoNegocio,
    SucursalDesde,
    datos_de,
)
from ahorro.routes.admin.productos import quien
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.house import base
from ahorro.routes.pages.forms import check, form, go, number, sentence
from ahorro.store.grupos import select_grupos
from belgrano.http.access import allow
from belgrano.words.numbers import whole

routes = Blueprint("paginas_admin_grupos", __name__)

Nuevo = type[NuevaCategoria] | type[NuevoNegocio] | type[NuevaSucursal]
Desde = type[CategoriaDesde] | type[NegocioDesde] | type[SucursalDesde]


def _offer(tipo: Tipo, titulo: str, nuevo_shape: Nuevo, desde_shape: Desde) -> None:
    """The pages of one kind."""
    path = f"/admin/{tipo.tabla}"
    campos = ("nombre", *([tipo.bajo] if tipo.bajo else []), *tipo.textos, "orden")

    async def show(
        grupo: Grupo | None, textos: Mapping[str, str], errores: Mapping[str, str], version: str, status: int = 200
    ) -> ResponseReturnValue:
        grupos = await base().read(select_grupos, tipo)
        bajo_tipo = {"padre": CATEGORIA, "negocio": NEGOCIO}.get(tipo.bajo)
        debajo = await base().read(select_grupos, bajo_tipo) if bajo_tipo else []
        page = await render_template(
            "ahorro/admin/grupos.html",
            tipo=tipo,
            titulo=titulo,
            seccion=path,
            grupos=en_orden(grupos) if tipo is CATEGORIA else grupos,
            grupo=grupo,
            datos=textos,
            errores=errores,
            version=version,
            debajo=[g for g in debajo if tipo is not CATEGORIA or (g.bajo_id is None and g != grupo)],
        )
        return page, status

    async def one(grupo_id: int | None) -> Grupo:
        found = next((g for g in await base().read(select_grupos, tipo) if g.id == grupo_id), None)
        if found is None:
            raise NoExiste
        return found

    def said_of(grupo: Grupo | None) -> dict[str, str]:
        if grupo is None:
            return dict.fromkeys(campos, "")
        bajo = {tipo.bajo: str(grupo.bajo_id or "")} if tipo.bajo else {}
        return {**{campo: str(grupo.dicho[campo]) for campo in campos if campo != tipo.bajo}, **bajo}

    def data_of(textos: Mapping[str, str], only: set[str]) -> dict[str, object]:
        data: dict[str, object] = {campo: textos[campo] for campo in campos if campo in only}
        if "orden" in data:
            data["orden"] = number(textos["orden"])
        if tipo.bajo in data:
            data[tipo.bajo] = textos[tipo.bajo] or None
        return data

    @routes.get(path, endpoint=f"get_{tipo.tabla}")
    @allow(*ENCARGADOS)
    async def get_grupos() -> ResponseReturnValue:
        """The list, and a form."""
        editar = leer_texto("editar")
        grupo = await one(whole(editar)) if editar else None
        return await show(grupo, said_of(grupo), {}, str(grupo.version) if grupo else "")

    @routes.post(path, endpoint=f"post_{tipo.noun}")
    @allow(*ENCARGADOS)
    async def post_grupo() -> ResponseReturnValue:
        """A new one, or its form with what is wrong."""
        textos = await form(*campos)
        nuevo, errores = check(nuevo_shape, data_of(textos, {c for c in campos if textos[c]} | {"nombre"}))
        if nuevo is not None:
            try:
                await base().do(crear_grupo, quien(), tipo, datos_de(tipo, nuevo))
            except CampoInvalido as error:
                errores = {error.campo: sentence(error.campo, error.detalle)}
            else:
                return go(path, "guardado")
        return await show(None, textos, errores, "", 400)

    @routes.post(f"{path}/<int:grupo_id>", endpoint=f"post_{tipo.noun}_cambiada")
    @allow(*ENCARGADOS)
    async def post_cambiado(grupo_id: int) -> ResponseReturnValue:
        """What was changed in the form, from the version that was seen."""
        textos, grupo = await form(*campos, "version"), await one(grupo_id)
        antes = said_of(grupo)
        said = data_of(textos, {campo for campo in campos if textos[campo].replace("\r\n", "\n") != antes[campo]})
        cambios, errores = check(desde_shape, said | {"version": number(textos["version"])})
        if cambios is not None:
            try:
                await base().do(cambiar_grupo, quien(), tipo, grupo_id, cambios.version, datos_de(tipo, cambios))
            except CampoInvalido as error:
                errores = {error.campo: sentence(error.campo, error.detalle)}
            except VersionVieja as error:
                return await show(grupo, textos, {"": error.detalle}, str(grupo.version), 409)
            else:
                return go(path, "guardado")
        return await show(grupo, textos, errores, textos["version"], 400)


def en_orden(categorias: list[Grupo]) -> list[Grupo]:
    """Each after the one that it stands under."""
    place = {each.id: n for n, each in enumerate(categorias)}
    return sorted(categorias, key=lambda c: (place[c.bajo_id or c.id], c.bajo_id is not None, place[c.id]))


_offer(CATEGORIA, "Categorías", NuevaCategoria, CategoriaDesde)
_offer(NEGOCIO, "Negocios", NuevoNegocio, NegocioDesde)
_offer(SUCURSAL, "Sucursales", NuevaSucursal, SucursalDesde)
