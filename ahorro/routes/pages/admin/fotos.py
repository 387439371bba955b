"""The photos that come with a form: of a product that is there, or of a new one."""

from quart import request

from ahorro.domain.errors import CampoInvalido
from ahorro.domain.imagen import ImagenNueva
from ahorro.routes.admin.imagenes import MOST_BYTES, imagen_de

# As many as a product may have are sent at once as long as they are what phones make of them.
LARGER, MOST_BODY = r"/admin/productos/(\d+/imagenes|nuevo)", 4 * MOST_BYTES + 64 * 1024


def let_photos_in() -> None:
    """Before the form is read: its parser has limits of its own, on a field and on what it holds of any part."""
    request.max_content_length = request.max_form_memory_size = MOST_BODY


async def fotos_mandadas() -> tuple[list[tuple[str, ImagenNueva]], list[str]]:
    """The photos under `imagen`, each after what is said before a word about it, and a sentence for what is none."""
    sent = [file for file in (await request.files).getlist("imagen") if file.filename]
    fotos, wrong = [], []
    for file in sent:
        which = f"{str(file.filename)[:60]}: " if len(sent) > 1 else ""
        datos = file.read()
        try:
            if len(datos) > MOST_BYTES:
                raise CampoInvalido("imagen", "Pesa más de 8 MB.")
            fotos.append((which, await imagen_de(datos)))
        except CampoInvalido as error:
            wrong.append(which + error.detalle)
    return fotos, wrong
