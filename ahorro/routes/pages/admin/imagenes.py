"""The pictures of a product on its page: forms to send them, to put them in order and to take one out."""

from quart import Blueprint, redirect, request
from quart.typing import ResponseReturnValue

from ahorro.actions.imagenes import agregar_imagen, mover_imagen, quitar_imagen
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido, DomainError, NoExiste
from ahorro.domain.imagen import IMAGENES_MAXIMAS
from ahorro.routes.admin.imagenes import MOST_BYTES, imagen_de, must_exist
from ahorro.routes.admin.productos import quien
from ahorro.routes.house import base
from ahorro.routes.pages.admin.productos import get_con_errores
from ahorro.routes.pages.forms import form, number
from belgrano.http.access import allow
from belgrano.http.fields import MOST_ID

routes = Blueprint("paginas_admin_imagenes", __name__)
# As many as a product may have are sent at once as long as they are what phones make of them.
LARGER, MOST_BODY = r"/admin/productos/\d+/imagenes", 4 * MOST_BYTES + 64 * 1024
A_DONDE = {"primera": -IMAGENES_MAXIMAS, "antes": -1, "despues": 1}


@routes.post("/admin/productos/<int:producto_id>/imagenes")
@allow(*ENCARGADOS)
async def post_imagenes(producto_id: int) -> ResponseReturnValue:
    """Keep the pictures that were sent; of those that are none it says which, and the others are kept all the same."""
    await must_exist(producto_id)
    # The form's parser has limits of its own, on a field and on what it holds of any part.
    request.max_content_length = request.max_form_memory_size = MOST_BODY
    sent = [file for file in (await request.files).getlist("imagen") if file.filename]
    wrong = [] if sent else ["Elegí una foto."]
    for file in sent:
        datos = file.read()
        try:
            if len(datos) > MOST_BYTES:
                raise CampoInvalido("imagen", "Pesa más de 8 MB.")
            await base().do(agregar_imagen, quien(), producto_id, await imagen_de(datos))
        except CampoInvalido as error:
            wrong.append(f"{str(file.filename)[:60]}: {error.detalle}" if len(sent) > 1 else error.detalle)
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
