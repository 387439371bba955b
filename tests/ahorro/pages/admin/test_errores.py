"""What cannot be looked at in the back office is said in its own frame, and leads back into it."""

import pytest

from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/admin/productos?estado=vendido", "estado: tiene que ser uno de"),
        ("/admin/productos?cursor=x", "Ese cursor no es de esta lista"),
        ("/admin/productos/999999", "no existe"),
        ("/admin/nunca", "no existe"),
    ],
)
async def test_what_is_wrong_is_said_between_its_menu_and_a_way_back(demo_shop: ShopApp, path: str, words: str) -> None:
    encargada = Reader((await demo_shop.customer("encargado")).client)

    await encargada.go(path)

    assert encargada.status in {400, 404} and encargada.sees(words)
    links = {href for _, href in encargada.page.links}
    assert "/admin/ventas" in links and "/carrito" not in links
    await encargada.follow("Volver al inicio")
    assert encargada.url == "/admin"


async def test_who_does_not_work_here_reads_it_in_the_shop(demo_shop: ShopApp) -> None:
    clienta = Reader((await demo_shop.customer()).client)

    await clienta.go("/admin/productos")

    assert clienta.status == 403 and "/admin/ventas" not in {href for _, href in clienta.page.links}
