"""What a packed pedido comes to: pure, to the centavo, whatever is packed in whatever order."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahorro.domain.armado import ajustado, con_renglon, deshecho, listo, lo_que_cambio, reemplazado
from ahorro.domain.carrito import Cuanto, Renglon
from ahorro.domain.catalogo import Producto
from ahorro.domain.descuentos import Descuento
from ahorro.domain.errors import DomainError, TotalMayor
from ahorro.domain.pedido import Entrega, Pedido

OTRO = Producto(9, "otro", "Otro", "", None, None, None, 70_33, None, None, None, False, True, 1, "N", 1, "C", 210)
PRECIO = st.integers(1, 1_000_00)


def pedido(items: tuple[Renglon, ...], descuentos: tuple[Descuento, ...] = (), envio: int = 0) -> Pedido:
    total = sum(r.subtotal_centavos for r in items) - sum(d.monto_centavos for d in descuentos) + envio
    return Pedido(
        1, "PED-1", 1, "Ana", "a@b.test", "cliente", Entrega("Calle 1", "11 5555-1234", "efectivo"), total, 0,
        "pendiente", None, None, None, "", envio_centavos=envio, items=items, descuentos=descuentos,
        etapa="en_armado", mostrado_centavos=total,
    )  # fmt: skip


@st.composite
def pedidos(draw: Any) -> Pedido:
    """Lines of units and of grams, each with something taken off or nothing."""
    items, descuentos = [], []
    for n in range(draw(st.integers(1, 4))):
        por_peso = draw(st.booleans())
        cantidad = draw(st.integers(1, 3000 if por_peso else 6))
        r = Renglon(n + 1, f"Cosa {n}", cantidad, draw(PRECIO), "N", "C", por_peso=por_peso)
        items.append(r)
        for codigo in draw(st.sampled_from(((), ("",), ("LUNES",), ("", "LUNES")))):
            left = r.subtotal_centavos - sum(d.monto_centavos for d in descuentos if d.producto_id == n + 1)
            monto = draw(st.integers(0, left))
            descuentos.append(Descuento(1, n + 1, "2x1", "", monto, codigo, monto))
    return pedido(tuple(items), tuple(descuentos), draw(st.sampled_from((0, 500_00))))


ACTS = st.lists(st.tuples(st.sampled_from(("renglon", "deshacer", "reemplazar")), st.integers(1, 4), st.integers(0, 7)))


def packed(p: Pedido, acts: list[tuple[str, int, int]]) -> Pedido:
    """The pedido after those acts that it takes."""
    for accion, producto_id, cuanto in acts:
        r = next((each for each in p.items if each.producto_id == producto_id), None)
        if r is None:
            continue
        much = Cuanto(cuanto * 300, en_gramos=True) if r.por_peso and cuanto else Cuanto(cuanto) if cuanto else None
        try:
            if accion == "renglon":
                p = con_renglon(p, producto_id, much)
            elif accion == "deshacer":
                p = deshecho(p, producto_id)
            elif much is not None:
                p = reemplazado(p, producto_id, replace(OTRO, por_peso=r.por_peso), much)
        except DomainError:
            continue
        p = ajustado(p)
    return p


@given(pedidos(), ACTS)
def test_the_total_is_the_lines_less_what_is_taken_off_and_no_line_costs_less_than_nothing(
    p: Pedido, acts: list[tuple[str, int, int]]
) -> None:
    done = packed(p, acts)

    rebajas = sum(d.monto_centavos for d in done.descuentos)
    assert done.total_centavos == sum(r.subtotal_centavos for r in done.items) - rebajas + done.envio_centavos
    for r in done.items:
        off = sum(d.monto_centavos for d in done.descuentos if d.producto_id == r.producto_id)
        goods = sum(x.subtotal_centavos for x in done.items if r.producto_id in {x.producto_id, x.en_lugar_de})
        assert 0 <= off <= goods
    assert done.total_centavos >= 0
    assert done.como_se_pidio == replace(p, etapa="en_armado")


@given(pedidos(), ACTS)
def test_undone_it_is_as_it_was_and_untouched_it_is_what_was_asked_for(
    p: Pedido, acts: list[tuple[str, int, int]]
) -> None:
    done = packed(p, acts)
    for r in p.items:
        done = ajustado(deshecho(done, r.producto_id))

    assert done == p and ajustado(p) == p and lo_que_cambio(p) == []


@given(pedidos(), st.integers(1, 6))
def test_units_fewer_than_asked_for_never_cost_more(p: Pedido, cuanto: int) -> None:
    for r in p.items:
        if not r.por_peso and cuanto <= r.cantidad:
            assert ajustado(con_renglon(p, r.producto_id, Cuanto(cuanto))).total_centavos <= p.total_centavos + 1


def test_two_halves_of_a_centavo_are_not_two_centavos() -> None:
    half = [Descuento(1, 1, "2x1", "", 1, codigo, 1) for codigo in ("", "LUNES")]
    p = pedido((Renglon(1, "Caramelo", 2, 1, "N", "C"),), tuple(half))

    one = ajustado(con_renglon(p, 1, Cuanto(1)))

    assert (p.total_centavos, one.total_centavos) == (0, 0)


@pytest.mark.parametrize(("gramos", "goes"), [(1100, True), (1101, False), (900, True)])
def test_a_tenth_more_is_the_most_without_a_word(gramos: int, goes: bool) -> None:
    asado = pedido((Renglon(1, "Asado", 1000, 1_000_00, "N", "C", por_peso=True),))
    weighed = con_renglon(asado, 1, Cuanto(gramos, en_gramos=True))

    if goes:
        assert listo(weighed, acordado=False).total_centavos == gramos * 100
    else:
        with pytest.raises(TotalMayor):
            listo(weighed, acordado=False)
        assert listo(weighed, acordado=True).etapa == "listo"
