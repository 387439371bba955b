"""An order that a person wrote, into a form or a spreadsheet, checked like one that a shop posts."""

from collections.abc import Mapping
from typing import Any

from belgrano.http.problems import Problem
from belgrano.http.shapes import parse
from belgrano.words.codificacion import ilegible
from ticketera.domain.celdas import campos_de
from ticketera.domain.encargo import Encargo
from ticketera.domain.errors import CamposInvalidos
from ticketera.routes.encargo import TicketEscrito, encargo_dicho


def pedido_de(celdas: Mapping[str, str], **fijos: Any) -> Encargo:
    """The order that these texts say (`celdas.campos_de`), with what is known besides. Raises CamposInvalidos."""
    campos, errores = campos_de(celdas)
    errores += [(campo, "tiene un carácter que no sirve.") for campo, texto in celdas.items() if ilegible(texto)]
    try:
        data = parse(TicketEscrito, {**campos, **fijos})
    except Problem as problem:
        known = {campo for campo, _ in errores}
        for each in problem.extra["errores"]:
            if each["campo"] not in known:
                missing = each["campo"] in fijos or celdas.get(each["campo"], "").strip()
                errores.append((each["campo"], each["detalle"] if missing else "hace falta."))
        raise CamposInvalidos(*errores) from None
    if errores:
        raise CamposInvalidos(*errores)
    return encargo_dicho(data)
