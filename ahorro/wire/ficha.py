"""A product as its owner gets it."""

from ahorro.domain.catalogo import Producto
from ahorro.domain.ficha import Encendido
from ahorro.wire.imagen import imagen_json
from ahorro.wire.text import Json, pesos
from belgrano.words.times import iso_o_nada


def ficha_json(producto: Producto) -> Json:
    """All that its owner has said of a product; `precio` without the offer, in pesos."""
    p = producto
    oferta = p.oferta_centavos
    return {
        "id": p.id,
        "clave": p.clave,
        "nombre": p.nombre,
        "descripcion": p.descripcion,
        "precio": pesos(p.precio_centavos),
        "oferta": None
        if oferta is None
        else {"precio": pesos(oferta), "desde": iso_o_nada(p.oferta_desde), "hasta": iso_o_nada(p.oferta_hasta)},
        "vigente": pesos(p.vigente_centavos),
        "iva": p.iva_por_ciento,
        "internos": por_ciento(p.internos_por_mil),
        "unidad": p.unidad,
        "contenido": p.contenido,
        "medida": p.medida,
        "por_peso": p.por_peso,
        "stock": p.stock,
        "stock_minimo": p.stock_minimo,
        "negocio": {"id": p.negocio_id, "nombre": p.negocio_nombre},
        "categoria": {"id": p.categoria_id, "nombre": p.categoria_nombre},
        "codigo_barras": p.codigo_barras,
        "estante": p.estante,
        "ingredientes": p.ingredientes,
        "advertencias": p.advertencias,
        "mayores": p.mayores,
        "costo": None if p.costo_centavos is None else pesos(p.costo_centavos),
        "destacado": p.destacado,
        "imagenes": [imagen_json(each) for each in p.imagenes],
        "activo": p.activo,
        "version": p.version,
    }


def por_ciento(por_mil: int) -> int | float:
    """A rate as people say it: 105 is 10.5."""
    return por_mil // 10 if por_mil % 10 == 0 else por_mil / 10


def encendido_json(e: Encendido) -> Json:
    """What became of one product of many; what does not apply is left out."""
    said = {"codigo": e.codigo, "version": e.version}
    return {"id": e.id, "ok": e.codigo is None, **{name: each for name, each in said.items() if each is not None}}
