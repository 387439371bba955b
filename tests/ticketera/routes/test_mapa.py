"""The map's page: who gets it, and the policies of board and map to the letter."""

import pytest

from belgrano.http.security import CSP
from tests.people import Crew, Person, body

TESELAS = "https://tiles.example:8443/{z}/{x}/{y}.png"
MAPA = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{}; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)


async def test_the_board_may_frame_our_own_pages_and_nothing_else_changes(crew: Crew) -> None:
    ticket = (await crew.shop.post_ticket())["ticket_id"]

    for path in ("/tablero", f"/tickets/{ticket}"):
        answer = await crew.admin.get(path)
        assert answer.headers["content-security-policy"] == f"{CSP}; frame-src 'self'"
        assert answer.headers["x-frame-options"] == "DENY"


async def test_the_map_may_be_framed_by_us_and_asks_nobody_for_pictures(crew: Crew) -> None:
    answer = await crew.admin.get("/mapa")

    assert answer.headers["content-security-policy"] == MAPA.format("")
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert len(answer.headers.get_list("content-security-policy")) == 1


async def test_with_tiles_the_map_may_ask_that_one_origin_and_the_attribution_is_text(crew: Crew) -> None:
    change = {"mapa_teselas": TESELAS, "mapa_atribucion": '© <a href="https://x">OSM</a>'}
    try:
        await crew.admin.ok("PATCH", "/api/configuracion", change)
        answer = await crew.admin.get("/mapa")
    finally:
        await crew.admin.ok("PATCH", "/api/configuracion", {"mapa_teselas": "", "mapa_atribucion": ""})

    assert answer.headers["content-security-policy"] == MAPA.format(" https://tiles.example:8443")
    assert "© &lt;a href=&#34;https://x&#34;&gt;OSM&lt;/a&gt;" in answer.text


@pytest.mark.parametrize(
    "teselas",
    [
        "javascript:alert(1)//{z}/{x}/{y}",
        "//tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}.png https://evil.example",
        "https://tiles.example\r\nX: y/{z}/{x}/{y}.png",
        "https://user:secret@tiles.example/{z}/{x}/{y}.png",
        "data:image/png,{z}{x}{y}",
        "https://tiles.example; script-src */{z}/{x}/{y}.png",
    ],
)
async def test_an_address_that_could_widen_the_policy_is_refused_by_name(crew: Crew, teselas: str) -> None:
    answer = await crew.admin.patch("/api/configuracion", {"mapa_teselas": teselas})

    assert answer.status_code == 400
    assert [each["campo"] for each in body(answer)["errores"]] == ["mapa_teselas"]
    assert (await crew.admin.get("/mapa")).headers["content-security-policy"] == MAPA.format("")


async def test_the_map_is_for_admins(crew: Crew, rita: Person) -> None:
    nobody = Person(crew.admin.url)

    refused, away = await rita.get("/mapa"), await nobody.get("/mapa")
    await nobody.close()

    assert refused.status_code == 403
    assert refused.headers["content-security-policy"] == CSP
    assert (away.status_code, away.headers["location"]) == (303, "/login?volver=/mapa")
