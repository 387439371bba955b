"""What is seen of a page where its link is shared: home, a product, a shelf."""

import re

from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader
from tests.pictures import jpeg


def shared(person: Reader) -> dict[str, str]:
    """The page's `og:` properties and its description."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', person.html)
    assert len(found) == len(dict(found)), "said twice"
    return dict(found)


async def test_a_shared_link_says_the_shop_the_product_and_its_photo(shop: ShopApp) -> None:
    encargada = await shop.customer("encargado")
    datos = {"nombre": 'Queso "Cremoso" <b>', "precio": 4200.5, "negocio": "mercado", "categoria": "Almacén"}
    await shop.producto()
    producto = await encargada.ok("POST", "/api/admin/productos", datos)
    photo = {"data": jpeg(), "headers": {"Content-Type": "image/jpeg"}}
    await encargada.ok("PUT", f"/api/admin/productos/{producto['id']}/imagen", **photo)
    person = Reader(shop.app.test_client())

    await person.go(f"/productos/{producto['clave']}")
    one = shared(person)
    await person.go("/productos?q=cremoso")
    found = shared(person)
    await person.go("/")
    home = shared(person)

    assert one["og:title"] == "Queso &#34;Cremoso&#34; &lt;b&gt;" and one["og:site_name"] == "Belgrano Ahorro"
    assert one["og:url"].endswith(f"/productos/{producto['clave']}") and one["og:url"].startswith("http")
    assert re.fullmatch(r"https?://[^/]+/imagenes/\w+-640\.jpeg", one["og:image"])
    image = await person.client.get(one["og:image"])
    assert image.status_code == 200 and image.content_type == "image/jpeg"
    assert found["og:image"] == one["og:image"] and "cremoso" in found["og:title"]
    assert home["og:title"] == "Belgrano Ahorro" and home["description"] == home["og:description"]
