"""The book of changes as the shop's owner gets it."""

from typing import Any

from ahorro.wire.asiento import INSTANTES
from ahorro.wire.ficha import por_ciento
from ahorro.wire.text import Json, pesos
from belgrano.words.times import iso


def asiento_json(asiento: dict[str, Any]) -> Json:
    """One line of `store.auditoria.select_auditoria`; money in pesos, rates per cent, as everywhere on the wire."""
    campo, de = _said(asiento["campo"], asiento["de"])
    _, a = _said(asiento["campo"], asiento["a"])
    if asiento["que"] == "precios":
        a = _regla(a)
    return {
        "id": asiento["id"],
        "en": iso(asiento["en"]),
        "quien": {"id": asiento["quien_id"], "nombre": asiento["quien_nombre"]},
        "que": asiento["que"],
        "cual": {"id": asiento["cual_id"], "nombre": asiento["cual_nombre"]},
        "campo": campo,
        "de": de,
        "a": a,
    }


def _said(campo: str, valor: Any) -> tuple[str, Any]:
    """A field and its value, in the words and units of the wire."""
    if isinstance(valor, dict):
        return campo, dict(_said(each, of) for each, of in valor.items())
    if isinstance(valor, list):
        return campo, [
            dict(_said(*pair) for pair in each.items()) if isinstance(each, dict) else each for each in valor
        ]
    if campo in INSTANTES and isinstance(valor, int):
        return campo, iso(valor)
    for ending, unit in (("_centavos", pesos), ("_por_mil", por_ciento)):
        if campo.endswith(ending):
            whole = isinstance(valor, int) and not isinstance(valor, bool)
            return campo.removesuffix(ending), unit(valor) if whole else valor
    return campo, valor


def _regla(a: Json) -> Json:
    """How prices moved together, as it is asked for: `porcentaje` or `monto`, and `redondeo` where there is one."""
    rest = {name: valor for name, valor in a.items() if name not in {"por_diez_mil", "monto", "redondeo"}}
    # All three are kept in hundredths.
    said: Json = {"porcentaje": pesos(a["por_diez_mil"])} if a.get("por_diez_mil") else {}
    said |= {"monto": pesos(a["monto"])} if a.get("monto") else {}
    said |= {"redondeo": pesos(a["redondeo"])} if a.get("redondeo", 1) > 1 else {}
    return said | rest
