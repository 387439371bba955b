"""Who the shop is stands in its settings: no page and no mail says it by itself."""

import re
from pathlib import Path

import pytest

from ahorro.domain.configuracion import Configuracion
from ahorro.domain.legales import parrafos
from ahorro.routes.pages.telefonos import llamar, whatsapp
from ahorro.settings import ALIAS_DE_PRUEBA

ROOT = Path(__file__).parents[3]
# Where a fresh shop's settings come from.
MAY_SAY = {"domain/configuracion.py", "settings.py"}
TEMPLATES = sorted((ROOT / "templates" / "ahorro").rglob("*.html"))
MODULES = [
    path
    for path in sorted((ROOT / "ahorro").rglob("*.py"))
    if "demo" not in path.parts and path.relative_to(ROOT / "ahorro").as_posix() not in MAY_SAY
]
FRESH = Configuracion()
LITERALS = re.compile(
    rf"{FRESH.nombre}|{re.escape(ALIAS_DE_PRUEBA)}|Núñez|Colegiales|tel:\+?\d|wa\.me/\d|\d{{4}}-\d{{4}}|\b\d{{2}}-\d{{8}}-\d\b|[\w.]+@[\w-]+\.\w+",
    re.IGNORECASE,
)
EXAMPLE = re.compile(r"como [\d-]+|placeholder='[^']*'|ayuda='[^']*'|\"\"\".*?\"\"\"|#[^\n]*", re.DOTALL)


@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_and_no_module_says_who_the_shop_is(path: Path) -> None:
    said = LITERALS.findall(EXAMPLE.sub("", path.read_text()))

    assert not said, f"the settings say that: {said}"


@pytest.mark.parametrize(
    ("written", "calls", "writes"),
    [
        ("11 5263-4000", "tel:+541152634000", "https://wa.me/5491152634000"),
        ("+54 9 11 5555-1234", "tel:+5491155551234", "https://wa.me/5491155551234"),
        ("011 15 5555-1234", "tel:+5491155551234", "https://wa.me/5491155551234"),
        ("+598 94 123 456", "tel:+59894123456", "https://wa.me/59894123456"),
        ("preguntá por Marta", "", ""),
    ],
)
def test_a_telephone_as_it_was_written_is_called_and_written_to(written: str, calls: str, writes: str) -> None:
    assert (llamar(written), whatsapp(written)) == (calls, writes)


def test_a_text_is_paragraphs_and_titles() -> None:
    text = "Uno.\nSigue.\r\n\r\n  Título  \n\n\n\nOtro: con dos puntos.\n\n" + "x" * 81

    found = [(p.texto, p.es_titulo) for p in parrafos(text)]

    long = "x" * 81
    assert found == [("Uno.\nSigue.", False), ("Título", True), ("Otro: con dos puntos.", False), (long, False)]
    assert parrafos(" \n ") == []
