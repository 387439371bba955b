"""Everything people read speaks as people here do: voseo, neither tuteo nor usted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import ROOT

# Forms that only tuteo has. Those that also say what somebody else does ("se guarda") count at the start of a sentence,
# where they are an order.
ANYWHERE = (
    "puedes", "tienes", "quieres", "debes", "eres", "necesitas", "sabes", "prefieres", "recibes", "vienes", "haces",
    "tú", "ti", "contigo", "usted", "vosotros", "asegúrate", "inténtalo", "regístrate", "escríbenos", "llámanos",
    "inicia sesión", "haz clic", "haz click", "házlo", "dinos", "cuéntanos", "elígelo", "revísalo",
)  # fmt: skip
ORDERS = (
    "Selecciona", "Ingresa", "Agrega", "Elige", "Introduce", "Verifica", "Haz", "Pulsa", "Presiona", "Escribe",
    "Intenta", "Confirma", "Guarda", "Abre", "Cierra", "Comprueba", "Revisa", "Rellena", "Envía",
    "Añade", "Actualiza", "Recarga", "Inicia", "Crea", "Pide", "Recuerda", "Consulta los", "Ve a", "Sigue",
)  # fmt: skip
TUTEO = re.compile(rf"\b(?i:{'|'.join(ANYWHERE)})\b|(?:^|[>\"'`“.!?:…]\s*)(?:{'|'.join(ORDERS)})\b", re.MULTILINE)
PLACES = {"templates": "*.html", "static/js": "*.js", "ahorro": "*.py", "ticketera": "*.py", "belgrano": "*.py"}


def sources() -> Iterator[Path]:
    for folder, kind in PLACES.items():
        yield from sorted((ROOT / folder).rglob(kind))


def test_nobody_is_spoken_to_in_tuteo_or_with_usted() -> None:
    read, found = 0, []
    for path in sources():
        read += 1
        text = path.read_text(encoding="utf-8")
        for hit in TUTEO.finditer(text):
            line = text.count("\n", 0, hit.start()) + 1
            found.append(f"{path.relative_to(ROOT)}:{line}: {hit[0].strip()}")
    assert not found, "\n".join(found)
    assert read > 200


@pytest.mark.parametrize(
    "text",
    ['"Selecciona un repartidor."', "<p>Haz clic acá</p>", "Si tienes dudas", "¿Puedes?", "Listo. Guarda.", "a usted"],
)  # fmt: skip
def test_the_check_hears_tuteo(text: str) -> None:
    assert TUTEO.search(text)


@pytest.mark.parametrize("text", ['"Seleccioná un repartidor."', "se guarda solo", "Elegí uno. Guardá.", "a ustedes"])
def test_the_check_leaves_voseo_alone(text: str) -> None:
    assert not TUTEO.search(text)
