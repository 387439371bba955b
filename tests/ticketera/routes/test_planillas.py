"""Tickets in bulk: the history as a page and as a spreadsheet, and spreadsheets that come in."""

import asyncio
import csv
import html
import io
import re
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import quote

import httpx
import pytest

from belgrano.words.times import BUENOS_AIRES
from tests.people import Crew, Json, Person, act, get_ticket
from tests.servers import Servers


def tag() -> str:
    return f"T{uuid.uuid4().hex[:7].upper()}"  # never like 1234567E-1, which a spreadsheet makes of a number


async def upload(person: Person, crudo: bytes | str, name: str = "pedidos.csv") -> httpx.Response:
    content = crudo if isinstance(crudo, bytes) else crudo.encode()
    return await person.client.post("/importar", files={"archivo": (name, content, "text/csv")})


async def confirm(person: Person, shown: httpx.Response) -> httpx.Response:
    """Press "Crear": what the page carried goes back as a browser sends it, with its line ends."""
    found = re.search(r'<textarea name="texto" hidden>\n(.*?)</textarea>', shown.text, re.DOTALL)
    assert found
    texto = html.unescape(found[1]).replace("\n", "\r\n")
    return await person.client.post("/importar", files={"texto": (None, texto), "crear": (None, "1")})


def chips(answer: httpx.Response) -> list[str]:
    """What each line of the table came to."""
    return re.findall(r'<td><span class="chip [a-z]*">([^<]*)</span>', answer.text)


async def tickets_of(person: Person, q: str) -> list[Json]:
    return list((await person.ok("GET", "/api/tickets", q=q, limite=200))["tickets"])


def cells(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


class TestImporting:
    async def test_a_file_is_looked_at_first_then_made_once_however_often_it_comes(self, crew: Crew) -> None:
        t = tag()
        crudo = (
            "Número;Cliente;Dirección;Piso;Barrio;Teléfono;Fecha;Desde;Hasta;Productos;Total;Prioridad\r\n"
            f"{t}-1;Ana {t};Moreno 1840;4° B;Once;'+54 9 11 5555-1234;24/11/2026;18:00;20:00;"
            f'"2 x Yerba\r\n1 x Pan";12.450,50;Alta\r\n'
            f";Luis {t};Perú 1;;;;;;;pan;100;\r\n"
            f";Luis {t};Perú 1;;;;;;;pan;100;\r\n"
            f"{t}-2;;Perú 2;;;;;;;pan;mil;\r\n"
        ).encode("cp1252")

        shown = await upload(crew.admin, crudo)

        assert shown.status_code == 200
        assert chips(shown) == ["Nuevo", "Nuevo", "Nuevo", "Con errores"]
        assert "Cliente: hace falta." in shown.text
        assert "Total: no se entiende" in shown.text
        assert "Crear 3 tickets" in shown.text
        assert await tickets_of(crew.admin, t) == []

        done = await confirm(crew.admin, shown)
        assert chips(done) == ["Creado", "Creado", "Creado", "Con errores"]
        made = await tickets_of(crew.admin, t)
        assert len(made) == 3
        ana = await get_ticket(crew.admin, next(each["id"] for each in made if each["numero"] == f"{t}-1"))
        campos = ("cliente_piso", "cliente_barrio", "cliente_telefono", "prioridad", "franja_desde")
        assert [ana[campo] for campo in campos] == [
            "4° B", "Once", "+54 9 11 5555-1234", "alta", "2026-11-24T21:00:00.000Z",
        ]  # fmt: skip
        assert ana["productos"] == [{"nombre": "Yerba", "cantidad": 2}, {"nombre": "Pan", "cantidad": 1}]
        assert ana["historial"][0]["quien"]["nombre"] == crew.admin.me["nombre"]

        # Reloaded, and the file put right and sent again: what is there is there.
        assert chips(await confirm(crew.admin, shown)) == ["Ya existe, igual"] * 3 + ["Con errores"]
        fixed = crudo.replace(b";;Per\xfa 2", b";Eva;Per\xfa 2").replace(b"mil", b"1000")
        again = await upload(crew.admins[1], fixed)
        assert chips(again) == ["Ya existe, igual"] * 3 + ["Nuevo"]
        assert chips(await upload(crew.admin, crudo.replace(b"4\xb0 B", b"5"))) == [
            "Ya existe, igual", "Ya existe, igual", "Ya existe, igual", "Con errores",
        ]  # fmt: skip
        assert chips(await upload(crew.admin, crudo.replace(b"12.450,50", b"1")))[0] == "Ya existe, distinto"

    async def test_two_who_press_at_once_make_each_ticket_once(self, crew: Crew) -> None:
        t = tag()
        lines = "\n".join(f"{t}-{n};Ana;Moreno {n};pan;{n}" for n in range(1, 121))
        shown = await upload(crew.admin, f"numero;cliente;direccion;productos;total\n{lines}")

        both = await asyncio.gather(*(confirm(admin, shown) for admin in crew.admins))

        told = [chip for answer in both for chip in chips(answer)]
        assert told.count("Creado") == 120
        assert told.count("Ya existe, igual") == 120
        assert len(await tickets_of(crew.admin, t)) == 120

    async def test_a_numero_twice_in_a_file_and_a_name_that_nobody_has_are_said(self, crew: Crew, rita: Person) -> None:
        t = tag()
        shown = await upload(
            crew.admin,
            "numero,cliente,direccion,productos,total,repartidor\n"
            f"{t},Ana,Moreno 1,pan,1,{rita.me['nombre'].upper()}\n"
            f"{t},Ana,Moreno 2,pan,1,\n{t}-2,Ana,Moreno 3,pan,1,Nadie\n",
        )

        assert chips(shown) == ["Nuevo", "Con errores", "Nuevo"]
        assert "es el mismo de la línea 2" in shown.text
        assert "No hay un repartidor activo que se llame “Nadie”" in shown.text
        await confirm(crew.admin, shown)
        assert {each["numero"]: each["repartidor_id"] for each in await tickets_of(crew.admin, t)} == {
            t: rita.id, f"{t}-2": None,
        }  # fmt: skip

    @pytest.mark.parametrize("crudo", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"x" * 1024 * 1024, b"a,b\n1,2"])
    async def test_what_is_no_spreadsheet_is_refused_on_the_page(self, crew: Crew, crudo: bytes) -> None:
        answer = await upload(crew.admin, crudo)

        assert answer.status_code == 400
        assert 'role="alert" id="importar-error"' in answer.text

    async def test_too_much_of_it_is_refused_before_it_is_read(self, crew: Crew) -> None:
        assert (await upload(crew.admin, b"x" * (1024 * 1024 + 1))).status_code == 400
        assert (await upload(crew.admin, b"x" * 3_000_000)).status_code == 413

    async def test_a_cell_that_looks_like_markup_or_a_formula_is_text(self, crew: Crew) -> None:
        t = tag()
        evil = '=HYPERLINK("http://x");</textarea><script>alert(1)</script>'
        cell = '"' + evil.replace('"', '""') + '"'
        shown = await upload(crew.admin, f"numero;cliente;direccion;productos;total\n{t};{cell};Moreno 1;pan;1\n")

        assert "<script>alert" not in shown.text
        await confirm(crew.admin, shown)
        (made,) = await tickets_of(crew.admin, t)
        assert made["cliente_nombre"] == evil
        exported = await crew.admin.client.get("/historial.csv", params={"q": t})
        assert cells(exported)[0]["Cliente"] == f"'{evil}"

    async def test_a_repartidor_and_another_site_get_nowhere(self, crew: Crew, rita: Person, town: Servers) -> None:
        t = tag()
        crudo = f"numero;cliente;direccion;productos;total\n{t};Ana;Moreno 1;pan;1\n"
        for path in (
            "/importar",
            "/importar/ejemplo.csv",
            "/historial.csv",
            "/tickets/nuevo",
            "/tickets/imprimir?ids=1",
        ):
            assert (await rita.client.get(path)).status_code == 403
        files = {"texto": (None, crudo), "crear": (None, "1")}
        assert (await rita.client.post("/importar", files=files)).status_code == 403
        elsewhere = {"Origin": "http://malo.test"}
        assert (await crew.admin.client.post("/importar", files=files, headers=elsewhere)).status_code == 403
        assert await tickets_of(crew.admin, t) == []


async def told(answer: httpx.Response) -> list[str]:
    """What a person is asked or told to look at, line by line."""
    return [
        " ".join(html.unescape(re.sub("<[^>]*>", "", each)).split())
        for each in re.findall(r'<span class="bajo importar-aviso">(.*?)</span>', answer.text, re.DOTALL)
    ]


async def press(person: Person, shown: httpx.Response, *otros: int) -> httpx.Response:
    """Press "Crear" with the boxes of these lines ticked."""
    found = re.search(r'<textarea name="texto" hidden>\n(.*?)</textarea>', shown.text, re.DOTALL)
    assert found
    for each in otros:
        assert f'name="otro" value="{each}" form="crear-tickets"' in shown.text
    texto = html.unescape(found[1]).replace("\n", "\r\n")
    fields = [("texto", (None, texto)), ("crear", (None, "1")), *(("otro", (None, str(each))) for each in otros)]
    return await person.client.post("/importar", files=fields)


class TestWhatIsProbablyOneOrder:
    HEAD = "Cliente;Dirección;Teléfono;Productos;Total\n"

    async def test_rows_of_one_person_house_and_total_are_asked_and_none_is_made_by_itself(self, crew: Crew) -> None:
        t = tag()
        shown = await upload(
            crew.admin,
            f"{self.HEAD}Ana {t};Moreno 1;;2 x Yerba;5000\nAna {t};Moreno 1;;1 x Azúcar;5000\nEva {t};P 2;;pan;1\n",
        )

        assert chips(shown) == ["¿Es el mismo?", "¿Es el mismo?", "Nuevo"]
        assert "Crear 1 ticket" in shown.text
        assert [each for each in await told(shown) if "Parece" in each] == [
            "Parece el pedido de la línea 3: cambia sólo los productos.",
            "Parece el pedido de la línea 2: cambia sólo los productos.",
        ]
        assert chips(await press(crew.admin, shown)) == ["¿Es el mismo?", "¿Es el mismo?", "Creado"]
        assert len(await tickets_of(crew.admin, t)) == 1
        done = await press(crew.admin, shown, 2, 3)
        assert chips(done) == ["Creado", "Creado", "Ya existe, igual"]
        assert len(await tickets_of(crew.admin, t)) == 3

    async def test_with_its_numero_on_each_row_it_is_one_ticket(self, crew: Crew) -> None:
        t = tag()
        shown = await upload(
            crew.admin, f"Pedido;{self.HEAD}{t};Ana;Moreno 1;;2 x Yerba;5000\n{t};Ana;Moreno 1;;1 x Azúcar;5000\n"
        )

        assert chips(shown) == ["Nuevo"]
        await confirm(crew.admin, shown)
        (made,) = await tickets_of(crew.admin, t)
        assert made["total"] == 5000
        assert [each["nombre"] for each in made["productos"]] == ["Yerba", "Azúcar"]

    async def test_rows_of_a_numero_that_do_not_agree_make_nothing(self, crew: Crew) -> None:
        t = tag()
        shown = await upload(
            crew.admin, f"Pedido;{self.HEAD}{t};Ana;Moreno 1;;2 x Yerba;5000\n{t};Ana;Moreno 1;;1 x Azúcar;3000\n"
        )

        assert chips(shown) == ["Con errores", "Con errores"]
        await press(crew.admin, shown) if "textarea" in shown.text else None
        assert await tickets_of(crew.admin, t) == []

    async def test_a_line_twice_is_said_and_may_be_left_out(self, crew: Crew) -> None:
        t = tag()
        shown = await upload(crew.admin, f"{self.HEAD}Ana {t};Moreno 1;;pan;5\nAna {t};Moreno 1;;pan;5\n")

        assert chips(shown) == ["Nuevo", "Nuevo"]
        assert "Dice lo mismo que la línea 2." in await told(shown)
        assert "1 línea dice lo mismo que otra" in shown.text
        assert chips(await press(crew.admin, shown, 3)) == ["Creado", "No se crea"]
        assert len(await tickets_of(crew.admin, t)) == 1

    @pytest.mark.parametrize(
        ("wrong", "right", "what"),
        [
            ("Ana {t};Morneo 1840;;pan;5", "Ana {t};Moreno 1840;;pan;5", "la dirección"),
            ("Ana {t};Moreno 1840;;pan;5", "Ana {t};Moreno 1480;;pan;5", "la dirección"),
            ("Ana {t};Perú 3;11 5555-1234;pan;5", "Ana {t};Bolívar 1200;+54 9 11 5555-1234;pan;5", "la dirección"),
            ("Ana Gomes {t};Moreno 1;;pan;5", "Ana Gómez {t};Moreno 1;;pan;5", "el nombre"),
            ("Ana {t};Moreno 1;11 5555-1234;pan;5", "Ana {t};Moreno 1;11 5555-1235;pan;5", "el teléfono"),
            ("Ana {t};Moreno 1;;pan;5", "Ana {t};Moreno 1;;2 x pan;5", "los productos"),
            ("Ana {t};Moreno 1;;pan;5", "Ana {t};Moreno 1;;pan;50", "el total"),
            ("Ana {t};Moreno 1;;pan;5", "Ana {t};Moreno 1;11 5555-1234;pan;5", "el teléfono"),
            ("Ana {t};Moreno 1;;pan;5", "ANA {t};Moreno  1;;pan;5,00", "otro dato"),
        ],
    )
    async def test_a_line_that_was_put_right_and_comes_again_is_asked(
        self, crew: Crew, wrong: str, right: str, what: str
    ) -> None:
        t = tag()
        await confirm(crew.admin, await upload(crew.admin, self.HEAD + wrong.format(t=t)))
        (first,) = await tickets_of(crew.admin, t)

        shown = await upload(crew.admin, self.HEAD + right.format(t=t))

        assert chips(shown) == ["¿Es el mismo?"]
        asked = f"Parece el pedido de {first['numero']}, que ya está: cambia sólo {what}."
        assert any(each.startswith(asked) for each in await told(shown))
        assert f'href="/tickets/{first["id"]}"' in shown.text
        await press(crew.admin, shown)
        assert len(await tickets_of(crew.admin, t)) == 1
        await press(crew.admin, shown, 2)
        assert len(await tickets_of(crew.admin, t)) == 2

    @pytest.mark.parametrize(
        ("first", "again", "asked"),
        [
            (";", "24/12/2031;", True), ("24/12/2031;18 a 20", "24/12/2031;19 a 21", True),
            ("24/12/2031;", "24/12/2031;18 a 20", True), ("24/12/2031;", "25/12/2031;", False),
            ("24/12/2031;12 a 14", "24/12/2031;20 a 22", False),
        ],
    )  # fmt: skip
    async def test_a_day_or_hours_put_right_are_asked_and_another_day_is_another_order(
        self, crew: Crew, first: str, again: str, asked: bool
    ) -> None:
        t = tag()
        head, line = "Cliente;Dirección;Productos;Total;Fecha;Horario\n", f"Ana {t};Moreno 1;pan;5;"
        await confirm(crew.admin, await upload(crew.admin, head + line + first))

        shown = await upload(crew.admin, head + line + again)

        assert chips(shown) == ["¿Es el mismo?" if asked else "Nuevo"]
        assert any("cambia sólo el día o la hora." in each for each in await told(shown)) is asked

    async def test_what_only_the_indicaciones_or_the_payment_change_is_asked_too(self, crew: Crew) -> None:
        t = tag()
        head = "Cliente;Dirección;Productos;Total;Pago;Indicaciones\n"
        await confirm(crew.admin, await upload(crew.admin, f"{head}Ana {t};Moreno 1;pan;5;efectivo;timbre\n"))

        shown = await upload(crew.admin, f"{head}Ana {t};Moreno 1;pan;5;transferencia;timbre roto\n")

        assert chips(shown) == ["¿Es el mismo?"]
        assert any("cambia sólo otro dato." in each for each in await told(shown))

    async def test_two_people_two_houses_two_days_and_two_orders_are_not_asked(self, crew: Crew) -> None:
        t = tag()
        head = "Cliente;Dirección;Productos;Total;Fecha\n"
        lines = (
            f"Ana {t};Moreno 1840;menú;9000;24/12/2031", f"Luis {t};Moreno 1840;menú;9000;24/12/2031",
            f"Ana {t};Moreno 1950;menú;9000;24/12/2031", f"Ana {t};Moreno 1840;menú;9000;25/12/2031",
            f"Ana {t};Moreno 1840;vino;7000;24/12/2031",
        )  # fmt: skip

        shown = await upload(crew.admin, head + "\n".join(lines))

        assert chips(shown) == ["Nuevo"] * 5
        assert await told(shown) == []


class TestWhatIsSaidBefore:
    async def test_the_preview_says_what_a_driver_would_stumble_over(self, crew: Crew) -> None:
        t = tag()
        head = "Número;Cliente;Dirección;Teléfono;Productos;Total;Latitud;Longitud;Fecha\n"
        shown = await upload(
            crew.admin,
            f"{head}{t}-1;Ana;Moreno 1840;11 5555-1234;pan;1;-34,6;-58,38;\n{t}-2;Ana;Ruta 8;no tiene;pan;1;;;\n"
            f"{t}-3;Ana;Moreno 2;;pan;1;-58,38;-34,6;\n{t}-4;Ana;Moreno 2;;pan;1;0;0;\n"
            f"{t}-5;Ana;Moreno 2;;pan;1;-34,6;;\n{t}-6;Ana;Moreno 2;;pan;1;40,4;-3,7;\n"
            f"{t}-7;Ana;Moreno 2;;pan;1;;;24/11/2025\n{t}-8;Ana;Moreno 2;5,49116E+12;pan;1;;;\n",
        )

        assert chips(shown) == ["Nuevo"] * 7 + ["Con errores"]
        assert await told(shown) == [
            "La dirección no tiene altura.", "“no tiene” no es un teléfono al que se pueda llamar.",
            "Revisá las coordenadas: la latitud y la longitud parecen cambiadas de lugar.",
            "Las coordenadas no dicen ningún lugar: entra sin ellas.",
            "Las coordenadas no dicen ningún lugar: entra sin ellas.",
            "Revisá las coordenadas: el punto del mapa queda fuera de la Argentina.", "La franja ya pasó.",
        ]  # fmt: skip
        assert "11 5555-1234" in shown.text
        await confirm(crew.admin, shown)
        made = {each["numero"]: (each["cliente_lat"], each["cliente_lng"]) for each in await tickets_of(crew.admin, t)}
        assert made[f"{t}-1"] == (Decimal("-34.6"), Decimal("-58.38"))
        assert made[f"{t}-4"] == made[f"{t}-5"] == (None, None)

    async def test_one_that_is_far_from_all_others_is_said(self, crew: Crew) -> None:
        t = tag()
        head = "Número;Cliente;Dirección;Productos;Total;Latitud;Longitud\n"
        lines = [f"{t}-{n};Ana;Moreno {n};pan;1;-34,6;-58,{n}" for n in range(1, 60)]

        shown = await upload(crew.admin, head + "\n".join((*lines, f"{t}-X;Ana;San Martín 3;pan;1;-54,8;-68,3")))

        assert re.fullmatch(
            r"Revisá las coordenadas: el punto del mapa queda a 2\d{3} km de los demás\.", *await told(shown)
        )

    async def test_sheets_of_other_encodings_and_a_missing_heading_are_said(self, crew: Crew) -> None:
        t = tag()
        sheet = f"Número;Cliente;Domicilio;Items;Importe\n{t};María Núñez;Perú 1;café;1\n"
        for encoding in ("mac_roman", "cp850", "cp1252", "utf-16-le"):
            shown = await upload(crew.admin, sheet.encode(encoding))
            assert "María Núñez" in shown.text and "Perú 1" in shown.text
        lost = await upload(crew.admin, "Cliente;Direcci\ufffdn;Productos;Total\nAna;Moreno 1;pan;1\n")
        assert lost.status_code == 400
        assert "“Direcci\ufffdn”" in lost.text


class TestExporting:
    async def test_what_it_writes_opens_right_here_and_reads_back_as_what_is_there(
        self, crew: Crew, rita: Person
    ) -> None:
        t = tag()
        made = await crew.shop.post_ticket(
            cliente_nombre=f"Ñandú; “{t}”", cliente_telefono="+54 9 11 5555-1234", indicaciones="=1+1\nTimbre",
            total=12450.5, repartidor_id=rita.id, franja_desde="2026-11-24T21:00:00.000Z",
            franja_hasta="2026-11-24T23:00:00.000Z",
        )  # fmt: skip
        await act(rita, made["ticket_id"], "entregar", cobrado=12450.5)

        answer = await crew.admin.client.get("/historial.csv", params={"q": t})

        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert "attachment" in answer.headers["content-disposition"]
        assert b"\r\n" in answer.content
        (row,) = cells(answer)
        created = datetime.fromisoformat(made["fecha_creacion"]).astimezone(BUENOS_AIRES)
        expected = {
            "Número": made["numero"], "Cliente": f"Ñandú; “{t}”", "Teléfono": "'+54 9 11 5555-1234",
            "Indicaciones": "'=1+1\nTimbre", "Total": "12450,50", "Cobrado": "12450,50", "Desde": "24/11/2026 18:00",
            "Hasta": "24/11/2026 20:00", "Estado": "Entregado", "Repartidor": rita.me["nombre"],
            "Entró": f"{created:%d/%m/%Y %H:%M}", "Productos": "2 x Arroz 1 kg",
        }  # fmt: skip
        assert {campo: row[campo] for campo in expected} == expected

        assert chips(await upload(crew.admin, answer.content)) == ["Ya existe, igual"]
        elsewhere = answer.content.replace(made["numero"].encode(), f"{t}-X".encode())
        assert chips(await upload(crew.admin, elsewhere)) == ["Cerrado: no se crea"]

    async def test_more_tickets_than_a_batch_all_come_once_newest_first(self, crew: Crew) -> None:
        t = tag()
        lines = "\n".join(f"{t}-{n:04};Ana;Moreno {n};pan;{n}" for n in range(1, 621))
        await confirm(crew.admin, await upload(crew.admin, f"numero;cliente;direccion;productos;total\n{lines}"))

        rows = cells(await crew.admin.client.get("/historial.csv", params={"q": t}))

        assert [row["Número"] for row in rows] == [f"{t}-{n:04}" for n in range(620, 0, -1)]


class TestTheHistory:
    async def test_it_is_filtered_and_has_pages_both_ways(self, crew: Crew, rita: Person) -> None:
        t = tag()
        lines = "\n".join(f"{t}-{n:03};Ana;Moreno {n};pan;{n};Kiosco {t}" for n in range(1, 61))
        await confirm(
            crew.admin, await upload(crew.admin, f"numero;cliente;direccion;productos;total;negocio\n{lines}")
        )
        given = await crew.shop.post_ticket(cliente_nombre=f"De {t}", repartidor_id=rita.id)

        async def numeros(query: str) -> list[str]:
            page = await crew.admin.client.get(f"/historial?{query}")
            assert page.status_code == 200
            return re.findall(r'<a href="/tickets/\d+">([^<]*)</a>', page.text)

        first = await crew.admin.client.get(f"/historial?negocio={quote(f'Kiosco {t}')}")
        assert "60 tickets" in first.text
        older = html.unescape(re.findall(r'rel="next" href="/historial\?([^"]*)"', first.text)[0])
        assert await numeros(older) == [f"{t}-{n:03}" for n in range(10, 0, -1)]
        last = await crew.admin.client.get(f"/historial?{older}")
        assert 'rel="next"' not in last.text
        newer = html.unescape(re.findall(r'rel="prev" href="/historial\?([^"]*)"', last.text)[0])
        assert await numeros(newer) == [f"{t}-{n:03}" for n in range(60, 10, -1)]
        assert 'rel="prev"' not in (await crew.admin.client.get(f"/historial?{newer}")).text

        today = datetime.now(UTC).astimezone(BUENOS_AIRES)
        assert await numeros(f"q={t}&repartidor_id={rita.id}") == [given["numero"]]
        assert await numeros(f"q={t}&estado=asignado&desde={today:%Y-%m-%d}&hasta={today:%d/%m/%Y}") == [
            given["numero"]
        ]
        assert await numeros(f"q={t}&hasta=2020-01-01") == []

    async def test_a_filter_that_makes_no_sense_is_left_out_and_said(self, crew: Crew) -> None:
        made = await crew.shop.post_ticket()

        page = await crew.admin.client.get(
            f"/historial?q={made['numero']}&desde=ayer&estado=raro&repartidor_id=x&antes=-1"
        )

        assert page.status_code == 200
        assert "No entendimos" in page.text
        assert made["numero"] in page.text
