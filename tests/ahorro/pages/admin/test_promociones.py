"""Promotions and coupons on pages, without scripts."""

import uuid
from typing import Any

import pytest

from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader

PROMOCIONES = "/api/admin/promociones"


@pytest.fixture
async def owner(demo_shop: ShopApp) -> Reader:
    return Reader((await demo_shop.customer("encargado", "Elena Encargada")).client)


async def send(owner: Reader, path: str, **said: str) -> None:
    """Send the page's form with what is said besides."""
    fields = next(form for form in owner.page.forms if form.action == path).fields
    await owner.go(path, "POST", form={**fields, **said})


async def configuracion_of(shop: ShopApp) -> Any:
    return await (await shop.customer("admin")).ok("GET", "/api/admin/configuracion")


async def test_one_is_made_in_words_and_shown_with_how_it_is_and_an_example(owner: Reader) -> None:
    await owner.go("/admin/promociones/nueva")
    await send(
        owner, "/admin/promociones/nueva", nombre="Dos por uno", tipo="nxm", lleva="2", paga="1",
        alcance="producto", productos="yerba-1kg", dia_2="1", desde="2030-01-01",
    )  # fmt: skip

    assert owner.sees("La promoción ya está")
    assert owner.sees("2x1 en Yerba") and owner.sees("los martes")
    assert owner.sees("Empieza el 01/01/2030")
    await owner.follow("Dos por uno")
    assert owner.sees("Llevando 2 de un producto de $ 1.000, se pagan $ 1.000: se ahorran $ 1.000.")


async def test_one_that_takes_products_together_says_so_and_its_tick_stays(owner: Reader) -> None:
    await owner.go("/admin/promociones/nueva")
    await send(
        owner, "/admin/promociones/nueva", nombre="Tres y dos", tipo="nxm", lleva="3", paga="2", mezcla="1",
        alcance="negocio", negocio_1="1",
    )  # fmt: skip

    await owner.follow("Tres y dos")

    assert owner.sees("combinando como quieras: el descuento va en los más baratos")
    assert owner.sees("Llevando 3 productos de $ 1.000, se pagan $ 2.000: se ahorran $ 1.000.")
    assert next(form for form in owner.page.forms if "mezcla" in form.fields).fields["mezcla"] == "1"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"nombre": ""}, "El nombre no puede quedar en blanco"),
        ({"tipo": "nxm", "lleva": "2", "paga": "2"}, "Lo que se paga tiene que ser menos de lo que se lleva"),
        ({"tipo": "segunda", "segunda": "110"}, "El porcentaje tiene que ser"),
        ({"tipo": "porcentaje", "porcentaje": "diez"}, "El porcentaje tiene que ser un número entero"),
        ({"tipo": "porcentaje", "porcentaje": ""}, "Hace falta para lo que das"),
        ({"tipo": "monto", "monto": "500"}, "un monto fijo se descuenta con un cupón"),
        ({"alcance": "categoria"}, "Elegí al menos uno"),
        ({"alcance": "producto", "productos": "lo que no hay"}, "No encontramos «lo que no hay»"),
        ({"desde": "2030-02-01", "hasta": "2030-01-31"}, "El último día tiene que ser después de que empieza"),
        ({"codigo": "LUNES"}, "Un cupón descuenta un porcentaje o un monto"),
        ({"usos": "5"}, "Es de los cupones: hace falta el código"),
        ({"dia_9": "1"}, "tiene que ser 7 o menos"),
        ({"categoria_x": "1", "alcance": "categoria"}, "No encontramos «x»"),
        ({"tipo": "nada", "alcance": "nada"}, "tiene que ser"),
    ],
)
async def test_nonsense_is_said_beside_its_field_and_what_was_typed_stays(
    owner: Reader, said: dict[str, str], sentence: str
) -> None:
    await owner.go("/admin/promociones/nueva")

    await send(owner, "/admin/promociones/nueva", **{"nombre": "Con un error", **said})

    assert owner.status == 400 and owner.sees(sentence)
    assert next(f for f in owner.page.forms if f.action.endswith("/nueva")).fields["nombre"] == said.get(
        "nombre", "Con un error"
    )


async def test_a_coupon_is_changed_from_what_was_seen_and_a_stale_form_says_what_stands_now(owner: Reader) -> None:
    await owner.go("/admin/promociones/nueva")
    await send(
        owner, "/admin/promociones/nueva", nombre="Del barrio", tipo="monto", monto="1.500", codigo="barrio",
        usos="100", por_cliente="1", minimo="10.000",
    )  # fmt: skip
    assert owner.sees("Con el cupón BARRIO") and owner.sees("desde $ 10.000,00, una vez por cliente")
    await owner.follow("Del barrio")
    path = next(f.action for f in owner.page.forms if f.fields.get("codigo") == "BARRIO")
    stale = owner.page

    await send(owner, path, monto="2.000")
    assert owner.sees("$ 2.000 menos")

    owner.page = stale
    await send(owner, path, monto="3.000")
    assert (
        owner.status == 409 and owner.sees("Alguien lo cambió") and owner.sees("Ahora dice: Del barrio: $ 2.000 menos")
    )
    assert next(f for f in owner.page.forms if f.action == path).fields["monto"] == "3.000"


async def test_one_is_switched_off_and_on_from_the_list_and_twice_is_once(owner: Reader) -> None:
    await owner.go("/admin/promociones/nueva")
    await send(owner, "/admin/promociones/nueva", nombre="Para apagar", tipo="nxm", desde="2030-01-01")
    path = next(f.action for f in owner.page.forms if f.action.endswith("/activa") and f.fields["activa"] == "")
    fields = next(f.fields for f in owner.page.forms if f.action == path)

    await owner.go(path, "POST", form=fields)
    assert owner.sees("Apagada")
    await owner.go(path, "POST", form=fields)
    assert owner.sees("Alguien la cambió mientras la mirabas") and owner.sees("Apagada")


async def test_an_instant_that_a_program_said_survives_the_form(owner: Reader, demo_shop: ShopApp) -> None:
    encargada = await demo_shop.customer("encargado")
    said = {
        "nombre": "Hasta las 18",
        "tipo": "porcentaje",
        "porcentaje": 5,
        "desde": "2030-01-01",
        "hasta": "2030-01-01T21:00:00Z",
    }
    made = await encargada.ok("POST", "/api/admin/promociones", said)
    path = f"/admin/promociones/{made['id']}"

    await owner.go(path)
    await send(owner, path, nombre="Hasta las seis")

    listed = (await encargada.ok("GET", "/api/admin/promociones"))["promociones"]
    found = next(p for p in listed if p["id"] == made["id"])
    assert (found["nombre"], found["hasta"]) == ("Hasta las seis", made["hasta"])


async def test_of_two_products_of_one_name_the_chosen_one_stays_chosen(owner: Reader, demo_shop: ShopApp) -> None:
    nombre = f"Leche {uuid.uuid4().hex[:8]}"
    first, second = await demo_shop.producto(nombre), await demo_shop.producto(nombre)
    encargada = await demo_shop.customer("encargado")
    said = {"nombre": "De una", "tipo": "porcentaje", "porcentaje": 5, "alcance": "producto", "cuales": [str(second)]}
    made = await encargada.ok("POST", PROMOCIONES, said)
    path = f"/admin/promociones/{made['id']}"

    await owner.go(path)
    await send(owner, path, nombre="De la segunda")
    listed = (await encargada.ok("GET", PROMOCIONES))["promociones"]
    assert [c["id"] for c in next(p for p in listed if p["id"] == made["id"])["cuales"]] == [second]

    await owner.go("/admin/promociones/nueva")
    await send(owner, "/admin/promociones/nueva", nombre="De cuál", alcance="producto", productos=nombre)
    assert owner.status == 400 and owner.sees(f"Hay más de uno que se llama «{nombre}»: decinos su código o clave.")
    await encargada.ok("PATCH", f"{PROMOCIONES}/{made['id']}", {"version": 2, "cuales": [str(first), str(second)]})
    await owner.go(path)
    await send(owner, path, nombre="De las dos")
    listed = (await encargada.ok("GET", PROMOCIONES))["promociones"]
    assert [c["id"] for c in next(p for p in listed if p["id"] == made["id"])["cuales"]] == [first, second]


async def test_one_for_a_way_to_pay_that_is_not_offered_any_more_does_not_become_one_for_all(
    owner: Reader, demo_shop: ShopApp
) -> None:
    encargada = await demo_shop.customer("encargado")
    said = {"nombre": "Con QR", "tipo": "porcentaje", "porcentaje": 5, "medios": ["mercadopago"], "activa": False}
    made = await encargada.ok("POST", PROMOCIONES, said)
    path = f"/admin/promociones/{made['id']}"
    assert "mercadopago" not in (await configuracion_of(demo_shop))["medios_de_pago"]

    await owner.go(path)
    await send(owner, path, nombre="Con QR, todavía")

    listed = (await encargada.ok("GET", PROMOCIONES))["promociones"]
    found = next(p for p in listed if p["id"] == made["id"])
    assert (found["nombre"], found["medios"]) == ("Con QR, todavía", ["mercadopago"])
