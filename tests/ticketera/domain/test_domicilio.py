"""Addresses as people here write them: whether there is a house's number, and what a geocoder is asked."""

from urllib.parse import unquote

import pytest

from ticketera.domain.direccion import pregunta
from ticketera.domain.domicilio import es_altura, tiene_altura

ASKED = (
    # written, asked
    ("Av. Of. Sánchez 120", "Av. Of. Sánchez 120"),
    ("Av. Of. Sánchez 120 of. 4", "Av. Of. Sánchez 120"),
    ("Av. Piso 120", "Av. Piso 120"),
    ("Local 3, Galería Sur", "Local 3, Galería Sur"),
    ("Av. Belgrano 1234, piso 3, Monserrat", "Av. Belgrano 1234, Monserrat"),
    ("Moreno 1840, 4° B", "Moreno 1840"),
    ("Moreno 1840, 4° B, Monserrat", "Moreno 1840, Monserrat"),
    ("Moreno 1840 4° B", "Moreno 1840"),
    ("Moreno 1840 4to B", "Moreno 1840"),
    ("Moreno 1840 4 B", "Moreno 1840"),
    ("Moreno 1840 4B, Once", "Moreno 1840, Once"),
    ("Moreno 1840 - 3° B", "Moreno 1840"),
    ("Moreno 1840 bis 2° C", "Moreno 1840 bis"),
    ("Moreno 1840 Torre 2 Piso 3 Dto B", "Moreno 1840"),
    ("Moreno 1840 piso 3 depto B, Once", "Moreno 1840, Once"),
    ("Moreno 1840, timbre roto", "Moreno 1840"),
    ("Moreno 1840, dpto 4 B", "Moreno 1840"),
    ("Sarmiento 200, oficina 4 (recepción), Centro", "Sarmiento 200, Centro"),
    ("Rivadavia 5000, P. 2", "Rivadavia 5000"),
    ("Güemes 4200, 12 C, Palermo", "Güemes 4200, Palermo"),
    ("Mitre 300 PB", "Mitre 300"),
    ("Ruta 8 km 50,5", "Ruta 8 km 50,5"),
    ("Ruta 8 km 50,5, local 3", "Ruta 8 km 50,5"),
    ("Calle 50 N° 845 e/ 12 y 13", "Calle 50 N° 845"),
    ("Calle 50 N° 845, e/ 12 y 13, La Plata", "Calle 50 N° 845, La Plata"),
    ("Calle 50 845 entre 12 y 13", "Calle 50 845"),
    ("Diagonal 74 N° 1234, e/ 5 y 6", "Diagonal 74 N° 1234"),
    ("Moreno 1840 (entre Perú y Chacabuco)", "Moreno 1840"),
    ("Entre Ríos 1234, 2° A", "Entre Ríos 1234"),
    ("Moreno 1840, Paraná, Entre Ríos", "Moreno 1840, Paraná, Entre Ríos"),
    ("25 de Mayo 300 1° A", "25 de Mayo 300"),
    ("1° de Mayo 300", "1° de Mayo 300"),
    ("Moreno 300, 1° de Mayo", "Moreno 300, 1° de Mayo"),
    ("Belgrano 450 esq. Perú", "Belgrano 450 esq. Perú"),
)


@pytest.mark.parametrize(("written", "asked"), ASKED)
def test_a_geocoder_is_asked_for_the_house_and_not_for_the_door(written: str, asked: str) -> None:
    assert unquote(pregunta("{q}", written)) == asked


@pytest.mark.parametrize(
    "written",
    [
        "Moreno 1840", "Calle 50 845", "Calle 50 N° 845", "Ruta 8 km 50,5", "Ruta Nac. 3 S/N", "25 de Mayo 300",
        "Av. 7 845", "12 de Octubre 33", "Av. San Martín 1.234", "Moreno S/N", "Barrio Norte Mz 3 Lote 4",
        "C. Pellegrini 300", "Av Córdoba 3000", "Moreno 1840, 4° B", "Calle 1 y 60", "7 1580", "7 N° 1580 e/ 46 y 47",
    ],
)  # fmt: skip
def test_a_house_number_is_seen(written: str) -> None:
    assert tiene_altura(written)


@pytest.mark.parametrize(
    "written",
    [
        "Moreno", "Calle 50", "calle 845", "Diagonal 74", "Ruta 8", "Ruta Nac. N° 3", "25 de Mayo", "9 de Julio",
        "Av. 9 de Julio", "Av. 7", "1° de Mayo", "Moreno piso 3", "Moreno, 4° B", "Pje. 3", "Av. 3 de Febrero", "",
        "7", "13 bis", "137", "7 e/ 46 y 47", "7, entre 46 y 47",
    ],
)  # fmt: skip
def test_the_number_of_a_street_is_no_house(written: str) -> None:
    assert not tiene_altura(written)


def test_what_may_be_a_house_number() -> None:
    assert all(map(es_altura, ("1840", "1840 bis", "12 B", "S/N", "s/n°", "1.840", "1840.0", "7")))
    assert not any(map(es_altura, ("A-1001", "PED-3", "100001", "", "Ana", "1840, 4° B")))
