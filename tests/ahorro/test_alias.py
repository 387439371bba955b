"""Nobody's money goes to an alias that the owner never said."""

import pytest

from ahorro.actions.configuracion import cambiar_configuracion
from ahorro.domain.auditoria import EL_SISTEMA
from ahorro.domain.errors import CampoInvalido
from ahorro.settings import ALIAS_DE_PRUEBA, Settings
from belgrano.env import Environment, new_secrets
from tests.ahorro.cast import ShopApp

PRODUCTION = {"BELGRANO_ENV": "production", **new_secrets()}


def test_production_has_no_alias_until_somebody_says_it() -> None:
    assert Settings.read(Environment(PRODUCTION)).alias == ""
    assert Settings.read(Environment(PRODUCTION | {"AHORRO_ALIAS": "mi.almacen"})).alias == "mi.almacen"
    assert Settings.read(Environment({})).alias == ALIAS_DE_PRUEBA


async def test_a_shop_without_one_may_say_all_the_rest_but_not_how_it_is_paid(shop: ShopApp) -> None:
    nueva = Settings.read(Environment(PRODUCTION)).de_fabrica
    base = shop.base

    changed = await base.do(cambiar_configuracion, EL_SISTEMA, 1, {"telefono": "11 4783-0000"}, de_fabrica=nueva)

    assert (changed.telefono, changed.alias) == ("11 4783-0000", "")
    with pytest.raises(CampoInvalido):
        await base.do(
            cambiar_configuracion, EL_SISTEMA, changed.version, {"medios_de_pago": ["transferencia"]}, de_fabrica=nueva
        )
