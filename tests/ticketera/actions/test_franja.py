"""When and where to: hints of an order beyond the contract, and their editing."""

import pytest

from tests.ticketera.cast import Cast
from ticketera.actions import tickets
from ticketera.domain.errors import CamposInvalidos


async def test_an_order_keeps_its_franja_place_and_negocio(cast: Cast) -> None:
    productos = [{"nombre": "Arroz", "cantidad": 1, "negocio": "Don Tito"}] * 2
    ticket = await cast.pedido(
        productos=productos, cliente_piso="4.º B", cliente_barrio="Núñez", franja_desde=1_000, franja_hasta=2_000
    )

    stored = await cast.get_ticket(ticket.id)
    assert (stored.cliente_piso, stored.cliente_barrio, stored.negocio) == ("4.º B", "Núñez", "Don Tito")
    assert (stored.franja_desde, stored.franja_hasta) == (1_000, 2_000)


@pytest.mark.parametrize("franja", [(None, 1_000), (2_000, 1_000), (1_000, 1_000)])
async def test_an_end_alone_and_a_franja_without_length_are_none(
    cast: Cast, franja: tuple[int | None, int | None]
) -> None:
    ticket = await cast.pedido(franja_desde=franja[0], franja_hasta=franja[1])
    assert (ticket.franja_desde, ticket.franja_hasta) == (None, None)


async def test_a_beginning_alone_is_kept_and_the_rest_can_be_edited(cast: Cast) -> None:
    ticket = await cast.pedido(franja_desde=1_000)
    assert (ticket.franja_desde, ticket.franja_hasta) == (1_000, None)

    changed = await cast.base.do(tickets.editar_ticket, cast.ana.quien, ticket.id, ticket.version, {"metodo_pago": "x"})
    assert (changed.franja_desde, changed.version) == (1_000, 2)


async def test_products_of_two_negocios_are_of_none(cast: Cast) -> None:
    two = [{"nombre": "Pan", "cantidad": 1, "negocio": n} for n in ("Don Tito", "La Espiga")]
    assert (await cast.pedido(productos=two)).negocio == ""
    assert (await cast.pedido(productos=["Pan x2"])).negocio == ""


async def test_an_admin_sets_a_franja_whole_or_not_at_all(cast: Cast) -> None:
    ticket = await cast.pedido()
    for wrong in ({"franja_desde": 5}, {"franja_desde": 5, "franja_hasta": 5}):
        with pytest.raises(CamposInvalidos):
            await cast.base.do(tickets.editar_ticket, cast.ana.quien, ticket.id, ticket.version, wrong)
    changed = await cast.base.do(
        tickets.editar_ticket, cast.ana.quien, ticket.id, ticket.version, {"franja_desde": 5, "franja_hasta": 9}
    )
    assert (changed.franja_desde, changed.franja_hasta, changed.version) == (5, 9, ticket.version + 1)


async def test_a_new_address_forgets_where_the_old_one_was(cast: Cast) -> None:
    ticket = await cast.pedido(cliente_lat=-34.5, cliente_lng=-58.4)
    edit = {"cliente_direccion": "Cuba 1900"}
    changed = await cast.base.do(tickets.editar_ticket, cast.ana.quien, ticket.id, ticket.version, edit)
    assert (changed.cliente_lat, changed.cliente_lng) == (None, None)
