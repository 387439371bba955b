"""Reports to the shop: contract, section 6. What arrives is read by a real HTTP server that answers as it is told."""

import asyncio
import base64
import json
import secrets
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from belgrano.outbox.outgoing import Outgoing
from tests.people import Crew, act, until
from tests.servers import Servers
from ticketera.outlets.reportes import PATH, Reportes

SECRET = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


@dataclass
class ShopServer:
    """Keeps what was posted, and answers with `status` (0: not at all)."""

    status: int = 204
    headers: str = ""
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if line)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                self.posts.append((head[0], headers, body))
                if self.status:
                    writer.write(f"HTTP/1.1 {self.status} X\r\n{self.headers}content-length: 0\r\n\r\n".encode())
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@pytest.fixture
async def shop() -> AsyncIterator[ShopServer]:
    shop = ShopServer()
    server = await asyncio.start_server(shop.serve, "127.0.0.1", 0)
    shop.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield shop
    server.close()


@pytest.fixture
async def reportes(shop: ShopServer) -> AsyncIterator[Reportes]:
    made = Reportes(shop.url, SECRET)
    yield made
    await made.close()


def a_report(key: str = "epoca-1-2") -> Outgoing:
    body = json.dumps(
        {"type": "ticket.entregado", "data": {"numero": "PED-1", "estado": "entregado", "nombre": "Ñandú"}}
    )
    return Outgoing(1, key, "PED-1", body, None, 0, 0)


async def test_a_report_is_signed_in_the_standard_form(shop: ShopServer, reportes: Reportes) -> None:
    verdict = await reportes.send(a_report())

    assert verdict.kind == "done"
    ((line, headers, body),) = shop.posts
    assert line == f"POST {PATH} HTTP/1.1"
    assert headers["webhook-id"] == "epoca-1-2"
    assert headers["content-type"] == "application/json"
    assert Webhook(SECRET).verify(body, headers) == json.loads(a_report().body)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"PED-1", b"PED-2"), headers)


async def test_each_attempt_is_signed_anew_under_the_same_id(shop: ShopServer, reportes: Reportes) -> None:
    await reportes.send(a_report())
    await asyncio.sleep(1.1)
    await reportes.send(a_report())

    first, second = (headers for _, headers, _ in shop.posts)
    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-timestamp"] != second["webhook-timestamp"]
    assert first["webhook-signature"] != second["webhook-signature"]


@pytest.mark.parametrize(
    ("status", "kind", "own"),
    [
        (200, "done", False), (204, "done", False), (400, "refused", False), (404, "refused", False),
        (409, "refused", False), (413, "refused", False), (401, "stop", False), (403, "stop", False),
        (408, "retry", False), (429, "retry", False), (500, "retry", True), (502, "retry", False),
        (503, "retry", False), (504, "retry", False), (301, "retry", True),
    ],
)  # fmt: skip
async def test_what_the_shop_says_decides(
    shop: ShopServer, reportes: Reportes, status: int, kind: str, own: bool
) -> None:
    shop.status, shop.headers = status, "retry-after: 7\r\n"

    verdict = await reportes.send(a_report())

    assert (verdict.kind, verdict.own) == (kind, own)
    assert verdict.after == (7.0 if status in (408, 429, 502, 503, 504) else None)


async def test_a_shop_that_is_not_there_is_waited_for(reportes: Reportes) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Reportes(f"http://127.0.0.1:{free.getsockname()[1]}", SECRET)

        verdict = await nobody.send(a_report())

    assert (verdict.kind, verdict.own) == ("retry", False)
    await nobody.close()


async def test_every_change_of_state_is_reported_in_order_per_ticket(shop: ShopServer) -> None:
    with Servers(BELGRANO_AHORRO_URL=shop.url) as town:
        town.start("ticketera")
        crew = await Crew.gather(town, repartidores=1, turno=False)
        rita = crew.repartidores[0]
        shop.status = 503
        tickets = [await crew.shop.post_ticket(repartidor_id=rita.id) for _ in range(3)]
        for ticket in tickets:
            await act(rita, ticket["ticket_id"], "iniciar")
            await act(rita, ticket["ticket_id"], "llegar")
            await act(rita, ticket["ticket_id"], "fallar", motivo="cliente_ausente")
        shop.posts.clear()
        shop.status = 204

        assert await until(lambda: len(shop.posts) >= 9)
        await crew.close()

        told = [Webhook(town.webhook_secret).verify(body, headers) for _, headers, body in shop.posts]
    for ticket in tickets:
        mine = [t for t in told if t["data"]["numero"] == ticket["numero"]]
        assert [t["type"] for t in mine] == ["ticket.asignado", "ticket.en_camino", "ticket.fallido"]
        versions = [t["data"]["version"] for t in mine]
        assert versions == sorted(versions)
        assert {"numero", "estado", "epoca", "version", "repartidor_nombre", "en"} <= set(mine[0]["data"])
        assert mine[-1]["data"]["motivo"] == "cliente_ausente"
        assert "cliente_nombre" not in str(mine)
