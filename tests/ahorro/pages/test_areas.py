"""Zones that are drawn on the map: they decide for whoever says where they are, and barrios for everybody else."""

import json
import re
from typing import Any

import pytest

from tests.ahorro.cast import PASSWORD, ShopApp, Visitor, una_clave, una_entrega
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.test_webhooks import avisar, un_aviso

HERE = "/api/admin/configuracion"
AREA = [[-34.55, -58.47], [-34.55, -58.44], [-34.57, -58.44], [-34.57, -58.47]]
INSIDE, OUTSIDE = {"lat": -34.56, "lng": -58.45}, {"lat": -34.6, "lng": -58.45}
ZONAS = [
    {"nombre": "Dibujada", "barrios": ["Belgrano"], "costo": 500, "minimo": None, "area": AREA},
    {"nombre": "Lejos", "barrios": ["Flores"], "costo": 1500, "minimo": None},
]


@pytest.fixture(scope="module")
async def duena(shop: ShopApp) -> Visitor:
    return await shop.customer("admin", "Silvia Dueña")


@pytest.fixture
async def drawn(shop: ShopApp, duena: Visitor) -> ShopApp:
    """The shop with one zone drawn and one of barrios."""
    version = (await duena.ok("GET", HERE))["version"]
    said = await duena.ok("PATCH", HERE, {"version": version, "zonas": ZONAS})
    assert said["zonas"] == ZONAS
    return shop


async def buy(shop: ShopApp, **entrega: Any) -> Any:
    visitor = await shop.customer()
    await visitor.add(await shop.producto(precio=100_000))
    return await visitor.ask("POST", "/api/pedidos", una_entrega(**entrega))


@pytest.mark.parametrize(
    ("entrega", "total"),
    [
        ({"ubicacion": INSIDE}, 1500),
        ({"ubicacion": INSIDE, "barrio": "Flores"}, 1500),
        ({"barrio": "Belgrano"}, 1500),
        ({"ubicacion": OUTSIDE, "barrio": "Flores"}, 2500),
        ({"barrio": "Flores"}, 2500),
    ],
)
async def test_where_it_is_on_the_map_decides_for_the_drawn_ones(
    drawn: ShopApp, entrega: dict[str, Any], total: int
) -> None:
    answer = await buy(drawn, **entrega)

    assert answer.status_code == 201, answer.data_
    assert answer.data_["total"] == total


@pytest.mark.parametrize(
    ("entrega", "campo", "said"),
    [
        ({"ubicacion": OUTSIDE, "barrio": "Belgrano"}, "ubicacion", "Hasta ahí todavía no llegamos"),
        ({"ubicacion": OUTSIDE}, "ubicacion", "entregamos en Belgrano y Flores"),
        ({"barrio": "Ushuaia"}, "barrio", "A Ushuaia todavía no llegamos"),
        ({"barrio": "Palermo"}, "barrio", "Con tu ubicación te decimos si igual llegamos."),
        ({"ubicacion": {"lat": -58.45, "lng": -34.56}}, "ubicacion", "no está en la Argentina"),
        ({"ubicacion": {"lat": "x", "lng": 1}}, "ubicacion", "tiene que ser un número"),
        ({"ubicacion": {"lat": True, "lng": -58}}, "ubicacion", "tiene que ser un número"),
        ({"ubicacion": {"lat": -34.5}}, "ubicacion", "tiene que ser como"),
        ({"ubicacion": [-34.5, -58.4]}, "ubicacion", "tiene que ser como"),
    ],
)
async def test_outside_of_all_of_them_nothing_is_ordered_and_it_is_said_kindly(
    drawn: ShopApp, entrega: dict[str, Any], campo: str, said: str
) -> None:
    answer = await buy(drawn, **entrega)

    assert answer.status_code == 400
    [wrong] = answer.data_["errores"]
    assert wrong["campo"] == campo and said in wrong["detalle"]


async def test_the_pedido_and_its_ticket_say_where_it_goes_and_the_same_clave_with_another_place_is_another(
    drawn: ShopApp,
) -> None:
    clara = await drawn.customer()
    await clara.add(await drawn.producto())
    order = una_entrega(clave=una_clave(), ubicacion=INSIDE)

    made = await clara.ok("POST", "/api/pedidos", order)

    pedido = await clara.ok("GET", f"/api/pedidos/{made['numero']}")
    assert pedido["ubicacion"] == INSIDE
    ticket = json.loads(await drawn.base.read(_ticket, made["numero"]))
    assert {"lat": ticket["cliente_lat"], "lng": ticket["cliente_lng"]} == INSIDE
    assert (await clara.ok("POST", "/api/pedidos", order))["numero"] == made["numero"]
    other = await clara.ask("POST", "/api/pedidos", order | {"ubicacion": {**INSIDE, "lng": -58.46}})
    assert other.status_code == 422


async def test_an_account_that_is_erased_leaves_no_place_behind(drawn: ShopApp) -> None:
    clara = await drawn.customer()
    made = await clara.buy(await drawn.producto(), ubicacion=INSIDE)
    await avisar(drawn, un_aviso(made["numero"], "entregado"))

    await clara.ok("POST", "/api/cuenta/borrar", {"password": PASSWORD})

    assert await drawn.base.read(_where, made["numero"]) == (None, None)


async def _where(con: Any, numero: str) -> tuple[Any, Any]:
    row = await con.fetch_one("SELECT lat, lng FROM pedidos WHERE numero = :numero", {"numero": numero})
    return row["lat"], row["lng"]


async def test_a_paquete_is_kept_where_a_zone_is_only_drawn_and_costs_what_the_shop_says(
    drawn: ShopApp, duena: Visitor
) -> None:
    version = (await duena.ok("GET", HERE))["version"]
    await duena.ok("PATCH", HERE, {"version": version, "zonas": [{"nombre": "Centro", "area": AREA}]})
    marta = await drawn.customer("comerciante")
    person = Reader(marta.client)
    await person.go("/comercio/paquetes/nuevo")
    form = next(f.fields for f in person.page.forms if "frecuencia" in f.fields)
    typed = {"nombre": "Semanal", "telefono": "11 5555-1234", "accion": "guardar", "direccion": "Moldes 2145"}

    typed[f"item-{await drawn.producto()}"] = "1"
    await person.go("/comercio/paquetes/nuevo", "POST", form=form | typed)

    assert person.sees("Guardamos el paquete")


async def _ticket(con: Any, numero: str) -> str:
    return str(await con.fetch_val("SELECT body FROM outgoing WHERE key = :key", {"key": numero}))


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (AREA[:2], "al menos 3 puntos"),
        ([AREA[0], AREA[2], AREA[1], AREA[3]], "se cruza"),
        ([[40.4, -3.7], *AREA], "no está en la Argentina"),
        ([[1]], "lista de puntos"),
        ("POLYGON", "lista de puntos"),
        ([["a", "b"], *AREA], "tiene que ser un número"),
    ],
)
async def test_what_is_no_area_is_refused_and_nothing_is_kept(duena: Visitor, area: Any, said: str) -> None:
    before = await duena.ok("GET", HERE)

    answer = await duena.ask("PATCH", HERE, {"version": before["version"], "zonas": [{**ZONAS[0], "area": area}]})

    assert answer.status_code == 400 and said in json.dumps(answer.data_, ensure_ascii=False)
    assert await duena.ok("GET", HERE) == before


async def test_an_area_is_typed_line_by_line_without_scripts(shop: ShopApp, duena: Visitor) -> None:
    person = Reader(duena.client)
    await person.go("/admin/configuracion/zonas")
    zona = {"zona_nombre_1": "A mano", "zona_barrios_1": ""}
    for text, said in (
        ("-34.55, -58.47\nacá\n-34.57, -58.44", "«acá» no es un punto"),
        ("-34.55, -58.47\n-34.57, -58.44", "al menos 3 puntos"),
        ("-34.55, -58.47\n-34.57, -58.44\n-34.55, -58.44\n-34.57, -58.47", "se cruza"),
        ("-58.47, -34.55\n-58.44, -34.57\n-58.44, -34.55", "va primero la latitud"),
    ):
        await person.press("Guardar", **zona, zona_area_1=text)
        assert person.status == 400 and person.sees(said), person.page.text
        assert person.page.forms[-1].fields["zona_area_1"] == text

    await person.press(
        "Guardar", **zona, zona_area_1="-34,55 -58,47\n\n-34.55, -58.44\n -34.57; -58.44 \n-34.55, -58.47"
    )

    assert person.sees("Guardamos los cambios")
    [said] = [z for z in (await duena.ok("GET", HERE))["zonas"] if z["nombre"] == "A mano"]
    assert said["area"] == AREA[:3] and said["barrios"] == []
    assert person.page.forms[-1].fields["zona_area_1"].splitlines() == [
        "-34.55, -58.47",
        "-34.55, -58.44",
        "-34.57, -58.44",
    ]


async def test_the_cart_says_what_it_costs_to_go_there_and_the_checkout_knows_it(drawn: ShopApp) -> None:
    clara = await drawn.customer()
    await clara.add(await drawn.producto(precio=100_000))
    person = Reader(clara.client)
    await person.go("/carrito")
    assert person.sees("Según dónde estés")

    await person.press("Ver el envío", ubicacion="Moldes 2145")
    assert person.status == 400 and person.sees("La ubicación son dos números")
    await person.press("Ver el envío", ubicacion="-34.6, -58.45")
    assert person.sees("Hasta ahí todavía no llegamos") and not person.sees("Finalizar la compra")
    await person.press("Ver el envío", ubicacion="-34.56, -58.45")
    assert person.sees("Envío $ 500,00")

    await person.go("/checkout")
    form = next(f for f in person.page.forms if f.action == "/checkout")
    assert form.fields["ubicacion"] == "-34.56, -58.45"
    franja = re.findall(r'name="franja"[^>]* value="([^"]+)"', person.html)[0]
    typed = {"calle": "Moldes", "altura": "2145", "telefono": "11 5555-1234", "franja": franja}
    await person.press("Confirmar pedido", **typed, ubicacion="-34.6, -58.45")
    assert person.status == 400 and person.sees("Hasta ahí todavía no llegamos")
    await person.press("Confirmar pedido", ubicacion="-34.56, -58.45")
    assert person.status == 409 and person.sees("El envío hasta ahí cuesta $ 500,00")
    await person.press("Confirmar pedido")

    assert person.sees("¡Listo")


async def test_the_streets_of_the_map_come_from_one_host_that_the_owner_names(duena: Visitor) -> None:
    person = Reader(duena.client)
    await person.go("/admin/configuracion/zonas")
    for text in (
        "javascript:alert(1)",
        "https://tiles.test/{z}/{x}.png",
        "https://tiles.test; script-src */{z}/{x}/{y}",
    ):
        await person.press("Guardar", mapa_teselas=text)
        assert person.status == 400 and person.sees("tiene que ser como https://"), text

    await person.press("Guardar", mapa_teselas="https://tiles.test/{z}/{x}/{y}.png", mapa_atribucion="<b>© Mapas</b>")

    there = await duena.client.get("/admin/configuracion/zonas")
    elsewhere = await duena.client.get("/admin/configuracion/envio")
    assert "img-src 'self' data: blob: https://tiles.test;" in there.headers["Content-Security-Policy"]
    assert "tiles.test" not in elsewhere.headers["Content-Security-Policy"]
    assert "trusted-types" in elsewhere.headers["Content-Security-Policy"]
    assert "&lt;b&gt;© Mapas" in await there.get_data(as_text=True)
    await person.press("Guardar", mapa_teselas="", mapa_atribucion="")
