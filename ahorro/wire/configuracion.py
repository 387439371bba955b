"""The shop's settings as its owner gets them."""

from dataclasses import asdict

from ahorro.domain.configuracion import Configuracion
from ahorro.wire.text import Json, pesos

TEXTOS = (
    "nombre", "razon_social", "cuit", "domicilio", "telefono", "whatsapp", "email", "horarios", "alias", "cbu",
    "data_fiscal", "mapa_teselas", "mapa_atribucion", "terminos", "privacidad", "arrepentimiento",
)  # fmt: skip


def configuracion_json(c: Configuracion) -> Json:
    """All of it, money in pesos."""
    return {
        **{campo: getattr(c, campo) for campo in TEXTOS},
        "medios_de_pago": list(c.medios_de_pago),
        "envio": {
            "costo": pesos(c.envio.costo_centavos),
            "gratis_desde": _pesos(c.envio.gratis_desde_centavos),
            "minimo": pesos(c.envio.minimo_centavos),
        },
        "zonas": [
            {
                "nombre": zona.nombre,
                "barrios": list(zona.barrios),
                "costo": _pesos(zona.costo_centavos),
                "minimo": _pesos(zona.minimo_centavos),
                **({"area": [list(punto) for punto in zona.area]} if zona.area else {}),
            }
            for zona in c.zonas
        ],
        "franjas": {
            "dias": list(c.franjas.dias),
            "desde": c.franjas.desde,
            "hasta": c.franjas.hasta,
            "duracion": c.franjas.duracion,
            "cupo": c.franjas.cupo,
            "anticipacion": c.franjas.anticipacion,
            "feriados": list(c.franjas.feriados),
            "corte": c.franjas.corte,
            "por_dia": [asdict(jornada) for jornada in c.franjas.por_dia],
        },
        "version": c.version,
    }


def _pesos(centavos: int | None) -> int | float | None:
    return None if centavos is None else pesos(centavos)
