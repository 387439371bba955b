"""Reports: what came of the deliveries of some days, how long it took, and the money. A page and a spreadsheet."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from quart import Blueprint, Response, request

from belgrano import contract
from belgrano.http.access import allow
from belgrano.words.ages import duracion
from belgrano.words.numbers import miles, whole
from belgrano.words.planilla import linea
from belgrano.words.times import dia_de, now
from ticketera.domain.escrito import leer_dia
from ticketera.domain.informe import PERCENTILES, SERIES, Cuenta, Informe, Recorte, contar
from ticketera.domain.ticket import CERRADOS
from ticketera.domain.usuario import Usuario
from ticketera.routes.house import base
from ticketera.routes.pages.frame import admin_page
from ticketera.routes.pages.historial import medianoche
from ticketera.store.informes import select_grupos, select_medida, select_negocios_cerrados, select_rendidos
from ticketera.store.usuarios import select_repartidores

routes = Blueprint("pagina_informes", __name__)
DIAS = 7
MAS_DIAS = 366
_MOTIVOS = contract.words(contract.MOTIVOS, "oficina")
TIEMPOS = {
    "asignar": "De que entra a que se asigna",
    "ver": "De que se asigna a que lo ven",
    "entregar": "De que lo ven a que se entrega",
    "todo": "De que entra a que se entrega",
}


@dataclass(frozen=True, slots=True)
class Consulta:
    """What is asked: the days (both included), and the rest of it; `raros` are the fields that made no sense."""

    desde: date
    hasta: date
    repartidor_id: int | None
    negocio: str | None
    estado: str | None
    raros: tuple[str, ...]

    @property
    def recorte(self) -> Recorte:
        """The same in instants."""
        desde, hasta = medianoche(self.desde) or 0, medianoche(self.hasta + timedelta(days=1)) or 0
        return Recorte(desde, hasta, self.repartidor_id, self.negocio, self.estado)

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        kept = {
            "desde": self.desde, "hasta": self.hasta, "repartidor_id": self.repartidor_id, "negocio": self.negocio,
            "estado": self.estado,
        }  # fmt: skip
        return urlencode({name: value for name, value in kept.items() if value is not None})


@routes.get("/informes")
@allow("admin")
async def get_informes() -> str:
    """The report of the days asked for, the last seven where none are."""
    asked = consulta()
    informe, people, negocios = await asyncio.gather(
        hacer_informe(asked.recorte),
        base().read(select_repartidores),
        base().read(select_negocios_cerrados, asked.recorte),
    )
    return await admin_page(
        "ticketera/informes.html",
        "/informes",
        asked=asked,
        informe=informe,
        filas=_filas(informe, people),
        repartidores=people,
        negocios=negocios,
        motivos=sorted(
            ((_MOTIVOS.get(name, name), count) for name, count in informe.total.motivos.items()),
            key=lambda pair: (-pair[1], pair[0]),
        ),
        tiempos=[
            (words, informe.medidas[serie][0], informe.medidas[serie][1].get(50)) for serie, words in TIEMPOS.items()
        ],
        percentiles=PERCENTILES,
        con_plata=asked.negocio is None and asked.estado is None,
        raros=asked.raros,
        dias=MAS_DIAS,
        por_ciento=por_ciento,
        duracion=duracion,
        miles=miles,
    )


@routes.get("/informes.csv")
@allow("admin")
async def get_csv() -> Response:
    """The same as a spreadsheet that opens right here."""
    asked = consulta()
    informe = await hacer_informe(asked.recorte)
    rows = _csv(asked, informe, await base().read(select_repartidores))
    name = f"informe-{asked.desde:%Y%m%d}-{asked.hasta:%Y%m%d}.csv"
    return Response(
        "\ufeff" + "".join(linea(row) for row in rows),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        content_type="text/csv; charset=utf-8",
    )


async def hacer_informe(recorte: Recorte) -> Informe:
    """Count everything, each question on a reader of its own."""
    counts = asyncio.gather(base().read(select_grupos, recorte), base().read(select_rendidos, recorte))
    medidas = await asyncio.gather(
        *(base().read(select_medida, recorte, serie, PERCENTILES if serie == "recibir" else (50,)) for serie in SERIES)
    )
    grupos, rendidos = await counts
    total, cada = contar(grupos, rendidos)
    return Informe(total, cada, dict(zip(SERIES, medidas, strict=True)))


def consulta() -> Consulta:
    """What the address asks for; what makes no sense in it is left out and named."""
    raros = []
    days: dict[str, date | None] = {"desde": None, "hasta": None}
    for name in days:
        if text := request.args.get(name, "").strip():
            try:
                days[name] = leer_dia(text[:20])
            except ValueError:
                raros.append(name)
    hasta = days["hasta"] or dia_de(now())
    desde = days["desde"] or hasta - timedelta(days=DIAS - 1)
    if days["hasta"] is None and desde > hasta:
        hasta = desde
    if desde > hasta or hasta - desde >= timedelta(days=MAS_DIAS):
        raros.append("rango")
        desde = hasta - timedelta(days=DIAS - 1)
    person, estado = request.args.get("repartidor_id", "").strip(), request.args.get("estado", "").strip()
    if person and whole(person) is None:
        raros.append("repartidor_id")
        person = ""
    if estado and estado not in CERRADOS:
        raros.append("estado")
        estado = ""
    negocio = request.args.get("negocio", "").replace("\0", "").strip()[:120]
    return Consulta(desde, hasta, int(person) if person else None, negocio or None, estado or None, tuple(raros))


def por_ciento(part: int, whole: int) -> str:
    """`92 %`; nothing of nothing."""
    return f"{(200 * part + whole) // (2 * whole)} %" if whole else "—"


def _filas(informe: Informe, people: Sequence[Usuario]) -> list[tuple[str, Cuenta]]:
    """Each repartidor who has something to show, by name, most delivered first."""
    names: dict[int | None, str] = {each.id: each.nombre for each in people}
    rows = [(names.get(who, "Sin repartidor"), cuenta) for who, cuenta in informe.por_repartidor.items()]
    return sorted(rows, key=lambda pair: (-pair[1].entregados, pair[0].casefold()))


def _csv(asked: Consulta, informe: Informe, people: Sequence[Usuario]) -> Iterator[list[str]]:
    yield ["Desde", f"{asked.desde:%d/%m/%Y}", "Hasta", f"{asked.hasta:%d/%m/%Y}"]
    yield []
    yield [
        "Repartidor", "Entregados", "No entregados", "Cancelados", "Con franja", "A tiempo", "Efectivo cobrado",
        "Otros medios", "Rendido", "Diferencia",
    ]  # fmt: skip
    for name, c in (*_filas(informe, people), ("Total", informe.total)):
        yield [
            name, str(c.entregados), str(c.fallidos), str(c.cancelados), str(c.con_franja), str(c.a_tiempo),
            *(_decimal(each, 100) for each in (c.efectivo, c.otros_medios, c.rendido, c.diferencia)),
        ]  # fmt: skip
    yield []
    yield ["No entregados por", "Cuántos"]
    for motivo, count in informe.total.motivos.items():
        yield [_MOTIVOS.get(motivo, motivo), str(count)]
    yield []
    yield ["Tiempo (mediana)", "Minutos", "Tickets"]
    for serie, words in TIEMPOS.items():
        cuantos, found = informe.medidas[serie]
        yield [words, _decimal(found[50] * 100 // 60_000, 100) if found else "", str(cuantos)]
    yield []
    cuantos, found = informe.medidas["recibir"]
    yield ["Del despacho al teléfono", "Milisegundos", "Tickets"]
    for percentil in PERCENTILES:
        yield [f"p{percentil}", str(found.get(percentil, "")), str(cuantos)]


def _decimal(units: int, per: int) -> str:
    """`-12,50`: a number to a spreadsheet set to this country."""
    return f"{'-' if units < 0 else ''}{abs(units) // per},{abs(units) % per:02d}"
