"""A file is read as what makes Spanish of its bytes, whatever program saved it."""

import pytest

from ticketera.domain.errors import PlanillaIlegible
from ticketera.domain.planilla import leer, texto_de

HEAD = "Cliente;Domicilio;Items;Importe\n"
SHEETS = (
    f"{HEAD}María Núñez;Perú 1;café;1\n",
    f"{HEAD}María;Moreno 1;pan;1\n",
    "Cliente;Dirección;Productos;Total\nJosé Peña;Ñandú 3;pan;1\n",
    "CLIENTE;DIRECCIÓN;PRODUCTOS;TOTAL\nMARÍA PÉREZ;CÓRDOBA 1840 4° B;AZÚCAR;1\n",
    f"{HEAD}Álvarez Élida;Ángel 3 2º A;ñoquis;1\n",
    f"{HEAD}Óscar;Ituzaingó 3;pan;1\n",
    f"{HEAD}Iñaki Agüero;PERÚ 1;pingüinos;1\n",
    f"{HEAD}Úrsula;Íñigo 3;¿Timbre? ¡Llamar!;1\n",
    f"{HEAD}Ana;Moreno 1;pan;1\n",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman", "cp850")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_program_that_saves_a_sheet_is_understood(encoding: str) -> None:
    for sheet in SHEETS:
        assert texto_de(sheet.encode(encoding)) == sheet
        assert texto_de(sheet.replace("\n", "\r\n").encode(encoding)) == sheet


@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1", "mac_roman", "cp850"])
def test_utf_8_that_was_saved_twice_is_put_right(taken_for: str) -> None:
    for sheet in SHEETS:
        garbled = sheet.encode().decode(taken_for, "ignore")
        if garbled.encode(taken_for) == sheet.encode():  # else the other program lost some for good
            assert texto_de(garbled.encode()) == sheet
            assert [each.celdas for each in leer(garbled).lineas] == [each.celdas for each in leer(sheet).lineas]


def test_a_file_of_two_halves_is_read_in_both() -> None:
    assert texto_de("María;".encode() + "Núñez".encode("cp1252")) == "María;Núñez"
    assert texto_de("MarÃ­a;Núñez".encode()) == "María;Núñez"


@pytest.mark.parametrize(
    "text",
    [
        "D\u2019Angelo “La Ópera” \u2013 10 €…",
        "Gonçalves, Müller & Façade",
        "2 \u00d7 Agua ½ kg ®",
        "São",
        "N° 12 \u2013 Nº 3 \u2013 1ª Junta",
    ],
)
def test_what_windows_writes_beside_spanish_stays(text: str) -> None:
    for encoding in ("utf-8", "cp1252"):
        assert texto_de(text.encode(encoding)) == text


@pytest.mark.parametrize("crudo", [b"\x81\x8d\x8f", "マリア;東京;千代田区".encode("shift_jis"), b"\0\1\2"])
def test_what_is_no_spanish_in_any_of_them_is_refused_by_naming_the_encoding(crudo: bytes) -> None:
    with pytest.raises(PlanillaIlegible) as refused:
        texto_de(crudo)
    assert "UTF-8" in refused.value.detalle
