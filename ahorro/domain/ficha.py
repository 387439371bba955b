"""What the owner says of a product, and what of it cannot be."""

from collections.abc import Mapping

from ahorro.domain.catalogo import Producto
from ahorro.domain.errors import CampoInvalido

# The columns that an owner fills in; the rest of a product follows from them.
CAMPOS = (
    "clave", "nombre", "descripcion", "precio_centavos", "oferta_centavos", "oferta_desde", "oferta_hasta",
    "iva_por_mil", "internos_por_mil", "unidad", "contenido", "medida", "por_peso", "stock", "stock_minimo",
    "negocio_id", "categoria_id", "codigo_barras", "estante", "ingredientes", "advertencias", "mayores",
    "costo_centavos", "destacado", "activo",
)  # fmt: skip
# As the wire calls those that have another name there.
EN_LA_FICHA = {
    "precio_centavos": "precio",
    "oferta_centavos": "oferta",
    "oferta_desde": "oferta",
    "oferta_hasta": "oferta",
    "iva_por_mil": "iva",
    "internos_por_mil": "internos",
    "costo_centavos": "costo",
    "negocio_id": "negocio",
    "categoria_id": "categoria",
}


def ficha_de(producto: Producto) -> dict[str, object]:
    """What its owner has said of a product, by CAMPOS."""
    return {campo: getattr(producto, campo) for campo in CAMPOS}


def check_ficha(ficha: Mapping[str, object]) -> None:
    """Raise CampoInvalido where what is said of a product does not go together."""
    precio, oferta = ficha["precio_centavos"], ficha["oferta_centavos"]
    desde, hasta = ficha["oferta_desde"], ficha["oferta_hasta"]
    assert isinstance(precio, int)  # noqa: S101
    if isinstance(oferta, int) and oferta >= precio:
        raise CampoInvalido("oferta", "tiene que ser menor que el precio.")
    if isinstance(desde, int) and isinstance(hasta, int) and hasta <= desde:
        raise CampoInvalido("oferta", "tiene que terminar después de empezar.")
    if (ficha["contenido"] is None) != (ficha["medida"] is None):
        raise CampoInvalido("contenido", "va junto con la medida: cuánto trae, y si son g, ml o un.")


def rige(ficha: Mapping[str, object], ahora: int) -> bool:
    """Whether the offer of a product runs at an instant (ms UTC)."""
    desde, hasta = ficha["oferta_desde"], ficha["oferta_hasta"]
    return (not isinstance(desde, int) or desde <= ahora) and (not isinstance(hasta, int) or ahora < hasta)
