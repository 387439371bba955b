"""An address and its parts, there and back."""

import pytest

from ahorro.domain.domicilio import Domicilio, leer_altura, leer_domicilio


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Moldes 2145, 4.º B, Belgrano", Domicilio("Moldes", "2145", "4.º B", "", "Belgrano")),
        ("Jaramillo 2375, PB 2, Núñez", Domicilio("Jaramillo", "2375", "PB 2", "", "Núñez")),
        ("Av. Cabildo 2042, piso 3, depto B", Domicilio("Av. Cabildo", "2042", "piso 3, depto B")),
        ("9 de Julio 1050", Domicilio("9 de Julio", "1050")),
        ("Calle 13 456, La Plata", Domicilio("Calle 13", "456", "", "", "La Plata")),
        ("Ruta 8 s/n", Domicilio("Ruta 8", "S/N")),
        ("Zapiola 1830 bis, entre Cuba y Arcos", Domicilio("Zapiola", "1830 bis", "", "Cuba y Arcos")),
        ("Donde el árbol grande", Domicilio("Donde el árbol grande", "")),
        ("", Domicilio("", "")),
        (" , ,", Domicilio("", "")),
    ],
)
def test_a_line_is_read_into_its_parts(line: str, parts: Domicilio) -> None:
    assert leer_domicilio(line) == parts


@pytest.mark.parametrize(
    "parts",
    [
        Domicilio("Av. Cabildo", "2042"),
        Domicilio("Ruta 8", "S/N", "", "", "Pilar"),
        Domicilio("Mendoza", "1234", "3.º B", "Cuba y Arcos", "Belgrano"),
    ],
)
def test_what_was_put_together_comes_back_into_the_same_fields(parts: Domicilio) -> None:
    assert leer_domicilio(parts.direccion, parts.piso, parts.barrio) == parts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2042", "2042"),
        (" 1830  bis", "1830 bis"),
        ("s/n", "S/N"),
        ("S N", "S/N"),
        ("sin número", "S/N"),
        ("x", ""),
        ("", ""),
    ],
)
def test_a_house_number_is_a_number_or_says_that_there_is_none(typed: str, kept: str) -> None:
    assert leer_altura(typed) == kept
