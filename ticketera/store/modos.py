"""The modes of assignment in SQL: a condition on the settings row, from the names in `domain/modos.py`."""

from collections.abc import Sequence

from ticketera.domain.modos import EN_UNA_SENTENCIA, OFRECEN, REPARTEN


def _es_uno_de(modos: Sequence[str]) -> str:
    """SQL, true of the row `c` of configuracion. Each name is one of the table's own, never a value from outside."""
    return f"c.modo_asignacion IN ({', '.join(repr(modo) for modo in modos)})"


REPARTE, OFRECE = _es_uno_de(REPARTEN), _es_uno_de(OFRECEN)
LO_DA_LA_SENTENCIA = _es_uno_de(EN_UNA_SENTENCIA)
