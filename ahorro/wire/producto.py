"""A product as programs get it."""

from ahorro.domain.catalogo import Producto
from ahorro.wire.imagen import imagen_json
from ahorro.wire.text import Json, pesos


def producto_json(producto: Producto) -> Json:
    """A product as JSON; prices in pesos, `precio` what it costs now."""
    return {
        "id": producto.id,
        "nombre": producto.nombre,
        "precio": pesos(producto.vigente_centavos),
        "precio_anterior": pesos(producto.precio_centavos) if producto.en_oferta else None,
        "oferta": producto.en_oferta,
        "iva": producto.iva_por_ciento,
        "precio_sin_impuestos": pesos(producto.sin_impuestos_centavos),
        "precio_por_medida": (None if producto.por_medida_centavos is None else pesos(producto.por_medida_centavos)),
        "unidad": producto.unidad,
        "por_peso": producto.por_peso,
        "mayores": producto.mayores,
        "medida": producto.medida,
        "stock": producto.stock,
        "imagen": producto.imagen,
        "imagenes": [imagen_json(each) for each in producto.imagenes],
        "descripcion": producto.descripcion,
        "clave": producto.clave,
        "negocio": {"id": producto.negocio_id, "nombre": producto.negocio_nombre},
        "categoria": {"id": producto.categoria_id, "nombre": producto.categoria_nombre},
    }
