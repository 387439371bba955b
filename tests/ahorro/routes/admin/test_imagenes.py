"""Pictures of products: taken in, put in order, taken out, and seen by whoever looks at the shop."""

import asyncio
import io
from typing import Any

import pytest
from PIL import Image

from tests.ahorro.cast import ShopApp, Visitor
from tests.pictures import jpeg, written

ADMIN = "/api/admin/productos"
KINDS = ("avif", "webp", "jpeg")
SIDES = (320, 640, 1280)
MOST = 8 * 1024 * 1024


def coloured(colour: str, kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    return written(Image.new("RGB", size, colour), kind)


@pytest.fixture
async def producto(shop: ShopApp, encargada: Visitor) -> Any:
    """A new product without pictures, as its owner gets it."""
    await shop.producto("Algo 1 kg")
    datos = {"nombre": "Yerba Canarias 1 kg", "precio": 4200.5, "negocio": "mercado", "categoria": "Almacén"}
    return await encargada.ok("POST", ADMIN, datos)


async def put(who: Visitor, producto: Any, datos: bytes, kind: str = "image/jpeg", **query: Any) -> Any:
    address = f"{ADMIN}/{producto['id']}/imagen"
    return await who.ask("PUT", address, data=datos, headers={"Content-Type": kind}, query_string=query)


async def added(who: Visitor, producto: Any, *colours: str) -> Any:
    """The product after pictures in these colours."""
    for colour in colours:
        answer = await put(who, producto, coloured(colour))
        assert answer.status_code == 200, answer.data_
    return answer.data_


async def seen(shop: ShopApp, producto: Any) -> Any:
    found = await shop.visitor().ok("GET", "/api/productos?q=yerba canarias&limite=200")
    return next(p for p in found["productos"] if p["id"] == producto["id"])


async def test_a_photo_is_seen_by_customers_at_once_in_three_sizes_and_kinds_that_may_be_kept_for_ever(
    shop: ShopApp, encargada: Visitor, producto: Any
) -> None:
    answer = await put(encargada, producto, jpeg(2000, 1500))

    assert answer.status_code == 200
    [imagen] = answer.data_["imagenes"]
    assert (imagen["ancho"], imagen["alto"], answer.data_["version"]) == (1280, 960, 2)
    assert (await seen(shop, producto))["imagenes"] == [imagen]
    start = imagen["url"].rpartition("-")[0]
    for side in SIDES:
        for kind in KINDS:
            file = await shop.visitor().ask("GET", f"{start}-{side}.{kind}")
            assert (file.status_code, file.content_type) == (200, f"image/{kind}")
            assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert file.headers["X-Content-Type-Options"] == "nosniff" and "Set-Cookie" not in file.headers
            assert max(Image.open(io.BytesIO(await file.get_data(as_text=False))).size) == side


@pytest.mark.parametrize(
    "name", ["x", "0" * 32 + "-320.jpeg", "{huella}-321.jpeg", "{huella}-320.svg", "{huella}.jpeg"]
)
async def test_an_address_of_no_picture_is_a_404_that_nobody_keeps(
    shop: ShopApp, encargada: Visitor, producto: Any, name: str
) -> None:
    url = (await added(encargada, producto, "navy"))["imagenes"][0]["url"]
    huella = url.rpartition("/")[2].partition("-")[0]

    answer = await shop.visitor().ask("GET", "/imagenes/" + name.format(huella=huella))

    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


async def test_what_a_camera_writes_beside_the_photo_is_gone(encargada: Visitor, shop: ShopApp, producto: Any) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camara de Rita"
    exif.get_ifd(0x8825)[1] = "S"

    answer = await put(encargada, producto, jpeg(640, 480, exif=exif) + b"<html>PK\x03\x04")

    [imagen] = answer.data_["imagenes"]
    assert (imagen["ancho"], imagen["alto"]) == (480, 640)
    datos = await (await shop.visitor().ask("GET", imagen["url"])).get_data(as_text=False)
    assert b"Rita" not in datos and b"<html>" not in datos and b"Exif" not in datos


@pytest.mark.parametrize(
    ("datos", "kind"),
    [
        (b"", "image/jpeg"),
        (b"hola", "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (jpeg()[:2000], "image/jpeg"),
        (coloured("red", "GIF"), "image/gif"),
        (coloured("red", "GIF"), "image/jpeg"),
        (b"GIF89a" + jpeg(), "image/jpeg"),
        (written(Image.new("1", (20_000, 20_000)), "PNG"), "image/png"),
        (b"%PDF-1.7" + jpeg(), "application/octet-stream"),
    ],
    ids=lambda value: repr(value[:12]),
)
async def test_what_is_no_picture_or_a_bomb_is_refused_and_leaves_nothing(
    shop: ShopApp, encargada: Visitor, producto: Any, datos: bytes, kind: str
) -> None:
    answer = await put(encargada, producto, datos, kind)

    assert answer.status_code == 400
    assert [each["campo"] for each in answer.data_["errores"]] == ["imagen"]
    assert (await seen(shop, producto))["imagenes"] == []


async def test_a_body_that_says_it_is_something_else_is_a_415(encargada: Visitor, producto: Any) -> None:
    answer = await put(encargada, producto, jpeg(), "application/json")

    assert answer.status_code == 415
    assert [each["campo"] for each in answer.data_["errores"]] == ["imagen"]


async def test_eight_megabytes_are_taken_and_no_byte_more(encargada: Visitor, producto: Any) -> None:
    photo = jpeg()

    whole = await put(encargada, producto, photo + b"\0" * (MOST - len(photo)))
    over = await put(encargada, producto, photo + b"\0" * (MOST - len(photo) + 1))

    assert (whole.status_code, over.status_code) == (200, 413)
    assert over.data_["codigo"] == "demasiado_grande"


async def test_the_same_photo_again_is_no_second_one(encargada: Visitor, producto: Any) -> None:
    first = await added(encargada, producto, "red")

    again = await added(encargada, producto, "red")

    assert again == first


async def test_of_nine_pictures_the_ninth_is_refused(encargada: Visitor, producto: Any) -> None:
    await added(encargada, producto, "red", "blue", "green", "black", "white", "yellow", "pink", "brown")

    answer = await put(encargada, producto, coloured("gray"))

    assert (answer.status_code, answer.data_["errores"][0]["campo"]) == (400, "imagen")


async def test_two_who_send_a_photo_at_once_both_find_theirs(
    encargada: Visitor, duena: Visitor, producto: Any, shop: ShopApp
) -> None:
    answers = await asyncio.gather(
        put(encargada, producto, coloured("red")),
        put(duena, producto, coloured("blue")),
        put(duena, producto, coloured("blue")),
    )

    assert [each.status_code for each in answers] == [200, 200, 200]
    assert len((await seen(shop, producto))["imagenes"]) == 2


async def test_a_photo_for_a_version_that_is_old_is_refused_with_the_product(encargada: Visitor, producto: Any) -> None:
    now = await added(encargada, producto, "red")

    answer = await put(encargada, producto, coloured("blue"), version=producto["version"])

    assert answer.status_code == 409
    assert (answer.data_["codigo"], answer.data_["producto"]) == ("version_vieja", now)
    assert (await put(encargada, producto, coloured("blue"), version="ayer")).status_code == 400


async def test_another_order_is_kept_once_and_its_first_stands_for_the_product(
    shop: ShopApp, encargada: Visitor, duena: Visitor, producto: Any
) -> None:
    were = await added(encargada, producto, "red", "blue", "green")
    red, blue, green = (each["id"] for each in were["imagenes"])
    change = {"version": were["version"], "orden": [green, red, blue]}

    answers = await asyncio.gather(
        *(who.ask("PATCH", f"{ADMIN}/{producto['id']}/imagenes", change) for who in (encargada, duena))
    )

    assert sorted(each.status_code for each in answers) == [200, 409]
    assert [each["id"] for each in (await seen(shop, producto))["imagenes"]] == [green, red, blue]


@pytest.mark.parametrize("orden", [[], [1, 2, 3], "todas", [0], None], ids=str)
async def test_an_order_that_is_not_of_all_pictures_is_named(encargada: Visitor, producto: Any, orden: Any) -> None:
    now = await added(encargada, producto, "red", "blue")

    answer = await encargada.ask(
        "PATCH", f"{ADMIN}/{producto['id']}/imagenes", {"version": now["version"], "orden": orden}
    )

    assert answer.status_code == 400
    assert {each["campo"].split("[")[0].split(".")[0] for each in answer.data_["errores"]} == {"orden"}


async def test_a_picture_that_is_taken_out_is_gone_for_ever_unless_another_product_has_it(
    shop: ShopApp, encargada: Visitor, producto: Any
) -> None:
    other = await encargada.ok(
        "POST", ADMIN, {"nombre": "Yerba Canarias 2 kg", "precio": 1, "negocio": "mercado", "categoria": "Almacén"}
    )
    mine = await added(encargada, producto, "teal", "tan")
    await added(encargada, other, "teal")
    teal, tan = mine["imagenes"]
    address = f"{ADMIN}/{producto['id']}/imagenes"

    stale = await encargada.ask("DELETE", f"{address}/{teal['id']}?version=1")
    unsaid = await encargada.ask("DELETE", f"{address}/{teal['id']}")
    first = await encargada.ok("DELETE", f"{address}/{teal['id']}?version={mine['version']}")
    again = await encargada.ask("DELETE", f"{address}/{teal['id']}?version={first['version']}")
    last = await encargada.ok("DELETE", f"{address}/{tan['id']}?version={first['version']}")

    assert (stale.status_code, unsaid.status_code, again.status_code) == (409, 400, 404)
    assert first["imagenes"] == [tan] and last["imagenes"] == []
    assert (await shop.visitor().ask("GET", teal["url"])).status_code == 200
    assert (await shop.visitor().ask("GET", tan["url"])).status_code == 404


async def test_every_change_is_in_the_book(encargada: Visitor, duena: Visitor, producto: Any) -> None:
    one = await added(encargada, producto, "red")

    book = await duena.ok("GET", f"/api/admin/auditoria?que=producto&id={producto['id']}")

    [line] = [each for each in book["asientos"] if each["campo"] == "imagenes"]
    assert (line["de"], line["a"]) == ([], [one["imagenes"][0]["id"]])


@pytest.mark.parametrize("cual", [999_999, 10**30])
async def test_a_product_that_nobody_has_is_a_404(encargada: Visitor, cual: int) -> None:
    answers = [
        await put(encargada, {"id": cual}, jpeg()),
        await encargada.ask("DELETE", f"{ADMIN}/{cual}/imagenes/1?version=1"),
        await encargada.ask("PATCH", f"{ADMIN}/{cual}/imagenes", {"version": 1, "orden": []}),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]


@pytest.mark.parametrize("rol", ["cliente", "comerciante", "armador", ""])
async def test_who_keeps_no_products_changes_no_picture(shop: ShopApp, producto: Any, rol: str) -> None:
    who = await shop.customer(rol) if rol else shop.visitor()

    answers = [
        await put(who, producto, jpeg()),
        await who.ask("DELETE", f"{ADMIN}/{producto['id']}/imagenes/1?version=1"),
        await who.ask("PATCH", f"{ADMIN}/{producto['id']}/imagenes", {"version": 1, "orden": []}),
    ]

    assert {each.status_code for each in answers} == {403 if rol else 401}


async def test_a_product_with_a_photo_is_no_longer_listed_as_one_without(encargada: Visitor, producto: Any) -> None:
    async def listed() -> bool:
        found = await encargada.ok("GET", f"{ADMIN}?estado=sin_foto&limite=200")
        return producto["id"] in {p["id"] for p in found["productos"]}

    before = await listed()
    await added(encargada, producto, "red")

    assert (before, await listed()) == (True, False)
