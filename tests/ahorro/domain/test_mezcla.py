"""Promotions that take units of several products together, held against the same rule said unit by unit."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ahorro.domain.descuentos import Descuento, Linea, Reglas, descuentos_de, rebajar, vale_para
from ahorro.domain.promociones import Promocion
from tests.ahorro.domain.test_descuentos import ahorro, cupones, dos_por_uno, lo_mejor, promociones, una, una_linea

Unidad = tuple[int, int]  # what it costs, whose it is


def tres_por_dos(promo_id: int = 1, **cambios: Any) -> Promocion:
    return una("nxm", promo_id, lleva=3, paga=2, mezcla=True, **cambios)


def por_producto(found: tuple[Descuento, ...]) -> dict[int, int]:
    return {d.producto_id: d.monto_centavos for d in found}


def test_of_three_products_the_cheapest_is_free() -> None:
    bought = [una_linea(1, precio, producto_id=n) for n, precio in enumerate((500, 900, 700), 1)]

    (found,) = descuentos_de(bought, [tres_por_dos()])

    assert (found.producto_id, found.monto_centavos) == (1, 500)
    assert found.texto == "3x2 combinando: 1 gratis, lo más barato de cada 3"


def test_something_cheap_more_never_takes_away_what_the_dear_ones_brought() -> None:
    dear, cheap = una_linea(3, 10_000), una_linea(3, 100, producto_id=2)

    assert por_producto(descuentos_de([dear, cheap], [tres_por_dos()])) == {1: 10_000, 2: 100}


def test_what_makes_no_group_goes_by_its_product_s_own_promotions() -> None:
    bought = [una_linea(2, 900), una_linea(3, 100, producto_id=2)]
    own = dos_por_uno(5, alcance="producto", cuales=(2,))

    by = [(d.promocion_id, d.monto_centavos) for d in descuentos_de(bought, [tres_por_dos(), own])]
    assert by == [(1, 100), (5, 100)]


def test_a_product_with_something_better_of_its_own_stays_out() -> None:
    bought = [una_linea(2, 10_000), una_linea(3, 1000, producto_id=2)]
    own = dos_por_uno(5, alcance="producto", cuales=(1,))

    assert por_producto(descuentos_de(bought, [tres_por_dos(), own])) == {1: 10_000, 2: 1000}


def test_of_two_the_one_that_takes_off_the_larger_part_comes_first() -> None:
    bought = [una_linea(2, 1000), una_linea(2, 400, producto_id=2)]
    two = una("nxm", 7, lleva=2, paga=1, mezcla=True)

    assert [d.promocion_id for d in descuentos_de(bought, [tres_por_dos(), two])] == [7, 7]


def test_seventy_off_the_second_is_off_the_cheaper_of_two_products() -> None:
    bought = [una_linea(1, 1000), una_linea(1, 333, producto_id=2)]

    (found,) = descuentos_de(bought, [una("segunda", por_ciento=70, mezcla=True)])

    assert (found.producto_id, found.monto_centavos) == (2, 233)
    assert found.texto == "70 % en la 2.ª unidad, combinando: en la más barata de cada 2"


def test_what_is_weighed_and_what_it_is_not_for_are_no_units_of_it() -> None:
    bought = [una_linea(2, 900), una_linea(None, 900, producto_id=2), una_linea(1, 900, producto_id=3, negocio_id=2)]

    assert not descuentos_de(bought, [tres_por_dos(alcance="negocio", cuales=(1,))])


def test_prices_of_a_million_millions_stay_exact() -> None:
    bought = [una_linea(999, 10**14 + 1), una_linea(999, 10**14 - 1, producto_id=2)]

    assert por_producto(descuentos_de(bought, [tres_por_dos()])) == {1: 333 * (10**14 + 1), 2: 333 * (10**14 - 1)}


@st.composite
def pocas_lineas(draw: st.DrawFn) -> list[Linea]:
    found = []
    for producto_id in range(1, draw(st.integers(1, 4)) + 1):
        precio = draw(st.integers(1, 60) | st.integers(10**11, 10**14))
        unidades = draw(st.none() | st.integers(1, 7))
        subtotal = draw(st.integers(0, 5000)) if unidades is None else precio * unidades
        padre, negocio, en_oferta = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.booleans())
        found.append(Linea(producto_id, negocio, (padre, 10 + padre), precio, subtotal, unidades, en_oferta))
    return found


def una_por_una(bought: list[Linea], rules: list[Promocion]) -> int:
    """What is taken off by the rule as it is written, unit by unit and with nothing clever."""
    por_id = {linea.producto_id: linea for linea in bought}
    solas = [p for p in rules if not p.mezcla]
    quedan: list[Unidad] = [
        (linea.precio_centavos, linea.producto_id) for linea in bought for _ in range(linea.unidades or 0)
    ]

    def propio(units: list[Unidad]) -> int:
        whose = {who for _, who in units}
        return sum(
            lo_mejor(
                sum(each == who for _, each in units),
                por_id[who].precio_centavos,
                [p for p in solas if vale_para(p, por_id[who])],
            )
            for who in whose
        )

    def juntar(p: Promocion, fuera: set[int]) -> tuple[list[Unidad], int]:
        """The units that it takes, and what it takes off them."""
        size, free = (p.lleva or 0, (p.lleva or 0) - (p.paga or 0)) if p.tipo == "nxm" else (2, 1)
        pool = [u for u in quedan if vale_para(p, por_id[u[1]]) and u[1] not in fuera]
        pool.sort(key=lambda u: (-u[0], u[1]))
        taken, off = [], 0
        while len(pool) >= size:
            group, pool = pool[:size], pool[size:]
            off += sum((price * (p.por_ciento or 100) + 50) // 100 for price, _ in group[size - free :])
            taken += group
        return taken, off

    def total(p: Promocion, fuera: set[int]) -> int:
        taken, off = juntar(p, fuera)
        rest = list(quedan)
        for unit in taken:
            rest.remove(unit)
        return off + propio(rest)

    found = 0
    for p in sorted((p for p in rules if p.mezcla), key=lambda p: (-de_cien(p), p.id)):
        fuera: set[int] = set()
        for who in sorted({who for _, who in quedan}, key=lambda who: (-por_id[who].precio_centavos, who)):
            if total(p, fuera | {who}) > total(p, fuera):
                fuera |= {who}
        if total(p, fuera) > propio(quedan):
            taken, off = juntar(p, fuera)
            found += off
            for unit in taken:
                quedan.remove(unit)
    weighed = [
        max(
            ((linea.subtotal_centavos * (p.por_ciento or 0) + 50) // 100)
            for p in [*(p for p in solas if p.tipo == "porcentaje" and vale_para(p, linea)), una(por_ciento=0)]
        )
        for linea in bought
        if linea.unidades is None
    ]
    return found + propio(quedan) + sum(weighed)


def de_cien(p: Promocion) -> Fraction:
    """Of a hundred pesos how many it takes off."""
    de_a, rebajas = (
        (p.lleva or 1, 100 * ((p.lleva or 0) - (p.paga or 0))) if p.tipo == "nxm" else (2, p.por_ciento or 0)
    )
    return Fraction(rebajas, de_a)


@settings(deadline=None, max_examples=300)
@given(pocas_lineas(), promociones())
def test_a_cart_comes_to_what_the_rule_says_unit_by_unit(bought: list[Linea], rules: list[Promocion]) -> None:
    assert ahorro(descuentos_de(bought, rules)) == una_por_una(bought, rules)


MARTES = 1_764_687_600_000  # Tuesday 2 December 2025, 12:00 in Buenos Aires
HORAS = st.none() | st.integers(MARTES - 3_600_000, MARTES + 3_600_000)


@st.composite
def que_rigen_o_no(draw: st.DrawFn) -> list[Promocion]:
    return [
        replace(
            p,
            desde=draw(HORAS),
            hasta=draw(HORAS),
            dias=draw(st.sampled_from([(), (1,), (2,), (1, 2)])),
            medios=draw(st.sampled_from([(), ("efectivo",), ("efectivo", "transferencia"), ("tarjeta",)])),
            activa=draw(st.booleans()),
        )
        for p in draw(promociones())
    ]


@settings(deadline=None)
@given(pocas_lineas(), que_rigen_o_no(), cupones(), st.sampled_from(["", "efectivo", "transferencia"]))
def test_only_what_rules_at_that_instant_for_that_way_to_pay_counts_and_a_coupon_comes_last(
    bought: list[Linea], rules: list[Promocion], cupon: Promocion | None, metodo: str
) -> None:
    found, aviso = rebajar(bought, Reglas(tuple(rules), cupon.codigo if cupon else "", cupon), MARTES, metodo)

    ruling = []
    for p in rules:
        begun = p.desde is None or p.desde <= MARTES
        over = p.hasta is not None and p.hasta <= MARTES
        today = not p.dias or 2 in p.dias
        if p.activa and begun and not over and today and (not p.medios or metodo in p.medios):
            ruling.append(p)
    of_all = [d for d in found if not d.codigo]
    assert sum(d.monto_centavos for d in of_all) == una_por_una(bought, ruling)
    by_coupon = sum(d.monto_centavos for d in found if d.codigo)
    assert by_coupon == del_cupon(bought, of_all, cupon)
    assert bool(aviso) == (cupon is not None and not by_coupon)


def del_cupon(bought: list[Linea], hechos: list[Descuento], cupon: Promocion | None) -> int:
    """What a coupon takes off by the rule as it is written."""
    if cupon is None:
        return 0
    left = {linea.producto_id: linea.subtotal_centavos for linea in bought}
    for d in hechos:
        left[d.producto_id] -= d.monto_centavos
    if sum(left.values()) < cupon.minimo_centavos:
        return 0
    base = sum(left[linea.producto_id] for linea in bought if vale_para(cupon, linea))
    if cupon.tipo == "monto":
        return min(base, cupon.monto_centavos or 0)
    return (base * (cupon.por_ciento or 0) * 2 + 100) // 200


@settings(deadline=None)
@given(pocas_lineas(), promociones(), cupones())
def test_what_goes_together_is_never_worse_than_the_products_own_promotions(
    bought: list[Linea], rules: list[Promocion], cupon: Promocion | None
) -> None:
    found = descuentos_de(bought, rules, cupon)

    alone = ahorro(descuentos_de(bought, [p for p in rules if not p.mezcla]))
    assert sum(d.monto_centavos for d in found if not d.codigo) >= alone
    assert all(
        sum(d.monto_centavos for d in found if d.producto_id == linea.producto_id) <= linea.subtotal_centavos
        for linea in bought
    )


@settings(deadline=None)
@given(pocas_lineas(), st.integers(2, 5), st.data())
def test_one_unit_more_never_takes_anything_away(bought: list[Linea], lleva: int, data: st.DataObject) -> None:
    rule = una("nxm", lleva=lleva, paga=data.draw(st.integers(1, lleva - 1)), mezcla=True, sobre_ofertas=True)
    before = ahorro(descuentos_de(bought, [rule]))
    which = data.draw(st.integers(0, len(bought) - 1))
    more = list(bought)
    if more[which].unidades is not None:
        more[which] = replace(more[which], unidades=more[which].unidades + 1)

    assert ahorro(descuentos_de(more, [rule])) >= before
