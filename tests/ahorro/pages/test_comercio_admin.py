"""A comerciante's paquetes, and the admin's view of the queue to Ticketera, as people without scripts use them."""

from collections.abc import Callable

from ahorro.outlets.ticketera import Ticketera
from belgrano.database.work import Work
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.test_lo_visto import change


def the_form(person: Reader) -> dict[str, str]:
    """The fields of the paquete's form."""
    return next(f.fields for f in person.page.forms if "frecuencia" in f.fields)


async def test_a_paquete_is_made_step_by_step_changed_paused_ordered_and_ended(person: Reader) -> None:
    await come_in(person, "marta@ahorro.test")
    await person.go("/comercio/paquetes")
    await person.follow("Armar un paquete")

    await person.press("Buscar", nombre="Desayunos", agregar_un_producto="café")
    await person.press("Agregar Café molido")
    await person.press("Buscar", agregar_un_producto="medialunas")
    await person.press("Agregar Medialunas")
    assert person.sees("Café molido torrado") and the_form(person)["nombre"] == "Desayunos"
    await person.press("Guardar el paquete", cantidad_de_cafe="5", primer_pedido="ayer")
    assert person.status == 400 and person.sees("La fecha tiene que ser un día")
    await person.press("Guardar el paquete", primer_pedido="2020-01-01")
    assert person.status == 400 and person.sees("no puede ser anterior a hoy")
    await person.press("Guardar el paquete", primer_pedido="2099-03-05")
    assert person.sees("Guardamos el paquete") and person.sees("Desayunos")

    await person.follow("Desayunos")
    assert [v for k, v in the_form(person).items() if k.startswith("item-")] == ["5", "1"]
    await person.press("Guardar el paquete", cantidad_de_medialunas="0")
    await person.follow("Desayunos")
    assert not person.sees("Medialunas")

    await person.go("/comercio/paquetes")
    await person.press("Pausar")
    assert person.sees("En pausa")
    await person.press("Activar")
    await person.press("Pedirlo ahora")
    await person.press("Confirmar: pedir por")
    assert person.url.startswith("/pedidos/PAQ-") and person.status == 200

    await person.go("/comercio/paquetes")
    await person.follow("Desayunos")
    await person.press("Sí, darlo de baja")
    assert person.sees("Dimos de baja") and not person.sees("Desayunos")


async def test_a_paquete_of_somebody_else_does_not_exist(
    demo_shop: ShopApp, person: Reader, another: Callable[[], Reader]
) -> None:
    await come_in(person, "marta@ahorro.test")
    await person.go("/comercio/paquetes")
    path = next(href for _, href in person.page.links if href.startswith("/comercio/paquetes/") and href[-1].isdigit())
    await demo_shop.sign_up("ajena@ahorro.test", "comerciante")
    stranger = another()
    await come_in(stranger, "ajena@ahorro.test", "una-clave-bien-larga")

    for method, at in (("GET", ""), ("POST", ""), ("POST", "/pausa"), ("POST", "/procesar"), ("POST", "/baja")):
        await stranger.go(path + at, method, **({"form": {"accion": "guardar"}} if method == "POST" else {}))
        assert stranger.status == 404, (method, at)
    await person.go(path)
    assert person.status == 200


async def test_an_empty_paquete_is_refused_by_its_name(person: Reader) -> None:
    await come_in(person, "marta@ahorro.test")
    await person.go("/comercio/paquetes/nuevo")

    await person.press("Guardar el paquete", nombre="Nada")

    assert person.status == 400 and person.sees("Un paquete lleva de 1 a")


async def test_the_admin_sees_what_waits_and_sends_again_what_was_set_aside(demo_shop: ShopApp, person: Reader) -> None:
    async def set_aside(work: Work) -> str:
        row = await work.con.fetch_one(
            """
            UPDATE outgoing SET state = 'apartado', last_error = '400: la dirección falta'
             WHERE id = (SELECT min(id) FROM outgoing WHERE state = 'pendiente')
            RETURNING key
            """
        )
        assert row is not None
        return str(row["key"])

    numero = await demo_shop.base.do(set_aside)
    await come_in(person, "admin@ahorro.test")

    await person.follow("Trastienda")
    await person.follow("Envíos a Ticketera")

    assert person.sees(numero) and person.sees("la dirección falta") and person.sees("Apartado")
    assert person.sees(Ticketera.__name__ + " no responde")
    await person.press(f"Reintentar {numero}")
    assert person.sees("Los volvemos a mandar") and person.sees("0 apartados")


async def test_ordering_it_now_shows_what_and_how_much_first(demo_shop: ShopApp, person: Reader) -> None:
    await demo_shop.sign_up("pide-ya@ahorro.test", "comerciante")
    harina = await demo_shop.producto("Harina de prueba", 1980000)
    aceite = await demo_shop.producto("Aceite de prueba", 100000)
    await come_in(person, "pide-ya@ahorro.test", "una-clave-bien-larga")
    await person.go("/comercio/paquetes/nuevo")
    form = the_form(person) | {
        "nombre": "Ya", "direccion": "Cuba 1", "telefono": "11 5555-1234", "accion": "guardar",
        f"item-{harina}": "2", f"item-{aceite}": "1",
    }  # fmt: skip
    await person.go("/comercio/paquetes/nuevo", "POST", form=form)
    await change(demo_shop, harina, precio_centavos=9900000)
    await change(demo_shop, aceite, activo=False)

    await person.press("Pedirlo ahora")
    assert person.sees("Harina de prueba: antes $ 19.800,00, ahora $ 99.000,00")
    assert person.sees("Aceite de prueba ya no se vende") and person.sees("$ 198.000,00")
    assert await count(person) == 0
    paquete = person.url.split("/")[3]
    stale = next(f for f in person.page.forms if f.action.endswith("/procesar")).fields
    await change(demo_shop, harina, precio_centavos=12000000)
    await person.go(f"/comercio/paquetes/{paquete}/procesar", "POST", form=stale)
    assert person.status == 409 and person.sees("$ 240.000,00") and await count(person) == 0
    await person.go(f"/comercio/paquetes/{paquete}/procesar", "POST", form={})
    assert person.sees("Confirmar") and await count(person) == 0

    await person.press("Confirmar: pedir por $ 240.000,00")

    assert person.url.startswith(f"/pedidos/PAQ-{paquete}-") and person.sees("$ 240.000,00")
    assert await count(person) == 1
    await person.go("/comercio/paquetes")
    assert person.sees("Salió sin Aceite de prueba (ya no se vende).")
    await person.press("Pedirlo ahora")
    assert person.sees("El de hoy ya salió") and await count(person) == 1


async def test_the_form_keeps_what_is_off_sale_and_says_so(demo_shop: ShopApp, person: Reader) -> None:
    await demo_shop.sign_up("guarda@ahorro.test", "comerciante")
    harina, aceite = await demo_shop.producto("Harina común", 100000), await demo_shop.producto("Aceite común", 100000)
    await come_in(person, "guarda@ahorro.test", "una-clave-bien-larga")
    await person.go("/comercio/paquetes/nuevo")
    typed = {"nombre": "Guarda", "direccion": "Cuba 1", "telefono": "11 5555-1234", "accion": "guardar"}
    items = {f"item-{harina}": "2", f"item-{aceite}": "3"}
    await person.go("/comercio/paquetes/nuevo", "POST", form=the_form(person) | typed | items)
    await change(demo_shop, aceite, activo=False)

    await person.follow("Guarda")
    assert person.sees("Aceite común") and person.sees("Ahora no se vende")
    await person.press("Guardar el paquete", cantidad_de_harina="4")
    await person.follow("Guarda")

    assert {k: v for k, v in the_form(person).items() if k.startswith("item-")} == items | {f"item-{harina}": "4"}


async def test_what_went_off_sale_while_a_paquete_was_put_together_is_said_in_the_form(
    demo_shop: ShopApp, person: Reader
) -> None:
    await demo_shop.sign_up("arma@ahorro.test", "comerciante")
    harina = await demo_shop.producto("Harina fugaz", 100000)
    await come_in(person, "arma@ahorro.test", "una-clave-bien-larga")
    await person.go("/comercio/paquetes/nuevo")
    await change(demo_shop, harina, activo=False)
    typed = {"nombre": "Arma", "direccion": "Cuba 1", "telefono": "11 5555-1234", "accion": "guardar"}

    await person.go("/comercio/paquetes/nuevo", "POST", form=the_form(person) | typed | {f"item-{harina}": "2"})

    assert person.status == 400 and person.sees("ya no se vende") and the_form(person)["nombre"] == "Arma"


async def count(person: Reader) -> int:
    return len((await (await person.client.get("/api/pedidos?limite=100")).get_json())["pedidos"])
