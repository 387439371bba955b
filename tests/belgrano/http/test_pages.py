"""What every page stands on: assets, money, dates."""

import json
import os
from pathlib import Path

import pytest
from quart import Quart

from belgrano.http import pages
from belgrano.http.pages import Assets, folder
from belgrano.words.money import pesos
from belgrano.words.times import fecha, hora

HALF_PAST_TWO = 1_795_541_400_000  # 2026-11-24 17:30 UTC, 14:30 in Buenos Aires


@pytest.mark.parametrize(
    ("centavos", "text"),
    [
        (123450, "$ 1.234,50"),
        (0, "$ 0,00"),
        (5, "$ 0,05"),
        (100000000000, "$ 1.000.000.000,00"),
        (-150, "$ -1,50"),
        (None, ""),
    ],
)
def test_money_as_it_is_written_here(centavos: int | None, text: str) -> None:
    assert pesos(centavos).replace("\xa0", " ") == text


def test_days_and_times_are_those_of_buenos_aires() -> None:
    assert (fecha(HALF_PAST_TWO), hora(HALF_PAST_TWO)) == ("24/11/2026", "14:30")
    assert fecha(HALF_PAST_TWO + 9 * 3_600_000 + 1_800_000) == "25/11/2026"
    assert fecha(HALF_PAST_TWO + 9 * 3_600_000 + 1_799_999) == "24/11/2026"
    assert (fecha(None), hora(None)) == ("", "")


def test_an_asset_has_the_name_that_the_build_gave_it(tmp_path: Path) -> None:
    manifest = tmp_path / "dist" / "manifest.json"
    assets = Assets(tmp_path)
    assert assets("img/logo.svg") == "/static/img/logo.svg"

    manifest.parent.mkdir()
    manifest.write_text(json.dumps({"board.js": "board-ABC.js"}))
    assert assets("board.js") == "/static/dist/board-ABC.js"

    manifest.write_text(json.dumps({"board.js": "board-DEF.js"}))
    os.utime(manifest, ns=(1, 1))
    assert assets("board.js") == "/static/dist/board-DEF.js"


def test_pages_are_found_in_a_checkout_and_in_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (folder("templates") / "base.html").is_file()

    installed = tmp_path / "site-packages" / "belgrano"
    (installed / "web" / "templates").mkdir(parents=True)
    monkeypatch.setattr(pages, "_HERE", installed)
    assert folder("templates") == installed / "web" / "templates"


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    dist = tmp_path / "belgrano" / "web" / "static" / "dist"
    dist.mkdir(parents=True)
    (dist / "board-ABC.js").write_text("plain")
    (dist / "board-ABC.js.br").write_text("brotli")
    (dist / "board-ABC.js.gz").write_text("gzip")
    (dist / "lone-ABC.js").write_text("lone")
    (dist / "manifest.json").write_text("{}")
    (tmp_path / "secret").write_text("secret")
    monkeypatch.setattr(pages, "_HERE", tmp_path / "belgrano")
    return dist.parent


@pytest.mark.parametrize(
    ("accepts", "body", "encoding"),
    [("", "plain", None), ("gzip, deflate, br", "brotli", "br"), ("gzip", "gzip", "gzip"), ("br;q=0", "plain", None)],
)
async def test_the_browser_gets_the_form_it_takes(static: Path, accepts: str, body: str, encoding: str | None) -> None:
    client = pages.new_app(__name__).test_client()

    response = await client.get("/static/dist/board-ABC.js", headers={"Accept-Encoding": accepts})

    assert await response.get_data(as_text=True) == body
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Vary"] == "Accept-Encoding"


async def test_what_was_not_compressed_is_sent_as_it_is(static: Path) -> None:
    client = pages.new_app(__name__).test_client()

    response = await client.get("/static/dist/lone-ABC.js", headers={"Accept-Encoding": "br"})

    assert await response.get_data(as_text=True) == "lone"


async def test_a_name_without_a_hash_is_not_kept_for_ever(static: Path) -> None:
    response = await pages.new_app(__name__).test_client().get("/static/dist/manifest.json")

    assert "immutable" not in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["../../../secret", "..%2f..%2f..%2fsecret", "dist/../../../../secret", "/etc/passwd", "dist"]
)
async def test_nothing_outside_the_folder_is_ever_sent(static: Path, path: str) -> None:
    response = await pages.new_app(__name__).test_client().get(f"/static/{path}", headers={"Accept-Encoding": "br"})

    assert response.status_code in {404, 308}


async def test_a_page_has_asset_and_the_filters(little: Quart) -> None:
    from quart import render_template_string

    async with little.app_context():
        text = await render_template_string(
            "{{ asset('img/x.svg') }} {{ 150|pesos }} {{ 0|fecha }} {{ 0|hora }} {{ '<b>' }}"
        )

    assert text.replace("\xa0", " ") == "/static/img/x.svg $ 1,50 31/12/1969 21:00 &lt;b&gt;"
