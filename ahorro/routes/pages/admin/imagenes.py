"""The pictures of a product on its page: forms to send them, to put them in order and to take one out."""

from quart import Blueprint, redirect
from quart.typing import ResponseReturnValue

from ahorro.actions.imagenes import agregar_imagen, mover_imagen, quitar_imagen
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido, DomainError, NoExiste
from ahorro.domain.imagen import IMAGENES_MAXIMAS
from ahorro.routes.admin.imagenes import must_exist
from ahorro.routes.admin.productos import quien
from ahorro.routes.house import base
from ahorro.routes.pages.admin.fotos import fotos_mandadas, let_photos_in
from ahorro.routes.pages.admin.productos import get_con_errores
from ahorro.routes.pages.forms import form, number
from belgrano.http.access import allow
from belgrano.http.fields import MOST_ID

routes = Blueprint("paginas_admin_imagenes", __name__)
A_DONDE = {"primera": -IMAGENES_MAXIMAS, "antes": -1, "despues": 1}


@routes.post("/admin/productos/<int:producto_id>/imagenes")
@allow(*ENCARGADOS)
async def post_imagenes(producto_id: int) -> ResponseReturnValue:
    """Keep the pictures that were sent; of those that are none it says which, and the others are kept all the same."""
    await must_exist(producto_id)
    let_photos_in()
    fotos, wrong = await fotos_mandadas()
    for which, nueva in fotos:
        try:
            await base().do(agregar_imagen, quien(), producto_id, nueva)
        except CampoInvalido as error:
            wrong.append(which + error.detalle)
    if not fotos and not wrong:
        wrong = ["Elegí una foto."]
    if wrong:
        return await get_con_errores(producto_id, {"imagen": " ".join(wrong)}, 400)
    return redirect(f"/admin/productos/{producto_id}#fotos", 303)


@routes.post("/admin/productos/<int:producto_id>/imagenes/<int:imagen_id>")
@allow(*ENCARGADOS)
async def post_imagen(producto_id: int, imagen_id: int) -> ResponseReturnValue:
    """Take a picture out (`que`: quitar), or move it: primera, antes, despues, or how many places to the end."""
    await must_exist(producto_id)
    said = await form("que", "version")
    version = number(said["version"])
    try:
        if not isinstance(version, int) or not 0 < version <= MOST_ID:
            raise CampoInvalido("", "Algo se perdió en el camino. Volvé a intentar.")
        if said["que"] == "quitar":
            await base().do(quitar_imagen, quien(), producto_id, imagen_id, version)
        else:
            await base().do(mover_imagen, quien(), producto_id, imagen_id, _lugares(said["que"]), version)
    except DomainError as error:
        status = 400 if isinstance(error, CampoInvalido) else 404 if isinstance(error, NoExiste) else 409
        return await get_con_errores(producto_id, {"": error.detalle}, status)
    return redirect(f"/admin/productos/{producto_id}#fotos", 303)


def _lugares(que: str) -> int:
    """How many places to the end a picture goes, or (negative) to the beginning. Raises CampoInvalido."""
    lugares = A_DONDE.get(que, number(que.removeprefix("-")))
    if not isinstance(lugares, int):
        raise CampoInvalido("", "Elegí qué hacer con la foto.")
    return -lugares if que.startswith("-") else lugares
