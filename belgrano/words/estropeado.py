"""What a spreadsheet leaves of a value that it could not show or took for another kind: the value itself is lost."""

import re

# Excel, Google Sheets and LibreOffice, in Spanish, English and Portuguese.
_ERROR = re.compile(
    r"#{2,}|#\s?[¡¿]?[a-záéíóúñ][a-záéíóúñ0-9_/. ]{0,24}[!?]|#N/(?:A|D|DISP)|#(?:GETTING_DATA|OBTENIENDO_DATOS)"
    r"|Err:\d{3}|(?:Loading|Cargando)(?:\.{3}|\u2026)",
    re.IGNORECASE,
)
_CIENTIFICA = re.compile(r"[+-]?\d{1,20}(?:[.,]\d{0,20}E[+-]?|E[+-])\d{1,3}", re.IGNORECASE)
_MES = "ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic|jan|apr|aug|dec"
_FECHA = re.compile(
    rf"\d{{1,2}}[-/](?:{_MES})\.?|(?:{_MES})\.?[-/]\d{{2}}"
    r"|(?:\d{1,2}/\d{1,2}/20\d{2}|20\d{2}-\d{2}-\d{2})(?:[ T]0?0:00(?::00)?)?",
    re.IGNORECASE,
)
_LONGEST = 60


def estropeado(texto: str, corto: bool = False) -> str | None:
    """What is wrong with a cell whose value a spreadsheet lost, in Spanish; None for any other text.

    `corto`: what holds short codes, such as `4-2`, of which a spreadsheet makes a date.
    """
    bare = texto.strip()
    if "\ufffd" in bare:
        return "tiene letras perdidas (\ufffd): guardá la planilla de nuevo como CSV UTF-8."
    if len(bare) > _LONGEST:
        return None
    if _ERROR.fullmatch(bare):
        return f"dice “{bare}”: es un error de la planilla, el dato no está."
    if _CIENTIFICA.fullmatch(bare):
        return f"la planilla lo redondeó a “{bare}”: poné la columna como texto y escribilo de nuevo."
    if corto and _FECHA.fullmatch(bare):
        return f"la planilla lo convirtió en una fecha, “{bare}”: poné la columna como texto y escribilo de nuevo."
    return None
