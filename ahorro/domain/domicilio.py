"""An address in the parts that people know it by, and back from one line to the parts."""

import re
from dataclasses import dataclass

SIN_ALTURA = "S/N"
# Lines are read with one blank where there were more: an expression with `\s*` here and there takes for ever.
_SIN_ALTURA = re.compile(r"s ?/? ?n(?:\.?º|[º°])?\.?|sin n[uú]mero|sin altura", re.IGNORECASE)
# `Av. Cabildo 2042`, `Ruta 8 S/N`, `Zapiola 1830 bis`: what comes last and begins with a digit, or is S/N.
_CALLE = re.compile(r"(?P<calle>.*) (?P<altura>\d[\w/-]*(?: bis)?|s/n)", re.IGNORECASE)
_ENTRE = re.compile(r"entre (.+)", re.IGNORECASE)
# `piso 3`, `3° B`, `4 B`, `PB`, `depto 2`, `9.º E`, `2º`, `UF 14`
_PISO = re.compile(
    r"(?:piso|depto|dpto|departamento|dto|of|oficina|local|uf|pb|planta baja|timbre|casa|torre)\b.*"
    r"|\d{1,3} ?\.? ?[°ºª]? ?[a-z]{0,2} ?\d{0,3}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Domicilio:
    """Where it goes. `altura` is a number or S/N; `piso` is floor and flat as one writes them (`3° B`)."""

    calle: str
    altura: str
    piso: str = ""
    entre: str = ""
    barrio: str = ""

    @property
    def direccion(self) -> str:
        """The line without floor and barrio: `Av. Cabildo 2042, entre Mendoza y Juramento`."""
        line = f"{self.calle} {self.altura}".strip()
        return f"{line}, entre {self.entre}" if self.entre else line


def leer_altura(text: str) -> str:
    """The house number as it is kept; S/N however it was written. Empty when it is neither."""
    text = " ".join(text.split())
    if _SIN_ALTURA.fullmatch(text):
        return SIN_ALTURA
    return text if any(c.isdigit() for c in text) else ""


def leer_domicilio(line: str, piso: str = "", barrio: str = "") -> Domicilio:
    """The parts of an address that was kept as one line. What fits nowhere is the calle, so that nothing is lost."""
    parts = [" ".join(part.split()) for part in line.split(",")]
    first, *rest = [part for part in parts if part] or [""]
    found = _CALLE.fullmatch(first)
    calle, altura = (found["calle"].strip(), leer_altura(found["altura"])) if found else (first, "")
    entre = ""
    for part in rest:
        if crossing := _ENTRE.fullmatch(part):
            entre = crossing[1]
        elif _PISO.fullmatch(part):
            piso = f"{piso}, {part}" if piso else part
        else:
            barrio = f"{barrio}, {part}" if barrio else part
    return Domicilio(calle, altura, piso, entre, barrio)
