"""Ticketera's reports: signed or refused, newer or ignored, and seen by the customer's open page."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from ahorro.store.entregas import select_cobros_distintos
from tests.ahorro.cast import ShopApp, Visitor, una_clave
from tests.ahorro.conftest import WEBHOOK_SECRET

PATH = "/api/webhooks/ticketera"


def un_aviso(numero: str, estado: str = "asignado", **cambios: Any) -> dict[str, Any]:
    data = {
        "numero": numero,
        "estado": estado,
        "epoca": "e1",
        "version": 1,
        "repartidor_nombre": "Rita",
        "en": "2026-11-24T05:00:00.123Z",
        **cambios,
    }
    return {"type": f"ticket.{estado}", "timestamp": "2026-11-24T05:00:00.123Z", "data": data}


def firmado(
    body: Any, *, id: str | None = None, secret: str = WEBHOOK_SECRET, ago: float = 0
) -> tuple[bytes, dict[str, str]]:
    """The bytes and headers of a report."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    id = id or una_clave()
    en = datetime.now(UTC) - timedelta(seconds=ago)
    return raw, {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(int(en.timestamp())),
        "webhook-signature": Webhook(secret).sign(id, en, raw.decode()),
    }


async def avisar(shop: ShopApp, body: Any, **how: Any) -> Any:
    raw, headers = firmado(body, **how)
    return await shop.visitor().ask("POST", PATH, data=raw, headers=headers)


async def entrega(clara: Visitor, numero: str) -> dict[str, Any]:
    pedido = await clara.ok("GET", f"/api/pedidos/{numero}")
    said = pedido["entrega"]["estado"]
    assert pedido["estado"] == ("recibido" if said in {"pendiente", "asignado"} else said)
    return dict(pedido["entrega"])


@pytest.fixture
async def clara(shop: ShopApp) -> Visitor:
    return await shop.customer()


@pytest.fixture
async def numero(shop: ShopApp, clara: Visitor) -> str:
    return str((await clara.buy(await shop.producto()))["numero"])


async def test_a_report_moves_the_pedido(shop: ShopApp, clara: Visitor, numero: str) -> None:
    response = await avisar(shop, un_aviso(numero, "fallido", version=4, motivo="cliente_ausente"))

    assert response.status_code == 204
    assert await entrega(clara, numero) == {
        "estado": "fallido",
        "repartidor_nombre": "Rita",
        "en": "2026-11-24T05:00:00.123Z",
        "motivo": "cliente_ausente",
    }


async def test_an_older_or_equal_version_changes_nothing(shop: ShopApp, clara: Visitor, numero: str) -> None:
    await avisar(shop, un_aviso(numero, "en_camino", version=5))

    for version in (5, 4, 1):
        assert (await avisar(shop, un_aviso(numero, "asignado", version=version))).status_code == 204

    assert (await entrega(clara, numero))["estado"] == "en_camino"


async def test_another_epoca_counts_from_anew_and_a_repeat_of_the_old_one_undoes_nothing(
    shop: ShopApp, clara: Visitor, numero: str
) -> None:
    viejo, id = un_aviso(numero, "en_camino", version=9), una_clave()
    await avisar(shop, viejo, id=id)
    await avisar(shop, un_aviso(numero, "asignado", epoca="e2", version=2))
    assert (await entrega(clara, numero))["estado"] == "asignado"

    assert (await avisar(shop, viejo, id=id)).status_code == 204

    assert (await entrega(clara, numero))["estado"] == "asignado"


async def test_many_at_once_leave_the_newest(shop: ShopApp, clara: Visitor, numero: str) -> None:
    estados = ["asignado", "en_camino", "asignado", "en_camino", "entregado"]
    avisos = [un_aviso(numero, estado, version=n) for n, estado in enumerate(estados, 1)]

    answers = await asyncio.gather(*(avisar(shop, a) for a in [*avisos, *avisos[::-1]]))

    assert {a.status_code for a in answers} == {204}
    assert (await entrega(clara, numero))["estado"] == "entregado"


async def test_an_unknown_numero_is_a_204(shop: ShopApp) -> None:
    assert (await avisar(shop, un_aviso("PED-20200101-AAAAAAAA"))).status_code == 204
    assert (await avisar(shop, un_aviso("TEST-001"))).status_code == 204


@pytest.mark.parametrize("ago", [301, -301, 10_000, 0])
async def test_a_signature_lives_for_five_minutes(shop: ShopApp, numero: str, ago: float) -> None:
    response = await avisar(shop, un_aviso(numero), ago=ago)

    assert response.status_code == (204 if ago == 0 else 401)


async def test_a_bad_signature_is_a_401_and_changes_nothing(shop: ShopApp, clara: Visitor, numero: str) -> None:
    raw, good = firmado(un_aviso(numero, "entregado"))
    forged = [
        {k: v for k, v in good.items() if k != missing}
        for missing in ("webhook-id", "webhook-timestamp", "webhook-signature")
    ]
    forged += [
        good | {"webhook-id": "otro"},
        good | {"webhook-timestamp": str(int(good["webhook-timestamp"]) + 1)},
        good | {"webhook-timestamp": "nan"},
        good | {"webhook-timestamp": "1e400"},
        good | {"webhook-timestamp": "mañana"},
        good | {"webhook-signature": "v1,AAAA"},
        good | {"webhook-signature": "v1"},
        good | {"webhook-signature": "v1,!!!"},
        good | {"webhook-signature": good["webhook-signature"].replace("v1,", "v2,")},
        firmado(un_aviso(numero, "entregado"), secret="whsec_" + "A" * 32)[1],
    ]

    for headers in forged:
        response = await shop.visitor().ask("POST", PATH, data=raw, headers=headers)
        assert (response.status_code, response.data_["codigo"]) == (401, "firma_invalida"), headers
    changed = raw.replace(b"entregado", b"cancelado")
    assert (await shop.visitor().ask("POST", PATH, data=changed, headers=good)).status_code == 401
    assert (await shop.visitor().ask("POST", PATH, data=b"\xff\xfe", headers=good)).status_code == 401

    assert (await entrega(clara, numero))["estado"] == "pendiente"
    assert (await shop.visitor().ask("POST", PATH, data=raw, headers=good)).status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        b"no es json",
        b"[]",
        b"{}",
        b"{" * 4000,
        {"type": "ticket.entregado", "data": None},
        *[un_aviso("N", **{k: v}) for k, v in {
            "estado": "volando", "version": 0, "epoca": "", "en": "ayer", "motivo": 3, "repartidor_nombre": [],
        }.items()],
        un_aviso("N", version="1"),
        un_aviso("N", version=2**63),
        un_aviso("N", en="0001-01-01T00:00:00+14:00"),
        un_aviso("N", en="9999-12-31T23:59:59-14:00"),
        un_aviso("N", en=5),
        un_aviso("N" * 51),
        un_aviso(""),
    ],
    ids=lambda v: str(v)[-60:],
)  # fmt: skip
async def test_a_signed_report_that_makes_no_sense_is_a_400(shop: ShopApp, body: Any) -> None:
    response = await avisar(shop, body)

    assert response.status_code == 400
    assert response.data_["detail"]


async def test_a_report_without_repartidor_or_motivo_is_fine(shop: ShopApp, clara: Visitor, numero: str) -> None:
    aviso = un_aviso(numero, "pendiente", version=2)
    del aviso["data"]["repartidor_nombre"]

    assert (await avisar(shop, aviso)).status_code == 204
    assert (await entrega(clara, numero))["repartidor_nombre"] is None


# --- the customer's open page


class Stream:
    """An open page's event stream."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.text = ""

    async def next(self, within: float = 5) -> dict[str, Any]:
        """The next event: its `id` and `data`."""
        async with asyncio.timeout(within):
            while True:
                while "\n\n" in self.text:
                    block, _, self.text = self.text.partition("\n\n")
                    fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
                    if fields.get("event") == "entrega":
                        return {"id": fields["id"], **json.loads(fields["data"])}
                self.text += (await self.connection.receive()).decode()


async def test_an_open_page_hears_each_change_at_once(shop: ShopApp, clara: Visitor, numero: str) -> None:
    async with clara.client.request("/api/pedidos/vivo") as connection:
        stream = Stream(connection)
        await avisar(shop, un_aviso(numero, "asignado", version=1))
        first = await stream.next()
        await avisar(shop, un_aviso(numero, "en_camino", version=2))
        await avisar(shop, un_aviso(numero, "en_camino", version=2))
        second = await stream.next(within=1)
        await avisar(shop, un_aviso(numero, "entregado", version=3))
        third = await stream.next(within=1)
        await connection.disconnect()

    assert [first["estado"], second["estado"], third["estado"]] == ["asignado", "en_camino", "entregado"]
    assert third["numero"] == numero
    assert third["repartidor_nombre"] == "Rita"


async def test_a_page_that_comes_back_is_told_what_it_missed(shop: ShopApp, clara: Visitor, numero: str) -> None:
    await avisar(shop, un_aviso(numero, "asignado", version=1))
    async with clara.client.request("/api/pedidos/vivo") as connection:
        seen = (await Stream(connection).next())["id"]
        await connection.disconnect()
    await avisar(shop, un_aviso(numero, "entregado", version=2))

    async with clara.client.request("/api/pedidos/vivo", headers={"Last-Event-ID": seen}) as connection:
        missed = await Stream(connection).next()
        await connection.disconnect()

    assert missed["estado"] == "entregado"


async def test_a_page_hears_nothing_of_somebody_else(shop: ShopApp, numero: str) -> None:
    raquel = await shop.customer()
    async with raquel.client.request("/api/pedidos/vivo") as connection:
        stream = Stream(connection)
        await avisar(shop, un_aviso(numero, "asignado", version=1))
        with pytest.raises(TimeoutError):
            await stream.next(within=0.3)
        await connection.disconnect()


async def test_a_page_is_cut_off_when_its_session_ends(shop: ShopApp, clara: Visitor, numero: str) -> None:
    async with asyncio.timeout(2), clara.client.request("/api/pedidos/vivo") as connection:
        await connection.receive()
        await clara.ask("DELETE", "/api/sesion")  # leaving the block waits for the stream's end


async def test_who_may_listen_and_from_where(shop: ShopApp, clara: Visitor) -> None:
    assert (await shop.visitor().ask("GET", "/api/pedidos/vivo")).status_code == 401
    for desde in ("x", "-1", "9" * 30, "%00"):
        assert (await clara.ask("GET", f"/api/pedidos/vivo?desde={desde}")).status_code == 400


async def test_what_a_cancelled_pedido_took_is_on_the_shelf_again_once(shop: ShopApp, clara: Visitor) -> None:
    async def stock(con: Any) -> list[int | None]:
        ids = {"uno": contado, "otro": sin_contar}
        return [await con.fetch_val("SELECT stock FROM productos WHERE id = :id", {"id": i}) for i in ids.values()]

    contado, sin_contar = await shop.producto("Fernet", stock=9), await shop.producto("Pan")
    await clara.add(sin_contar, 2)
    numero = (await clara.buy(contado, 4))["numero"]
    assert await shop.base.read(stock) == [5, None]

    await avisar(shop, un_aviso(numero, "fallido", version=2, motivo="cliente_ausente"))
    assert await shop.base.read(stock) == [5, None]
    await avisar(shop, un_aviso(numero, "cancelado", version=3))
    await avisar(shop, un_aviso(numero, "cancelado", version=4))
    await avisar(shop, un_aviso(numero, "cancelado", version=1, epoca="e2"))

    assert await shop.base.read(stock) == [9, None]


async def test_what_was_collected_is_kept_and_shown_to_the_admin_where_it_is_not_the_total(
    shop: ShopApp, clara: Visitor
) -> None:
    """`cobrado` in pesos; a later report without it takes it back."""
    short, right, before = [(await clara.buy(await shop.producto()))["numero"] for _ in range(3)]
    await avisar(shop, un_aviso(short, "entregado", version=3, cobrado=1234.5, medio="efectivo"))
    total = (await clara.ok("GET", f"/api/pedidos/{right}"))["total"]
    await avisar(shop, un_aviso(right, "entregado", version=3, cobrado=total, medio="tarjeta"))
    await avisar(shop, un_aviso(before, "entregado", version=3))

    async def told() -> dict[str, tuple[int, str]]:
        rows = await shop.house.base.read(select_cobros_distintos)
        return {row["numero"]: (row["cobrado_centavos"], row["medio"]) for row in rows}

    assert await told() == {short: (123450, "efectivo")}
    for wrong in (-1, 1.005, "mil", True):
        assert (await avisar(shop, un_aviso(short, "entregado", version=4, cobrado=wrong))).status_code == 400
    await avisar(shop, un_aviso(short, "asignado", version=5))
    assert await told() == {}
