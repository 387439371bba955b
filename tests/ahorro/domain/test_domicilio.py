"""An address and its parts, there and back, as people here write it."""

import re
import time

import pytest

from ahorro.domain.domicilio import Domicilio, leer_domicilio, leer_partes

LINES = [
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
    # Floors and flats beside the number
    ("Moreno 1840 4° B", Domicilio("Moreno", "1840", "4° B")),
    ("Moreno 1840 4B", Domicilio("Moreno", "1840", "4B")),
    ("Moreno 1840 4", Domicilio("Moreno", "1840", "4")),
    ("Moreno 1840 PB", Domicilio("Moreno", "1840", "PB")),
    ("Moreno 1840 P.B. A", Domicilio("Moreno", "1840", "P.B. A")),
    ("Moreno 1840 piso 3 dto. A", Domicilio("Moreno", "1840", "piso 3 dto. A")),
    ("Moreno 1840 Dpto 2 C, Balvanera", Domicilio("Moreno", "1840", "Dpto 2 C", "", "Balvanera")),
    ("Moreno 1840 1er piso", Domicilio("Moreno", "1840", "1er piso")),
    ("Moreno 1840 3ro B", Domicilio("Moreno", "1840", "3ro B")),
    ("Moreno 1840 - 4° B - Monserrat", Domicilio("Moreno", "1840", "4° B", "", "Monserrat")),
    ("Moreno 1840 4° B Monserrat", Domicilio("Moreno", "1840", "4° B", "", "Monserrat")),
    ("Moreno 1840,3B", Domicilio("Moreno", "1840", "3B")),
    ("Moreno 1840 casa 2", Domicilio("Moreno", "1840", "casa 2")),
    ("Moreno 1840 UF 14", Domicilio("Moreno", "1840", "UF 14")),
    ("Moreno 1840 torre 2 piso 8 B", Domicilio("Moreno", "1840", "torre 2 piso 8 B")),
    ("Moreno 1840 lote 3", Domicilio("Moreno", "1840", "lote 3")),
    ("Moreno 1840 of. 301, CABA", Domicilio("Moreno", "1840", "of. 301", "", "CABA")),
    ("Manuel Ugarte 3800 10 C", Domicilio("Manuel Ugarte", "3800", "10 C")),
    ('Cnel. Díaz 1850 12º "F"', Domicilio("Cnel. Díaz", "1850", '12º "F"')),
    ('Cnel. Díaz 1850 4 "B" Palermo', Domicilio("Cnel. Díaz", "1850", '4 "B"', "", "Palermo")),
    ("Defensa 455 2do. piso", Domicilio("Defensa", "455", "2do. piso")),
    ("Av. Directorio 3456 1er. piso dpto. 4", Domicilio("Av. Directorio", "3456", "1er. piso dpto. 4")),
    ("Paraná 123 3er. B", Domicilio("Paraná", "123", "3er. B")),
    ("Alsina 123 (timbre roto)", Domicilio("Alsina", "123", "(timbre roto)")),
    ("Alsina 123 (PB 2), Once", Domicilio("Alsina", "123", "(PB 2)", "", "Once")),
    # Ways to write the number
    ("Moreno N° 1840", Domicilio("Moreno", "1840")),
    ("Moreno Nº1840", Domicilio("Moreno", "1840")),
    ("Moreno nro. 1840", Domicilio("Moreno", "1840")),
    ("Moreno altura 1840", Domicilio("Moreno", "1840")),
    ("Moreno #1840", Domicilio("Moreno", "1840")),
    ("Moreno al 1800", Domicilio("Moreno", "al 1800")),
    ("Moreno 1840/44", Domicilio("Moreno", "1840/44")),
    ("Moreno 1840B", Domicilio("Moreno", "1840B")),
    ("Moreno 1.840", Domicilio("Moreno", "1.840")),
    ("Moreno, 1840", Domicilio("Moreno", "1840")),
    ("Moreno, N° 1840, 4° B, CABA", Domicilio("Moreno", "1840", "4° B", "", "CABA")),
    ("Moreno S/N", Domicilio("Moreno", "S/N")),
    ("Moreno s/nº, Luján", Domicilio("Moreno", "S/N", "", "", "Luján")),
    ("Cnel. Díaz 2277", Domicilio("Cnel. Díaz", "2277")),
    ("Moreno 1840, C1091AAH CABA", Domicilio("Moreno", "1840", "", "", "C1091AAH CABA")),
    # Streets with a number in their name
    ("RUTA NACIONAL Nº 3 S/Nº", Domicilio("RUTA NACIONAL Nº 3", "S/N")),
    ("Diagonal 74 N° 1234, e/ 5 y 6", Domicilio("Diagonal 74", "1234", "", "5 y 6")),
    ("Calle 50 N° 845 e/ 12 y 13", Domicilio("Calle 50", "845", "", "12 y 13")),
    ("calle 50 N° 845 e/12 y 13, La Plata", Domicilio("calle 50", "845", "", "12 y 13", "La Plata")),
    ("Calle 50 e/ 12 y 13 N° 845", Domicilio("Calle 50", "845", "", "12 y 13")),
    ("Calle 50 e/ 12 y 13 N° 845 4° B", Domicilio("Calle 50", "845", "4° B", "12 y 13")),
    ("Calle 50 845 entre 12 y 13 piso 2 B", Domicilio("Calle 50", "845", "piso 2 B", "12 y 13")),
    ("50 N° 845", Domicilio("50", "845")),
    ("7 1234", Domicilio("7", "1234")),
    ("Calle 7 bis 321", Domicilio("Calle 7 bis", "321")),
    ("Av. 44 1234", Domicilio("Av. 44", "1234")),
    ("Diag 80 567", Domicilio("Diag 80", "567")),
    ("RN 3 1234", Domicilio("RN 3", "1234")),
    ("Ruta Provincial 6 N° 12", Domicilio("Ruta Provincial 6", "12")),
    ("Pasaje 3 45", Domicilio("Pasaje 3", "45")),
    ("C. 48 n° 633 piso 1 of. 12", Domicilio("C. 48", "633", "piso 1 of. 12")),
    ("c/ 48 N° 633", Domicilio("c/ 48", "633")),
    ("Calle 8 Nº 1234 1/2", Domicilio("Calle 8", "1234 1/2")),
    ("Calle 8 Nº 1234 1/2 e/ 58 y 59", Domicilio("Calle 8", "1234 1/2", "", "58 y 59")),
    ('Av. 7 n°1234 1° "B" e/ 58 y 59', Domicilio("Av. 7", "1234", '1° "B"', "58 y 59")),
    ("calle 4 e/ 530 y 531 s/n", Domicilio("calle 4", "S/N", "", "530 y 531")),
    ("Calle 4 e/ 530 y 531 S/N, Tolosa", Domicilio("Calle 4", "S/N", "", "530 y 531", "Tolosa")),
    ("C. Pellegrini 300", Domicilio("C. Pellegrini", "300")),
    ("C. 25 de Mayo 300", Domicilio("C. 25 de Mayo", "300")),
    ("25 de Mayo 312 PB", Domicilio("25 de Mayo", "312", "PB")),
    ("1° de Mayo 1234", Domicilio("1° de Mayo", "1234")),
    ("Av. 9 de Julio 1050 3° A", Domicilio("Av. 9 de Julio", "1050", "3° A")),
    ("11 de Septiembre de 1888 2140", Domicilio("11 de Septiembre de 1888", "2140")),
    ("11 de Septiembre 2140", Domicilio("11 de Septiembre", "2140")),
    ("Bv. 27 de Febrero 100", Domicilio("Bv. 27 de Febrero", "100")),
    ("Av. Entre Ríos 1234", Domicilio("Av. Entre Ríos", "1234")),
    ("Entre Ríos 1234, entre Moreno y Belgrano", Domicilio("Entre Ríos", "1234", "", "Moreno y Belgrano")),
    ("Treinta y Tres Orientales 45", Domicilio("Treinta y Tres Orientales", "45")),
    ("Ortega y Gasset 1850", Domicilio("Ortega y Gasset", "1850")),
    # Without a number, and none to ask for
    ("Ruta 8 km 50,5", Domicilio("Ruta 8 km 50,5", "")),
    ("Ruta 8 Km. 50.5, Pilar", Domicilio("Ruta 8 Km. 50.5", "", "", "", "Pilar")),
    ("Autopista Panamericana km 37,5", Domicilio("Autopista Panamericana km 37,5", "")),
    ("Ruta 2 km 40 S/N", Domicilio("Ruta 2 km 40", "S/N")),
    ("Manzana 4 Lote 12", Domicilio("Manzana 4 Lote 12", "")),
    ("Mz 4 Lt 12, Barrio Los Pinos", Domicilio("Mz 4 Lt 12", "", "", "", "Barrio Los Pinos")),
    ("Mza. B Casa 7", Domicilio("Mza. B Casa 7", "")),
    ("Barrio San Martín, Manzana 3 Casa 12", Domicilio("Barrio San Martín, Manzana 3 Casa 12", "")),
    ("Lote 45, Barrio Nordelta", Domicilio("Lote 45", "", "", "", "Barrio Nordelta")),
    ("Country Los Cardales lote 88", Domicilio("Country Los Cardales lote 88", "")),
    ("Cabildo esq. Juramento", Domicilio("Cabildo esq. Juramento", "")),
    ("Calle 50 esquina 12", Domicilio("Calle 50 esquina 12", "")),
    ("Cabildo 2042 esq. Juramento", Domicilio("Cabildo", "2042 esq. Juramento")),
    # Not complete
    ("Calle 7", Domicilio("Calle 7", "")),
    ("Ruta 8", Domicilio("Ruta 8", "")),
    ("Diagonal 74", Domicilio("Diagonal 74", "")),
    ("9 de Julio", Domicilio("9 de Julio", "")),
    ("Calle 13 entre 45 y 46", Domicilio("Calle 13", "", "", "45 y 46")),
    ("Mendoza entre Cuba y Arcos", Domicilio("Mendoza", "", "", "Cuba y Arcos")),
    ("Cabildo y Juramento", Domicilio("Cabildo y Juramento", "")),
    ("Calle 120 y 61", Domicilio("Calle 120 y 61", "")),
    ("Av. 7 y 50, La Plata", Domicilio("Av. 7 y 50", "", "", "", "La Plata")),
    ("Diagonal 74 y 12", Domicilio("Diagonal 74 y 12", "")),
    ("Camino Centenario y 506", Domicilio("Camino Centenario y 506", "")),
    ("Calle 12 y Ruta 8", Domicilio("Calle 12 y Ruta 8", "")),
    ("25 de Mayo y 9 de Julio", Domicilio("25 de Mayo y 9 de Julio", "")),
    ("Calle 50 y 12 N° 845", Domicilio("Calle 50 y 12", "845")),
    ("Ortega y Gasset N° 1850", Domicilio("Ortega y Gasset", "1850")),
]  # fmt: skip


@pytest.mark.parametrize(("line", "parts"), LINES)
def test_a_line_is_read_into_its_parts(line: str, parts: Domicilio) -> None:
    assert leer_domicilio(line) == parts


@pytest.mark.parametrize(("line", "parts"), LINES)
def test_what_was_put_together_comes_back_into_the_same_fields(line: str, parts: Domicilio) -> None:
    assert leer_domicilio(parts.direccion, parts.piso, parts.barrio) == parts
    assert leer_partes(parts.calle, parts.altura, parts.piso, parts.entre, parts.barrio).direccion == parts.direccion


def said(text: str) -> list[str]:
    """The words and numbers of an address, without those that only announce another."""
    words = re.findall(r"\w+", text.casefold())
    return sorted(w for w in words if w not in {"n", "nº", "nro", "altura", "entre", "e", "s"})


@pytest.mark.parametrize(("line", "parts"), LINES)
def test_no_word_of_an_address_is_lost(line: str, parts: Domicilio) -> None:
    found = leer_domicilio(line)

    kept = said(f"{found.direccion} {found.piso} {found.barrio}")
    assert [w.removeprefix("nº") for w in said(line)] == kept or set(said(line)) - {"nº1840"} <= {*kept, "nº"}


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (("Ruta 8 km 50,5", ""), Domicilio("Ruta 8 km 50,5", "")),
        (("Ruta 8", "km 50,5"), Domicilio("Ruta 8 km 50,5", "")),
        (("50", "845", "", "e/ 12 y 13"), Domicilio("50", "845", "", "12 y 13")),
        (("Calle 50", "N° 845 e/ 12 y 13"), Domicilio("Calle 50", "845", "", "12 y 13")),
        (("Calle 50 e/ 12 y 13", "845"), Domicilio("Calle 50", "845", "", "12 y 13")),
        (("Calle 50", "845", "", "entre calles 12 y 13"), Domicilio("Calle 50", "845", "", "12 y 13")),
        (("Diagonal 74 N° 1234, e/ 5 y 6", ""), Domicilio("Diagonal 74", "1234", "", "5 y 6")),
        (("Moreno 1840 4° B", ""), Domicilio("Moreno", "1840", "4° B")),
        (("Moreno 1840 4° B", "1840"), Domicilio("Moreno", "1840", "4° B")),
        (("Moreno 1840 4° B", "1840", "4° B"), Domicilio("Moreno", "1840", "4° B")),
        (("Moreno", "1840 4° B"), Domicilio("Moreno", "1840", "4° B")),
        (("Moreno", "1840", "3"), Domicilio("Moreno", "1840", "piso 3")),
        (("RUTA NACIONAL Nº 3 S/Nº", ""), Domicilio("RUTA NACIONAL Nº 3", "S/N")),
        (("RUTA NACIONAL Nº 3", "s/nº"), Domicilio("RUTA NACIONAL Nº 3", "S/N")),
        (("Mendoza", "sin número"), Domicilio("Mendoza", "S/N")),
        (("Mendoza 1234", "1234"), Domicilio("Mendoza", "1234")),
        (("Mendoza 1234, Belgrano", "", "", "", "Belgrano"), Domicilio("Mendoza", "1234", "", "", "Belgrano")),
        (("Sector 3", "12"), Domicilio("Sector 3", "12")),
        (("Ruta 8", ""), Domicilio("Ruta 8", "")),
        (("Calle 7", ""), Domicilio("Calle 7", "")),
        (("Mendoza", "por ahí"), Domicilio("Mendoza por ahí", "")),
        (("Mz 4 Lt 12", ""), Domicilio("Mz 4 Lt 12", "")),
        (("Manzana 4", "Lote 12"), Domicilio("Manzana 4 Lote 12", "")),
    ],
)
def test_what_was_typed_into_another_field_is_found_there(typed: tuple[str, ...], parts: Domicilio) -> None:
    assert leer_partes(*typed) == parts


@pytest.mark.parametrize(
    ("line", "complete"),
    [("Ruta 8 km 50,5", True), ("Mz 4 Lt 12", True), ("Cabildo esq. Juramento", True), ("Moreno 1840", True),
     ("Ruta 8 S/N", True), ("Ruta 8", False), ("Calle 7", False), ("9 de Julio", False), ("Mendoza", False)],
)  # fmt: skip
def test_a_number_is_asked_for_where_one_is_needed(line: str, complete: bool) -> None:
    assert leer_domicilio(line).completo is complete


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
    assert leer_partes("Mendoza", typed).altura == kept


@pytest.mark.parametrize(
    "piece", ["entre ", "a", "1", "1.1", "calle 1 ", "4° ", "e/ 1 y ", "n° ", "s/", ", ", "1 de a "]
)
def test_a_text_of_any_length_is_read_at_once(piece: str) -> None:
    for text in (piece * 60, piece * (100_000 // len(piece))):
        begin = time.process_time()
        leer_domicilio(text)
        leer_partes(text, text, text, text, text)
        assert time.process_time() - begin < 0.25
