"""The pictures of a product as its owner keeps them: in from a camera or a file, put in order, taken out."""

from typing import Annotated

from pydantic import Field
from quart import Blueprint, Response, request
from quart_schema import document_querystring, document_request

from ahorro.actions.imagenes import agregar_imagen, ordenar_imagenes, quitar_imagen
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido, ProductoNoExiste
from ahorro.domain.imagen import IMAGENES_MAXIMAS, LADOS, ImagenNueva
from ahorro.routes.admin.productos import quien
from ahorro.routes.answers import Ficha, FichaVieja
from ahorro.routes.fields import ExactBody, Id
from ahorro.routes.house import answer, base, body
from ahorro.store.catalogo import select_producto_aun
from ahorro.wire.ficha import ficha_json
from belgrano.http.access import allow
from belgrano.http.answers import answers, refuses
from belgrano.http.fields import MOST_ID
from belgrano.http.images import BadImage, clean_sizes
from belgrano.http.problems import Problem
from belgrano.words.numbers import whole

routes = Blueprint("admin_imagenes", __name__)
MOST_BYTES = 8 * 1024 * 1024
LARGER = r"/api/admin/productos/\d+/imagen"
NO_TYPE = "application/octet-stream"  # what says nothing


class Orden(ExactBody):
    """All pictures of a product by id, in the order they shall have; the first one stands for it in lists."""

    version: Id
    orden: Annotated[list[Id], Field(max_length=IMAGENES_MAXIMAS)]


class Desde(ExactBody):
    """The version that was seen."""

    version: Id | None = None


@routes.put("/api/admin/productos/<int:producto_id>/imagen")
@allow(*ENCARGADOS)
@document_querystring(Desde)
@answers(Ficha)
@refuses(FichaVieja, 409)
async def put_imagen(producto_id: int) -> Response:
    """One more picture (the bytes: JPEG, PNG or WebP, up to 8 MB), behind the others; the same again is the same."""
    version = leer_version()
    await must_exist(producto_id)
    if not (request.content_type or NO_TYPE).startswith(("image/", NO_TYPE)):
        raise Problem(
            415, "tipo_no_admitido", "El contenido tiene que ser una imagen.",
            errores=[{"campo": "imagen", "detalle": "tiene que ser una imagen JPEG, PNG o WebP."}],
        )  # fmt: skip
    datos: bytes = await request.get_data(as_text=False)  # type: ignore[assignment]
    nueva = await imagen_de(datos)
    return answer(ficha_json(await base().do(agregar_imagen, quien(), producto_id, nueva, version)))


@routes.delete("/api/admin/productos/<int:producto_id>/imagenes/<int:imagen_id>")
@allow(*ENCARGADOS)
@document_querystring(Desde)
@answers(Ficha)
@refuses(FichaVieja, 409)
async def delete_imagen(producto_id: int, imagen_id: int) -> Response:
    """Take a picture out, from the version that was seen (`version` of the query string)."""
    version = leer_version()
    if version is None:
        raise CampoInvalido("version", "falta: la del producto que viste.")
    await must_exist(producto_id)
    return answer(ficha_json(await base().do(quitar_imagen, quien(), producto_id, imagen_id, version)))


@routes.patch("/api/admin/productos/<int:producto_id>/imagenes")
@allow(*ENCARGADOS)
@document_request(Orden)
@answers(Ficha)
@refuses(FichaVieja, 409)
async def patch_imagenes(producto_id: int) -> Response:
    """Another order of the pictures, from the version that was seen."""
    wished = await body(Orden)
    await must_exist(producto_id)
    changed = await base().do(ordenar_imagenes, quien(), producto_id, wished.orden, wished.version)
    return answer(ficha_json(changed))


async def imagen_de(datos: bytes) -> ImagenNueva:
    """A picture as we keep it. Raises CampoInvalido naming `imagen` for anything else, Unavailable."""
    if not datos:
        raise CampoInvalido("imagen", "La imagen llegó vacía.")
    try:
        made = await clean_sizes(datos, LADOS)
    except BadImage as bad:
        raise CampoInvalido("imagen", str(bad)) from None
    return ImagenNueva(made.digest, made.width, made.height, made.files)


async def must_exist(producto_id: int) -> None:
    """Raise ProductoNoExiste for a product that nobody has, before anything is read of what was sent."""
    if producto_id > MOST_ID or await base().read(select_producto_aun, producto_id) is None:
        raise ProductoNoExiste


def leer_version() -> int | None:
    """`version` of the query string. Raises CampoInvalido for anything but a whole number."""
    text = request.args.get("version", "")
    version = whole(text) if text else None
    if text and not version:
        raise CampoInvalido("version", "tiene que ser un número entero desde 1.")
    return version
