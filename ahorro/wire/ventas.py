"""Sales as their owner gets them: JSON in pesos, and a table for spreadsheets."""

from ahorro.domain.ventas import Ventas
from ahorro.wire.text import Json, kilos, pesos


def ventas_json(ventas: Ventas) -> Json:
    """All of it; `devuelto` is 0 as long as the shop keeps no refunds."""
    return {
        "vendido": pesos(ventas.vendido_centavos),
        "pedidos": ventas.pedidos,
        "promedio": pesos(ventas.promedio_centavos),
        "devuelto": 0,
        "por_dia": [
            {"dia": v.dia.isoformat(), "vendido": pesos(v.vendido_centavos), "pedidos": v.cuantos}
            for v in ventas.por_dia
        ],
        "por_producto": [
            {
                "producto_id": v.clave,
                "nombre": v.nombre,
                "vendido": pesos(v.vendido_centavos),
                "cantidad": kilos(v.cuantos) if v.por_peso else v.cuantos,
            }
            for v in ventas.por_producto
        ],
        "por_medio": [
            {"medio": v.nombre, "vendido": pesos(v.vendido_centavos), "pedidos": v.cuantos} for v in ventas.por_medio
        ],
    }


def ventas_csv(ventas: Ventas) -> str:
    """A line a day as spreadsheets here open it: BOM, semicolons, decimal commas."""
    lines = ["dia;pedidos;vendido"]
    for v in ventas.por_dia:
        enteros, resto = divmod(v.vendido_centavos, 100)
        lines.append(f"{v.dia.isoformat()};{v.cuantos};{enteros},{resto:02d}")
    return "\ufeff" + "\r\n".join(lines) + "\r\n"
