"""When a promotion rules, what it says of itself, and what makes no sense."""

from datetime import datetime
from typing import Any

import pytest

from ahorro.domain.errors import CampoInvalido
from ahorro.domain.promociones import Promocion, check_promocion, por_que_no
from belgrano.words.times import BUENOS_AIRES, ms_of


def un_dia(dia: int, hora: int = 12) -> int:
    """An instant of December 2026 in Buenos Aires; its first day is a Tuesday."""
    return ms_of(datetime(2026, 12, dia, hora, tzinfo=BUENOS_AIRES))


def una(**cambios: Any) -> Promocion:
    return Promocion(**{"id": 1, "version": 1, "nombre": "Una", "tipo": "porcentaje", "por_ciento": 10, **cambios})


def test_it_rules_from_its_beginning_until_just_before_its_end() -> None:
    promo = una(desde=un_dia(2), hasta=un_dia(4))

    estados = [promo.estado(ms) for ms in (un_dia(2) - 1, un_dia(2), un_dia(4) - 1, un_dia(4))]

    assert estados == ["empieza", "rige", "rige", "termino"]


def test_a_day_of_the_week_is_buenos_aires_s() -> None:
    martes = una(dias=(2,))

    assert martes.rige(un_dia(1, 0))
    assert martes.rige(un_dia(1, 23))
    assert martes.estado(un_dia(2, 0)) == "hoy_no"


def test_one_for_a_way_to_pay_waits_until_that_is_chosen() -> None:
    promo = una(medios=("efectivo", "transferencia"))

    assert [promo.rige(un_dia(1), m) for m in ("", "efectivo", "tarjeta")] == [False, True, False]
    assert promo.medios_dichos == "pagando en efectivo o por transferencia"


@pytest.mark.parametrize(
    ("campo", "cambios"),
    [
        ("paga", {"tipo": "nxm", "por_ciento": None, "lleva": 2, "paga": 2}),
        ("paga", {"tipo": "nxm", "por_ciento": None, "lleva": 2, "paga": 3}),
        ("lleva", {"tipo": "nxm", "por_ciento": None, "paga": 1}),
        ("porcentaje", {"por_ciento": None}),
        ("lleva", {"lleva": 2}),
        ("hasta", {"desde": 10, "hasta": 10}),
        ("cuales", {"alcance": "producto"}),
        ("cuales", {"cuales": (1,)}),
        ("tipo", {"tipo": "segunda", "codigo": "LUNES"}),
        ("codigo", {"tipo": "monto", "por_ciento": None, "monto_centavos": 500}),
        ("usos", {"usos": 5}),
        ("minimo", {"minimo_centavos": 5}),
    ],
)
def test_nonsense_is_refused_by_its_field(campo: str, cambios: dict[str, Any]) -> None:
    with pytest.raises(CampoInvalido) as refused:
        check_promocion(una(**cambios))

    assert refused.value.campo == campo


@pytest.mark.parametrize(
    ("cambios", "usados", "mios", "said"),
    [
        ({"hasta": un_dia(1)}, 0, 0, "El cupón DIEZ ya no vale."),
        ({"desde": un_dia(2)}, 0, 0, "El cupón DIEZ todavía no vale."),
        ({"dias": (1, 3)}, 0, 0, "El cupón DIEZ vale los lunes y miércoles."),
        ({"usos": 3}, 3, 0, "El cupón DIEZ ya se usó todas las veces que se podía."),
        ({"por_cliente": 1}, 9, 1, "El cupón DIEZ ya lo usaste."),
        ({"medios": ("efectivo",)}, 0, 0, "El cupón DIEZ vale pagando en efectivo."),
        ({"usos": 3, "por_cliente": 1}, 2, 0, ""),
    ],
)
def test_a_coupon_that_gives_nothing_says_why(cambios: dict[str, Any], usados: int, mios: int, said: str) -> None:
    assert por_que_no(una(codigo="DIEZ", **cambios), un_dia(1), "", usados, mios) == said
