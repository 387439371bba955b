"""The report as a page and as a spreadsheet, over HTTP, without a script."""

import csv
import io
import re
from datetime import datetime

from belgrano.words.times import BUENOS_AIRES
from tests.people import Crew, Person, act, new_clave


async def works(crew: Crew, who: Person) -> None:
    """Two delivered, one in cash, and one failed."""
    for n, (accion, more) in enumerate((
        ("entregar", {"cobrado": 1900.5, "medio": "efectivo"}), ("entregar", {"cobrado": 10, "medio": "tarjeta"}),
        ("fallar", {"motivo": "no_contesta"}),
    )):  # fmt: skip
        ticket = (await crew.shop.post_ticket(repartidor_id=who.id, negocio=f"Sol {who.id}"))["ticket_id"]
        if n:
            await who.ok("POST", f"/api/tickets/{ticket}/acciones", {"accion": "iniciar", "accion_id": new_clave()})
        assert (await act(who, ticket, accion, **more)).status_code == 200


async def test_the_page_counts_draws_and_says_it_in_a_table(crew: Crew, rita: Person) -> None:
    await works(crew, rita)

    page = (await crew.admin.get("/informes", repartidor_id=str(rita.id))).text

    figures = re.findall(r"<dt>([^<]+)</dt><dd>\s*([^<]+?)\s*<", page)
    assert ("Entregados", "2") in figures
    assert ("No entregados", "1") in figures
    assert ("Efectivo cobrado", "$\u00a01.900,50") in figures
    assert re.search(
        r"<title id=\"motivos-titulo\">.*</title>\s*<desc id=\"motivos-datos\">No contesta: 1</desc>", page
    )
    assert "<td>No contesta</td>" in page
    assert not re.search(r"<(svg|rect|text)[^>]*\bstyle=", page)
    today = datetime.now(BUENOS_AIRES).date()
    assert f'name="hasta" type="date" value="{today}"' in page


async def test_filters_leave_out_and_nonsense_is_said(crew: Crew, rita: Person) -> None:
    await works(crew, rita)
    mine = f"Sol {rita.id}"
    own = {"repartidor_id": str(rita.id)}

    for query, text in (
        ({"negocio": mine}, f"<option selected>{mine}</option>"),
        ({**own, "negocio": "Nadie"}, "No hay tickets en esas fechas"),
        ({**own, "estado": "cancelado"}, "No hay tickets en esas fechas"),
        ({**own, "desde": "01/01/2001", "hasta": "02/01/2001"}, "No hay tickets en esas fechas"),
        ({"desde": "ayer"}, "no se entiende como fecha"), ({"hasta": "2026-02-30"}, "no se entiende como fecha"),
        ({"desde": "2026-02-02", "hasta": "2026-02-01"}, "de antes a después"),
        ({"desde": "2020-01-01", "hasta": "2026-02-01"}, "hasta 366 días"), ({"estado": "<b>"}, "No hay un estado así"),
        ({"repartidor_id": "9" * 19}, "No hay un repartidor así"),
        ({**own, "negocio": "x\0y" + "z" * 999}, "No hay tickets"),
    ):  # fmt: skip
        answer = await crew.admin.get("/informes", **query)
        assert answer.status_code == 200
        assert text in answer.text, (query, text)


async def test_the_spreadsheet_opens_right_here_and_runs_nothing(crew: Crew, rita: Person) -> None:
    await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"nombre": "=1+1;Rita"})
    await works(crew, rita)
    esperado = (await rita.ok("GET", "/api/caja"))["a_rendir"]
    given = {"clave": new_clave(), "repartidor_id": rita.id, "esperado": float(esperado), "contado": 1900, "nota": "x"}
    await crew.admin.ok("POST", "/api/rendiciones", given)

    answer = await crew.admin.get("/informes.csv", repartidor_id=str(rita.id))

    assert answer.content.startswith(b"\xef\xbb\xbfDesde;")
    assert answer.content.count(b"\r\n") == answer.content.count(b"\n")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="informe-\d{8}-\d{8}\.csv"', answer.headers["content-disposition"])
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert ["'=1+1;Rita", "2", "1", "0", "0", "0", "1900,50", "10,00", "1900,00", "-0,50"] in rows
    assert ["No contesta", "1"] in rows
    refused = await rita.get("/informes.csv")
    assert refused.status_code == 403
