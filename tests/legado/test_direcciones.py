"""Old addresses lead to the page that took their place."""

from pathlib import Path

from ahorro.app import create_app as la_tienda
from ahorro.routes.pages import antes as de_ahorro
from tests.ahorro.conftest import some_settings
from ticketera.routes.pages import antes as de_ticketera

LUGARES = {
    **de_ahorro.ANTES,
    "/negocio/maxi_descuento": "/negocios/maxi-descuento",
    "/categoria/frutas_verduras": "/productos?categoria=frutas-verduras",
    "/confirmacion/PED-20250814-0000000A": "/pedidos/PED-20250814-0000000A",
    "/confirmacion/malo.test%0d%0aX": "/pedidos/malotestX",
}


async def test_old_addresses_of_the_shop_lead_to_pages_that_are_there(sqlite_url: str, tmp_path: Path) -> None:
    app = la_tienda(some_settings(sqlite_url, tmp_path / "correo"))
    async with app.test_app():
        client = app.test_client()
        found = {old: await client.get(old) for old in LUGARES}
        lost = [new for new in set(de_ahorro.ANTES.values()) if (await client.get(new)).status_code == 404]

    assert {old: (got.status_code, got.headers.get("location")) for old, got in found.items()} == {
        old: (301, new) for old, new in LUGARES.items()
    }
    assert lost == []


def test_those_of_the_dispatch_are_a_table_of_its_own_addresses() -> None:
    assert de_ticketera.ANTES["/panel"] == "/"
    assert all(new.startswith("/") and not new.startswith("//") for new in de_ticketera.ANTES.values())
