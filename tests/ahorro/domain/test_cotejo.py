"""What the two apps have is compared: what goes out again by itself, and what a person decides."""

from ahorro.domain.cotejo import Par, cotejar


def pares(**estados: str) -> dict[str, Par]:
    return {f"PED-{name}": Par(f"PED-{name}", estado, 1) for name, estado in estados.items()}


def test_what_is_to_be_delivered_and_is_not_there_goes_out_again() -> None:
    hecho = cotejar(
        pares(a="pendiente", b="en_camino", c="asignado"), pares(c="asignado").values(), {"PED-c": "asignado"}
    )

    assert [par.numero for par in hecho.otra_vez] == ["PED-a", "PED-b"]
    assert (hecho.sin_par, hecho.revisar) == ([], [])


def test_what_is_over_is_a_persons_to_send_so_that_nothing_is_delivered_twice() -> None:
    mandados = pares(a="entregado", b="cancelado", c="fallido")

    hecho = cotejar(mandados, [], {})

    assert hecho.otra_vez == []
    assert [(que, par.numero) for que, par in hecho.sin_par] == [("sin_ticket", f"PED-{n}") for n in "abc"]


def test_a_ticket_that_only_ticketera_knows_is_found_and_one_that_is_no_shops_is_not() -> None:
    tickets = [Par("PED-x", "pendiente", 1), Par("PAQ-1-20261201", "entregado", 1), Par("MOSTRADOR-1", "pendiente", 1)]

    hecho = cotejar({}, tickets, {})

    assert [(que, par.numero) for que, par in hecho.sin_par] == [
        ("sin_pedido", "PED-x"),
        ("sin_pedido", "PAQ-1-20261201"),
    ]


def test_what_was_delivered_and_is_open_again_there_is_said_and_what_is_ahead_there_is_not() -> None:
    tickets = pares(a="en_camino", b="entregado", c="pendiente", d="fallido").values()
    pedidos = {"PED-a": "entregado", "PED-b": "en_camino", "PED-c": "pendiente", "PED-d": "entregado"}

    hecho = cotejar(pares(**{numero[4:]: estado for numero, estado in pedidos.items()}), tickets, pedidos)

    assert [(que, par.numero) for que, par in hecho.sin_par] == [("reabierto", "PED-a")]
    assert hecho.otra_vez == []


def test_the_shops_later_word_is_said_again_of_what_is_open_since_it_may_be_newer_than_the_copy() -> None:
    mandados = {n: Par(n, estado, 1, 2) for n, estado in (("PED-a", "asignado"), ("PED-b", "entregado"))}

    hecho = cotejar(mandados, mandados.values(), {n: par.estado for n, par in mandados.items()})

    assert hecho.revisar == [mandados["PED-a"]]
    assert (hecho.otra_vez, hecho.sin_par) == ([], [])
