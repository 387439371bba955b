"""Which tile addresses are taken, and the one origin each names."""

import pytest

from belgrano.words.teselas import origen_de_teselas

LUGARES = "{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("plantilla", "origen"),
    [
        (f"https://tiles.example/{LUGARES}", "https://tiles.example"),
        (f"http://10.0.0.7:8080/osm/{LUGARES}", "http://10.0.0.7:8080"),
        (f"https://a.tiles.example/v1/{LUGARES}?key=a-b_c&s=1", "https://a.tiles.example"),
        (f"/static/teselas/{LUGARES}", ""),
        ("/t/{x}/{y}/{z}", ""),
    ],
)
def test_an_address_of_tiles_names_one_origin_or_none_besides_ours(plantilla: str, origen: str) -> None:
    assert origen_de_teselas(plantilla) == origen


@pytest.mark.parametrize(
    "plantilla",
    [
        "",
        LUGARES,
        f"javascript:alert(1)//{LUGARES}",
        f"data:image/png;{LUGARES}",
        f"blob:https://tiles.example/{LUGARES}",
        f"ftp://tiles.example/{LUGARES}",
        f"//tiles.example/{LUGARES}",
        f"/\\tiles.example/{LUGARES}",
        f"https:\\\\tiles.example/{LUGARES}",
        f"https://user:secret@tiles.example/{LUGARES}",
        f"https://tiles.example@evil.example/{LUGARES}",
        f"https://tiles.example/{LUGARES} https://evil.example",
        f"https://tiles.example; script-src *;/{LUGARES}",
        f"https://tiles.example\r\nSet-Cookie: a=b/{LUGARES}",
        f"https://tiles.example/{LUGARES}\n",
        f"https://tiles.example\n/{LUGARES}",
        f"https://*/{LUGARES}",
        f"https://*.example/{LUGARES}",
        f"https://{{s}}.tiles.example/{LUGARES}",
        f"https://tiles.example/{{s}}/{LUGARES}",
        f"https://tiles.example,evil.example/{LUGARES}",
        f"https://tiles..example/{LUGARES}",
        f"https://tiles.example:0/{LUGARES}",
        f"https://tiles.example:99999/{LUGARES}",
        f"https://tiles.example:/{LUGARES}",
        f"https:///{LUGARES}",
        f"https://t\u0131les.example/{LUGARES}",
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{x}/{y}/{y}.png",
        "https://{z}.example/{x}/{y}.png",
        'https://tiles.example/{z}/{x}/{y}.png"><script>',
        "https://tiles.example/{z}/{x}/{y}.png#frag",
    ],
)
def test_whatever_could_name_another_place_is_no_address_of_tiles(plantilla: str) -> None:
    assert origen_de_teselas(plantilla) is None
