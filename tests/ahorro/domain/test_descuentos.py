"""What promotions take off: never below nothing, never twice off the same unit, the best for the customer."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ahorro.domain.descuentos import Descuento, Linea, descuentos_de, vale_para
from ahorro.domain.promociones import Promocion


def una(tipo: Any = "porcentaje", promo_id: int = 1, **cambios: Any) -> Promocion:
    return Promocion(promo_id, 1, f"Promo {promo_id}", tipo, **cambios)


def dos_por_uno(promo_id: int = 1, **cambios: Any) -> Promocion:
    return una("nxm", promo_id, lleva=2, paga=1, **cambios)


def una_linea(unidades: int | None, precio: int = 1000, **cambios: Any) -> Linea:
    subtotal = cambios.pop("subtotal", precio * (unidades or 1))
    return replace(Linea(1, 1, (1,), precio, subtotal, unidades), **cambios)


def ahorro(descuentos: tuple[Descuento, ...]) -> int:
    return sum(d.monto_centavos for d in descuentos)


ALCANCES = st.one_of(
    st.just({}),
    st.builds(
        lambda alcance, cuales: {"alcance": alcance, "cuales": tuple(cuales)},
        st.sampled_from(["categoria", "negocio", "producto"]),
        st.sets(st.integers(1, 3), min_size=1),
    ),
)


@st.composite
def promociones(draw: st.DrawFn) -> list[Promocion]:
    found = []
    for promo_id in range(1, draw(st.integers(0, 4)) + 1):
        tipo = draw(st.sampled_from(["nxm", "segunda", "porcentaje"]))
        more: dict[str, Any] = {}
        if tipo == "nxm":
            lleva = draw(st.integers(2, 5))
            more = {"lleva": lleva, "paga": draw(st.integers(1, lleva - 1))}
        else:
            more = {"por_ciento": draw(st.integers(1, 100))}
        sobre, mezcla = draw(st.booleans()), tipo != "porcentaje" and draw(st.booleans())
        found.append(una(tipo, promo_id, **more, **draw(ALCANCES), sobre_ofertas=sobre, mezcla=mezcla))
    return found


@st.composite
def cupones(draw: st.DrawFn) -> Promocion | None:
    more = draw(
        st.one_of(
            st.none(),
            st.builds(lambda n: {"tipo": "porcentaje", "por_ciento": n}, st.integers(1, 100)),
            st.builds(lambda n: {"tipo": "monto", "monto_centavos": n}, st.integers(1, 10**7)),
        )
    )
    if more is None:
        return None
    return una(promo_id=99, codigo="LUNES", minimo_centavos=draw(st.integers(0, 5000)), **more, **draw(ALCANCES))


@st.composite
def lineas(draw: st.DrawFn) -> list[Linea]:
    found = []
    for producto_id in range(1, draw(st.integers(1, 4)) + 1):
        precio = draw(st.integers(1, 100_000))
        unidades = draw(st.one_of(st.none(), st.integers(1, 999)))
        subtotal = draw(st.integers(0, 1_000_000)) if unidades is None else precio * unidades
        padre, negocio, en_oferta = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.booleans())
        found.append(Linea(producto_id, negocio, (padre, 10 + padre), precio, subtotal, unidades, en_oferta))
    return found


@given(lineas(), promociones(), cupones())
def test_no_line_comes_to_less_than_nothing_and_the_discounts_add_up(
    bought: list[Linea], rules: list[Promocion], cupon: Promocion | None
) -> None:
    found = descuentos_de(bought, rules, cupon)

    por_linea: Counter[int] = Counter()
    for d in found:
        assert d.monto_centavos > 0
        por_linea[d.producto_id] += d.monto_centavos
    assert all(por_linea[linea.producto_id] <= linea.subtotal_centavos for linea in bought)
    total = sum(linea.subtotal_centavos for linea in bought) - ahorro(found)
    assert 0 <= total == sum(linea.subtotal_centavos - por_linea[linea.producto_id] for linea in bought)


@given(lineas(), promociones(), cupones())
def test_only_lines_that_a_promotion_is_for_take_part_and_offers_only_where_it_says_so(
    bought: list[Linea], rules: list[Promocion], cupon: Promocion | None
) -> None:
    by_id = {p.id: p for p in (*rules, *([cupon] if cupon else []))}
    line_of = {linea.producto_id: linea for linea in bought}

    for d in descuentos_de(bought, rules, cupon):
        linea, promo = line_of[d.producto_id], by_id[d.promocion_id]
        assert vale_para(promo, linea)
        assert promo.sobre_ofertas or not linea.en_oferta


@given(lineas(), promociones(), cupones(), st.randoms())
def test_the_order_in_which_promotions_come_changes_nothing(
    bought: list[Linea], rules: list[Promocion], cupon: Promocion | None, shuffle: Any
) -> None:
    other = list(rules)
    shuffle.shuffle(other)

    assert descuentos_de(bought, rules, cupon) == descuentos_de(bought, other, cupon)


def lo_mejor(unidades: int, precio: int, rules: list[Promocion]) -> int:
    """The most that can be taken off, each unit once, found by trying everything."""
    best = [0] * (unidades + 1)
    for n in range(1, unidades + 1):
        best[n] = best[n - 1]
        for p in rules:
            match p.tipo:
                case "nxm":
                    size, off = p.lleva or 0, ((p.lleva or 0) - (p.paga or 0)) * precio
                case "segunda":
                    size, off = 2, (precio * (p.por_ciento or 0) + 50) // 100
                case _:
                    size, off = 1, (precio * (p.por_ciento or 0) + 50) // 100
            if size <= n:
                best[n] = max(best[n], best[n - size] + off)
    return best[unidades]


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 10_000), promociones())
def test_a_line_takes_what_is_best_for_its_customer_no_unit_twice(
    unidades: int, precio: int, rules: list[Promocion]
) -> None:
    line = una_linea(unidades, precio)
    mine = [p for p in rules if vale_para(p, line) and not p.mezcla]

    assert ahorro(descuentos_de([line], mine)) == lo_mejor(unidades, precio, mine)


@given(promociones(), st.integers(0, 1_000_000))
def test_what_is_weighed_takes_one_percentage_and_nothing_that_counts_units(
    rules: list[Promocion], subtotal: int
) -> None:
    line = una_linea(None, 9800, subtotal=subtotal)

    found = descuentos_de([line], rules)

    rates = [p.por_ciento or 0 for p in rules if p.tipo == "porcentaje" and vale_para(p, line)]
    assert ahorro(found) == (subtotal * max(rates, default=0) + 50) // 100
    assert len(found) <= 1


@given(lineas(), promociones(), st.integers(1, 10**7))
def test_an_amount_is_taken_off_to_the_centavo_or_down_to_nothing(
    bought: list[Linea], rules: list[Promocion], monto: int
) -> None:
    cupon = una("monto", 99, monto_centavos=monto, codigo="MIL", sobre_ofertas=True)
    before = ahorro(descuentos_de(bought, rules))

    found = descuentos_de(bought, rules, cupon)

    left = sum(linea.subtotal_centavos for linea in bought) - before
    assert ahorro(found) - before == min(monto, left)


def test_of_two_for_one_the_odd_unit_is_paid() -> None:
    (found,) = descuentos_de([una_linea(5)], [dos_por_uno()])

    assert found.monto_centavos == 2000
    assert found.texto == "2x1: llevás 4, pagás 2"


def test_what_two_for_one_leaves_over_takes_the_next_best() -> None:
    two, ten = descuentos_de([una_linea(3)], [dos_por_uno(), una(promo_id=2, por_ciento=10)])

    assert (two.monto_centavos, ten.monto_centavos) == (1000, 100)


def test_seventy_off_the_second_is_off_every_second() -> None:
    (found,) = descuentos_de([una_linea(4)], [una("segunda", por_ciento=70)])

    assert found.monto_centavos == 1400
    assert found.texto == "70 % en la 2.ª unidad, 2 veces"


def test_between_equals_the_older_promotion_is_taken() -> None:
    (found,) = descuentos_de([una_linea(2)], [una(promo_id=8, por_ciento=50), dos_por_uno(7)])

    assert found.promocion_id == 7


def test_a_coupon_comes_off_what_the_promotions_left_and_counts_its_least_by_that() -> None:
    cupon = una(promo_id=9, por_ciento=10, codigo="DIEZ", minimo_centavos=1000)

    assert ahorro(descuentos_de([una_linea(2)], [dos_por_uno()], cupon)) == 1100
    assert ahorro(descuentos_de([una_linea(2)], [dos_por_uno()], replace(cupon, minimo_centavos=1001))) == 1000


def test_units_of_two_products_do_not_go_together() -> None:
    assert not descuentos_de([una_linea(1), una_linea(1, producto_id=2)], [dos_por_uno()])
