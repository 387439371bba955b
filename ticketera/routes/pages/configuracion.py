"""The settings of dispatch, in plain words, with who changed what.

The form says what it showed: only what this admin changed is written, so that an old tab brings nothing back; and where
a colleague changed the very same meanwhile, nothing is, and it is said.
"""

from dataclasses import asdict, fields
from typing import Any

from quart import Blueprint, redirect, request
from quart.typing import ResponseReturnValue

from belgrano.http.access import allow
from belgrano.words.numbers import whole
from ticketera.actions.configuracion import cambiar_configuracion
from ticketera.domain.configuracion import LIMITES, OPCIONES, SI_O_NO, TEXTOS, Configuracion
from ticketera.domain.errors import ConfiguracionCambio
from ticketera.domain.modos import MODOS
from ticketera.routes.configuracion import revisar
from ticketera.routes.house import base, quien
from ticketera.routes.pages.ajustes import GRUPOS, NIVELES, en_palabras, rotulo
from ticketera.routes.pages.forms import REFUSALS, errors_of
from ticketera.routes.pages.frame import admin_page
from ticketera.store.configuracion import select_cambios, select_configuracion

routes = Blueprint("pagina_configuracion", __name__)
CAMPOS = tuple(each.name for each in fields(Configuracion))


@routes.get("/configuracion")
@allow("admin")
async def get_configuracion() -> str:
    """The settings as they stand."""
    return await _page({}, {}, None)


@routes.post("/configuracion")
@allow("admin")
async def post_configuracion() -> ResponseReturnValue:
    """Change what this admin changed; what makes room gives out waiting tickets."""
    sent = await _sent()
    changed = {campo: texto for campo, texto in sent.items() if texto != await _visto(campo, texto)}
    try:
        cambios = revisar({campo: _valor(campo, texto) for campo, texto in changed.items()})
        vistos = {campo: _valor(campo, seen) for campo in changed if (seen := await _visto(campo, None)) is not None}
        await base().do(cambiar_configuracion, cambios, quien(), vistos)
    except ConfiguracionCambio as error:
        return await _page(changed, await _ajenos(error.campos), error.detalle), 409
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _page(changed, errores, said), status
    return redirect(f"/configuracion?dicho={'guardado' if changed else 'igual'}", 303)


def numero(text: str) -> int | str:
    """A whole number as typed, or the text for the check to refuse."""
    clean = text.strip()
    found = whole(clean, 9)
    return clean if found is None else found


def texto(valor: object) -> str:
    """A setting as a form carries it."""
    return ("si" if valor else "no") if isinstance(valor, bool) else str(valor)


async def _sent() -> dict[str, str]:
    """The settings of the form as text; boxes that are not ticked say nothing, so that the form says it showed them."""
    form = await request.form
    sent = {campo: str(form[campo]) for campo in CAMPOS if campo in form}
    if "antes_prueba_medios" in form:
        sent["prueba_medios"] = ",".join(str(each) for each in form.getlist("prueba_medios"))
    for campo in SI_O_NO:
        if f"antes_{campo}" in form:
            sent[campo] = "si" if form.get(campo) == "si" else "no"
    return {campo: valor.strip() for campo, valor in sent.items()}


async def _visto(campo: str, otherwise: str | None) -> str | None:
    """What the form showed of a setting; `otherwise` where it does not say: then what it sends is what it wants."""
    seen = (await request.form).get(f"antes_{campo}")
    if seen is not None:
        return str(seen)
    return None if otherwise is None else f"not {otherwise}"


def _valor(campo: str, text: str) -> Any:
    if campo in LIMITES:
        return numero(text)
    if campo in SI_O_NO:
        return {"si": True, "no": False}.get(text, text)
    return text


async def _ajenos(campos: list[str]) -> dict[str, str]:
    """What to say beside each setting that a colleague changed meanwhile."""
    changes = await base().read(select_cambios)
    said = {}
    for campo in campos:
        last = next((each for each in changes if each["campo"] == campo), None)
        who = "Otra persona" if last is None else last["quien_nombre"]
        now = getattr(await base().read(select_configuracion), campo)
        said[campo] = f"{who} puso {en_palabras(campo, now)} mientras tanto. Si guardás otra vez, queda lo tuyo."
    return said


async def _page(typed: dict[str, str], errores: dict[str, str], error: str | None) -> str:
    """The form with what is stored, and over it what was typed and could not be kept."""
    stored: Configuracion = await base().read(select_configuracion)
    antes = {campo: texto(valor) for campo, valor in asdict(stored).items()}
    return await admin_page(
        "ticketera/configuracion.html",
        "/configuracion",
        grupos=GRUPOS,
        opciones=OPCIONES,
        limites=LIMITES,
        textos=TEXTOS,
        modos=MODOS,
        niveles=NIVELES,
        antes=antes,
        valores={**antes, **typed},
        errores=errores,
        error=error,
        cambios=await base().read(select_cambios),
        rotulo=rotulo,
        en_palabras=en_palabras,
    )
