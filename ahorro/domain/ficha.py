"""What the owner says of a product, and what of it cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ahorro.domain.catalogo import IVA_GENERAL, Producto
from ahorro.domain.errors import CampoInvalido
from belgrano.words.text import folded

# The columns that an owner fills in; the rest of a product follows from them.
CAMPOS = (
    "clave", "nombre", "descripcion", "precio_centavos", "oferta_centavos", "oferta_desde", "oferta_hasta",
    "iva_por_mil", "internos_por_mil", "unidad", "contenido", "medida", "por_peso", "stock", "stock_minimo",
    "negocio_id", "categoria_id", "codigo_barras", "estante", "ingredientes", "advertencias", "mayores",
    "costo_centavos", "destacado", "activo",
)  # fmt: skip
# What a new product is where nobody says otherwise.
NUEVA: Mapping[str, object] = {
    "descripcion": "",
    "oferta_centavos": None,
    "oferta_desde": None,
    "oferta_hasta": None,
    "iva_por_mil": IVA_GENERAL,
    "internos_por_mil": 0,
    "unidad": None,
    "contenido": None,
    "medida": None,
    "por_peso": False,
    "stock": None,
    "stock_minimo": None,
    "codigo_barras": None,
    "estante": "",
    "ingredientes": "",
    "advertencias": "",
    "mayores": False,
    "costo_centavos": None,
    "destacado": False,
    "activo": True,
}
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


@dataclass(frozen=True, slots=True)
class Encendido:
    """What became of one of many products that were to go on sale, or off it: why not, and its version as it is."""

    id: int
    codigo: str | None = None
    version: int | None = None


def ficha_de(producto: Producto) -> dict[str, object]:
    """What its owner has said of a product, by CAMPOS."""
    return {campo: getattr(producto, campo) for campo in CAMPOS}


def cambios_de(antes: Mapping[str, object], dicho: Mapping[str, object]) -> dict[str, object]:
    """What is new in what is said of a product.

    What is sold by weight from now on, or by the unit, is not counted until somebody says how much there is: units are
    no grams.
    """
    nuevo = {campo: valor for campo, valor in dicho.items() if antes[campo] != valor}
    if "por_peso" in nuevo and "stock" not in nuevo:
        nuevo |= {campo: None for campo in ("stock", "stock_minimo") if antes[campo] is not None}
    return nuevo


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


def clave_de(nombre: str, sin_letras: str = "producto") -> str:
    """A name in addresses: `Azúcar Ledesma 1 kg` is `azucar-ledesma-1-kg`; `sin_letras` for one of signs only."""
    return re.sub(r"[^a-z0-9]+", "-", folded(nombre)).strip("-")[:80].strip("-") or sin_letras
