"""Sales as their owner gets them: JSON in pesos, and a table for spreadsheets."""

from collections.abc import Sequence

from ahorro.domain.ventas import Suma, Ventas, VentasDe
from ahorro.wire.text import Json, kilos, pesos
from belgrano.words.planilla import linea

# What a spreadsheet may be by: its first column, and where that is in Ventas.
COLUMNAS = ("dia", "hora", "producto", "categoria", "medio", "zona", "comerciante")


def suma_json(suma: Suma) -> Json:
    """What was sold in all."""
    return {
        "vendido": pesos(suma.vendido_centavos),
        "pedidos": suma.pedidos,
        "promedio": pesos(suma.promedio_centavos),
        "clientes": suma.clientes,
        "clientes_nuevos": suma.nuevos,
    }


def ventas_json(ventas: Ventas) -> Json:
    """All of it; `devuelto` is what went back of those days' pedidos, whenever that was."""
    return {
        **suma_json(ventas.suma),
        "devuelto": pesos(ventas.devuelto_centavos),
        "por_dia": [{"dia": v.dia.isoformat(), **_sold(v)} for v in ventas.por_dia],
        "por_hora": [{"hora": v.clave, **_sold(v)} for v in ventas.por_hora],
        "por_producto": [
            {
                "producto_id": v.clave,
                "nombre": v.nombre,
                "vendido": pesos(v.vendido_centavos),
                "cantidad": kilos(v.cuantos) if v.por_peso else v.cuantos,
            }
            for v in ventas.por_producto
        ],
        "otros_productos": pesos(ventas.otros_centavos),
        "por_categoria": [{"categoria_id": v.clave, "nombre": v.nombre, **_sold(v)} for v in ventas.por_categoria],
        "por_medio": [{"medio": v.nombre, **_sold(v)} for v in ventas.por_medio],
        "por_zona": [{"zona": v.nombre, **_sold(v)} for v in ventas.por_zona],
        "por_comerciante": [{"cliente_id": v.clave, "nombre": v.nombre, **_sold(v)} for v in ventas.por_comerciante],
    }


def _sold(v: VentasDe) -> Json:
    return {"vendido": pesos(v.vendido_centavos), "pedidos": v.cuantos}


def ventas_csv(ventas: Ventas, por: str = "dia") -> str:
    """A line for each (`por` is one of COLUMNAS) as spreadsheets here open it: BOM, semicolons, decimal commas."""
    filas: Sequence[VentasDe] = getattr(ventas, f"por_{por}")
    text = linea([por, "cantidad" if por == "producto" else "pedidos", "vendido"])
    for v in filas:
        que = {"dia": v.dia.isoformat(), "hora": str(v.clave)}.get(por, v.nombre)
        cuantos = f"{v.cuantos // 1000},{v.cuantos % 1000:03d}" if v.por_peso else str(v.cuantos)
        text += linea([que, cuantos, _coma(v.vendido_centavos)])
    if por == "producto" and ventas.otros_centavos:
        text += linea(["Los demás", "", _coma(ventas.otros_centavos)])
    return "\ufeff" + text


def _coma(centavos: int) -> str:
    return f"{centavos // 100},{centavos % 100:02d}"
