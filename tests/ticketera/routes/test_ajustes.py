"""The page of the settings: all of them, one's own changes only, and who changed what."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import asdict, fields
from html import unescape
from typing import Any

import httpx
import pytest

from tests.people import Crew, Person
from tests.servers import Servers
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.modos import MODOS
from ticketera.routes.pages.ajustes import GRUPOS, NIVELES, en_palabras

Form = dict[str, Any]


@pytest.fixture(scope="module")
async def own() -> AsyncIterator[Crew]:
    """A town of its own: settings are everybody's."""
    with Servers() as servers:
        servers.start("ticketera")
        crew = await Crew.gather(servers, repartidores=1, admins=2, turno=False)
        yield crew
        await crew.close()


async def opened(admin: Person) -> Form:
    """What a browser would send of the form as it is shown."""
    page = (await admin.get("/configuracion")).text
    form: Form = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value, kind = (re.search(rf'\b{a}="([^"]*)"', tag) for a in ("name", "value", "type"))
        if name is None or value is None or kind is None:
            continue
        text = unescape(value[1])
        if kind[1] in ("radio", "checkbox") and " checked" not in tag:
            continue
        if name[1] == "prueba_medios":
            form.setdefault(name[1], []).append(text)
        else:
            form[name[1]] = text
    return form


async def save(admin: Person, form: Form, **changes: Any) -> httpx.Response:
    return await admin("POST", "/configuracion", data={**form, **changes})


async def stored(admin: Person) -> Form:
    return dict(await admin.ok("GET", "/api/configuracion"))


def test_every_setting_has_its_place_and_its_words() -> None:
    named = [campo for _, _, campos in GRUPOS for campo, *_ in campos]

    assert sorted(named) == sorted(field.name for field in fields(Configuracion))
    assert all(en_palabras("modo_asignacion", each) == f"“{modo.nombre}”" for each, modo in MODOS.items())
    assert [en_palabras("prueba_foto", each) for each in NIVELES] == [f"“{words}”" for words in NIVELES.values()]
    assert en_palabras("prueba_medios", "efectivo,otro") == "Efectivo, otro"
    assert (en_palabras("orden_propio", True), en_palabras("central", "")) == ("sí", "nada")


async def test_what_is_shown_and_sent_back_changes_nothing(own: Crew) -> None:
    answer = await save(own.admin, await opened(own.admin))

    assert (answer.status_code, answer.headers["location"]) == (303, "/configuracion?dicho=igual")
    assert await stored(own.admin) == asdict(Configuracion())
    assert "Todavía nadie cambió nada" in (await own.admin.get("/configuracion")).text


async def test_settings_of_every_kind_are_kept_and_it_is_said_who_changed_them(own: Crew) -> None:
    changes = {
        "modo_asignacion": "sugerido", "max_tickets_por_repartidor": "8", "prueba_foto": "avisar", "orden_propio": "si",
        "prueba_medios": ["efectivo", "tarjeta"], "central": "11 5555-1234", "efectivo_maximo": "50000",
        "mapa_teselas": "https://mapas.test/{z}/{x}/{y}.png",
    }  # fmt: skip

    assert (await save(own.admin, await opened(own.admin), **changes)).headers["location"].endswith("dicho=guardado")

    now = await stored(own.admin)
    assert now["orden_propio"] is True
    assert now["prueba_medios"] == "efectivo,tarjeta"
    assert (now["max_tickets_por_repartidor"], now["efectivo_maximo"]) == (8, 50000)
    page = (await own.admin.get("/configuracion")).text
    for text in (
        f"{own.admin.me['nombre']} cambió <strong>Máximo por repartidor</strong> de 10 a 8, ",
        "<strong>Modo de asignación</strong> de “Automático” a “Sugerido”", "<strong>Orden propio</strong> de no a sí",
        "<strong>Pruebas para</strong> de todas a Efectivo, Tarjeta", "de nada a 11 5555-1234",
    ):  # fmt: skip
        assert text in page, text
    form = await opened(own.admin)
    assert (form["prueba_medios"], form["orden_propio"]) == (["efectivo", "tarjeta"], "si")
    del form["prueba_medios"], form["orden_propio"]  # nothing ticked: the browser sends nothing
    assert (await save(own.admin, form)).status_code == 303
    now = await stored(own.admin)
    assert (now["prueba_medios"], now["orden_propio"]) == ("", False)


async def test_an_old_tab_brings_back_nothing_that_a_colleague_changed(own: Crew) -> None:
    ana, luz = own.admins
    tab = await opened(ana)
    await save(luz, await opened(luz), minutos_respeto="33", prueba_firma="opcional")

    assert (await save(ana, tab, minutos_sin_senal="44")).status_code == 303

    now = await stored(ana)
    assert (now["minutos_respeto"], now["prueba_firma"], now["minutos_sin_senal"]) == (33, "opcional", 44)


async def test_who_changes_the_same_reads_who_was_first_and_may_insist(own: Crew) -> None:
    ana, luz = own.admins
    tab = await opened(ana)
    await save(luz, await opened(luz), segundos_sin_ver="90")

    answer = await save(ana, tab, segundos_sin_ver="120", fotos_dias="60")

    assert answer.status_code == 409
    assert f"{luz.me['nombre']} puso 90 mientras tanto" in answer.text
    assert 'id="segundos_sin_ver" name="segundos_sin_ver" type="number" value="120"' in answer.text
    assert (await stored(ana))["segundos_sin_ver"] == 90
    assert (await stored(ana))["fotos_dias"] == 30
    seen = {**tab, "antes_segundos_sin_ver": "90"}  # as the page that came back shows it
    assert (await save(ana, seen, segundos_sin_ver="120", fotos_dias="60")).status_code == 303
    assert (await stored(ana))["segundos_sin_ver"] == 120
    assert (await save(luz, tab, segundos_sin_ver="120")).status_code == 303  # the same is no quarrel


async def test_of_two_at_the_same_time_one_is_kept(own: Crew) -> None:
    tab = await opened(own.admin)

    answers = await asyncio.gather(*(save(own.admins[n % 2], tab, prueba_desde=str(n + 1)) for n in range(4)))

    assert sorted(a.status_code for a in answers) == [303, 409, 409, 409]


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(own: Crew) -> None:
    form, before = await opened(own.admin), await stored(own.admin)
    for campo, wrong in {
        "max_tickets_por_repartidor": "0", "minutos_respeto": "", "fotos_dias": "mil", "prueba_foto": "siempre",
        "mapa_teselas": "javascript:alert(1)", "central": "x" * 51, "modo_asignacion": "", "efectivo_maximo": "1,5",
    }.items():  # fmt: skip
        answer = await save(own.admin, form, **{"segundos_sin_ver": "77", campo: wrong})
        assert answer.status_code == 400, campo
        assert f'id="{campo}-error"' in answer.text
        assert 'name="segundos_sin_ver" type="number" value="77"' in answer.text
        assert answer.text.count('<p class="error"') == 1
    assert await stored(own.admin) == before
    kept_out = await own.repartidores[0]("POST", "/configuracion", data={**form, "fotos_dias": "1"})
    assert kept_out.status_code == 403
