"""The promotions of the demo and its coupon, as its owner would write them."""

from collections.abc import Mapping

PROMOCIONES: tuple[Mapping[str, object], ...] = (
    {
        "nombre": "2x1 en fideos", "tipo": "nxm", "lleva": 2, "paga": 1, "alcance": "producto",
        "cuales": ("fideos-tallarin-500", "fideos-sopa-500"),
    },
    {
        "nombre": "Llevá 3 galletitas, pagá 2", "tipo": "nxm", "lleva": 3, "paga": 2, "mezcla": True,
        "alcance": "categoria", "cuales": ("galletitas",),
    },
    {
        "nombre": "La segunda gaseosa, al 30 %", "tipo": "segunda", "por_ciento": 70, "alcance": "categoria",
        "cuales": ("gaseosas-jugos",),
    },
    {
        "nombre": "Martes de limpieza", "tipo": "porcentaje", "por_ciento": 15, "alcance": "categoria",
        "cuales": ("limpieza",), "dias": (2,),
    },
    {
        "nombre": "Tu primera compra", "tipo": "porcentaje", "por_ciento": 10, "codigo": "BIENVENIDA",
        "por_cliente": 1, "minimo_centavos": 1_000_000,
    },
)  # fmt: skip
