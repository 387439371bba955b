"""Reports against a plain count in Python over random tickets, on both databases."""

import random
from collections import Counter
from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from belgrano.words.times import DIA, HORA, MINUTO
from tests.ticketera.cast import Cast
from ticketera.domain.informe import SERIES, Recorte, contar, puesto
from ticketera.store.informes import select_grupos, select_medida, select_negocios_cerrados, select_rendidos

NOW = 1_764_000_000_000
MOTIVOS = ("cliente_ausente", "no_contesta", "otro")
MEDIOS = (None, "efectivo", "transferencia", "tarjeta")
Row = dict[str, Any]


def un_ticket(rng: random.Random, people: list[int]) -> Row:
    estado = rng.choice(["entregado"] * 6 + ["fallido", "cancelado", "asignado"])
    creado = NOW - rng.randrange(10 * DIA)
    asignado = None if estado == "cancelado" and rng.random() < 0.5 else creado + rng.randrange(HORA)
    given = asignado if asignado is not None else creado
    visto = None if rng.random() < 0.2 else given + rng.randrange(20 * MINUTO)
    cerrado = given + rng.randrange(3 * HORA)
    return {
        "estado": estado, "creado_en": creado, "asignado_en": asignado, "visto_en": visto,
        # Some equal, as milliseconds are; some before, as clocks are.
        "recibido_en": None if rng.random() < 0.1 else given + rng.choice([150, 150, rng.randrange(9_000), -5]),
        "cerrado_en": None if estado == "asignado" else cerrado,
        "repartidor_id": rng.choice(people) if asignado is not None else None,
        "negocio": rng.choice(["", "Sol", "Luna"]),
        "motivo": rng.choice(MOTIVOS) if estado == "fallido" else None,
        "franja_hasta": None if rng.random() < 0.3 else cerrado + rng.randrange(-HORA, HORA),
        "cobrado": rng.randrange(1_000_000) if estado == "entregado" and rng.random() < 0.8 else None,
        "medio": rng.choice(MEDIOS),
    }  # fmt: skip


async def put(work: Work, rows: list[Row]) -> None:
    for n, row in enumerate(rows):
        values = {**row, "numero": f"R-{n}", "lugar": f"a{n}"}
        await work.con.execute(
            f"""
            INSERT INTO tickets ({", ".join(values)}, huella, prioridad, tipo_cliente, cliente_nombre,
                   cliente_direccion, cliente_telefono, cliente_email, productos, total, metodo_pago, indicaciones,
                   buscable, version, intento)
            VALUES ({", ".join(":" + name for name in values)}, '', 1, 'cliente', '', '', '', '', '[]', 0, '', '', '',
                    1, 1)
            """,
            values,
        )


def inside(rows: list[Row], recorte: Recorte) -> list[Row]:
    return [
        row for row in rows
        if row["cerrado_en"] is not None and recorte.desde <= row["cerrado_en"] < recorte.hasta
        and recorte.repartidor_id in (None, row["repartidor_id"])
        and recorte.negocio in (None, row["negocio"])
        and recorte.estado in (None, row["estado"])
    ]  # fmt: skip


def cash(row: Row) -> bool:
    return row["medio"] in (None, "efectivo")


def stretches(rows: list[Row], serie: str) -> list[int]:
    begin, end = SERIES[serie]
    return sorted(
        row[end] - row[begin]
        for row in rows
        if row[begin] is not None and row[end] is not None and row[end] >= row[begin]
        and (serie not in ("entregar", "todo") or row["estado"] == "entregado")
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_report_says_what_a_plain_count_says(cast: Cast, base: Base, seed: int) -> None:
    rng = random.Random(seed)
    people = [cast.rita.id, cast.raul.id]
    rows = [un_ticket(rng, people) for _ in range(400)]
    await base.do(put, rows)
    week = Recorte(NOW - 7 * DIA, NOW)
    for recorte in (
        week, Recorte(0, 2 * NOW), Recorte(0, 2 * NOW, cast.rita.id), Recorte(0, 2 * NOW, None, "Sol"),
        Recorte(week.desde, week.hasta, cast.raul.id, "Luna", "entregado"), Recorte(0, 1),
    ):  # fmt: skip
        mine = inside(rows, recorte)

        total, cada = contar(await base.read(select_grupos, recorte), [])

        states = Counter(row["estado"] for row in mine)
        delivered = [row for row in mine if row["estado"] == "entregado"]
        framed = [row for row in delivered if row["franja_hasta"] is not None]
        assert (total.entregados, total.fallidos, total.cancelados) == (
            states["entregado"], states["fallido"], states["cancelado"],
        )  # fmt: skip
        assert total.con_franja == len(framed)
        assert total.a_tiempo == sum(row["cerrado_en"] <= row["franja_hasta"] for row in framed)
        assert total.motivos == Counter(row["motivo"] for row in mine if row["estado"] == "fallido")
        assert total.efectivo == sum(row["cobrado"] or 0 for row in mine if cash(row))
        assert total.otros_medios == sum(row["cobrado"] or 0 for row in mine if not cash(row))
        assert {who: c.entregados for who, c in cada.items()} == {
            who: sum(row["estado"] == "entregado" for row in mine if row["repartidor_id"] == who)
            for who in {row["repartidor_id"] for row in mine}
        }
        for serie in SERIES:
            sizes = stretches(mine, serie)
            count, found = await base.read(select_medida, recorte, serie, (1, 50, 95, 99, 100))
            assert count == len(sizes)
            assert found == {p: sizes[puesto(len(sizes), p) - 1] for p in (1, 50, 95, 99, 100) if sizes}


async def test_what_was_handed_in_is_counted_by_its_own_instant(cast: Cast, base: Base) -> None:
    async def hand_in(work: Work) -> None:
        for n, (who, en, esperado, contado) in enumerate(
            [(cast.rita.id, NOW, 100, 90), (cast.rita.id, NOW + 5, 50, 50), (cast.raul.id, NOW + 10, 7, 8)]
        ):
            await work.con.execute(
                "INSERT INTO rendiciones (repartidor_id, clave, esperado, contado, nota, por_id, en)"
                " VALUES (:who, :clave, :esperado, :contado, '', :who, :en)",
                {"who": who, "clave": f"k{n}", "esperado": esperado, "contado": contado, "en": en},
            )

    await base.do(hand_in)

    found = await base.read(select_rendidos, Recorte(NOW, NOW + 10))
    assert [(r.repartidor_id, r.rendido, r.diferencia) for r in found] == [(cast.rita.id, 140, -10)]
    assert await base.read(select_rendidos, Recorte(NOW, NOW + 11, cast.raul.id)) != []
    assert await base.read(select_rendidos, Recorte(0, NOW)) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL decides by its statistics
async def test_reports_read_their_index_and_never_the_tickets(cast: Cast, base: Base) -> None:
    plans: list[str] = []

    async def explained(con: Connection) -> None:
        class Asking:
            async def fetch_all(self, query: str, values: Any) -> list[Any]:
                plans.extend(row["detail"] for row in await con.fetch_all(f"EXPLAIN QUERY PLAN {query}", values))
                return []

            async def fetch_val(self, query: str, values: Any) -> int:
                await self.fetch_all(query, values)
                return 3

        recorte = Recorte(0, NOW, cast.rita.id, "Sol", "entregado")
        asking: Any = Asking()
        await select_grupos(asking, recorte)
        await select_negocios_cerrados(asking, recorte)
        for serie in SERIES:
            await select_medida(asking, recorte, serie)

    await base.read(explained)

    searches = [plan for plan in plans if "tickets" in plan]
    assert searches
    assert all("COVERING INDEX tickets_cerrados" in plan for plan in searches), searches
