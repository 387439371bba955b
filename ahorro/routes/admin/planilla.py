"""All products as a spreadsheet, and back: looked at first, then the good lines at once."""

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from quart import Blueprint, Response, request
from typing_extensions import TypedDict

from ahorro.actions.importar import importar_productos
from ahorro.domain.catalogo import Filtro, Producto
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.ficha import NUEVA, check_ficha, ficha_de
from ahorro.domain.importar import Carga, Escritos, Renglon, preparar
from ahorro.domain.planilla import COLUMNAS, EXPORTADO, celdas_de, celdas_dichas, columnas_de, leer_celda
from ahorro.routes.admin.productos import Cambios, Nuevo, datos_de, quien
from ahorro.routes.house import answer, base
from ahorro.store.catalogo import select_productos
from ahorro.store.fichas import select_id_de
from belgrano.database.base import Base
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import answers, sends
from belgrano.http.problems import Problem
from belgrano.http.shapes import parse
from belgrano.words.codificacion import decodificar, ilegible
from belgrano.words.planilla import Ilegible, filas, linea

routes = Blueprint("admin_planilla", __name__)
LARGER, MOST_BYTES = r"/api/admin/productos/importar", 16 * 1024 * 1024
BATCH = 500
FILED = ("negocio", "categoria")
OFERTA = {"oferta": "precio", "oferta_desde": "desde", "oferta_hasta": "hasta"}


class CampoCambiado(TypedDict):
    """A field of a line that is not as the product has it."""

    linea: int
    clave: str
    campo: str
    antes: str | float | bool | None
    despues: str | float | bool | None


class ErrorDeLinea(TypedDict):
    """What is wrong with a line."""

    linea: int
    campo: str
    detalle: str


class Importado(TypedDict):
    """What a spreadsheet brings; lines count from 1, which is the headings."""

    nuevos: int
    cambiados: list[CampoCambiado]
    iguales: int
    errores: list[ErrorDeLinea]


@dataclass(slots=True)
class Plan:
    """What would come of a file."""

    iguales: int = 0
    cambiados: list[CampoCambiado] = field(default_factory=list)
    errores: list[ErrorDeLinea] = field(default_factory=list)
    renglones: list[Renglon] = field(default_factory=list)
    claves: Set[str] = frozenset()  # that there are

    @property
    def nuevos(self) -> list[Renglon]:
        """The lines of products that there are not yet."""
        return [each for each in self.renglones if each.producto is None]

    @property
    def huella(self) -> str:
        """A hash of all that would be written and of what stands there now."""
        lines = [(each.linea, each.producto and each.producto.id, dict(each.datos)) for each in self.renglones]
        said = json.dumps([lines, self.cambiados], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()

    def wrong(self, numero: int, errores: Iterable[Mapping[str, str]]) -> None:
        """A line that cannot be."""
        self.errores += [ErrorDeLinea(linea=numero, campo=e["campo"], detalle=e["detalle"]) for e in errores]


@routes.get("/api/admin/productos.csv")
@allow(*ENCARGADOS)
@sends("text/csv")
async def get_csv() -> Response:
    """All products, on sale or not, a batch at a time."""
    response = Response(_texto(base()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="productos.csv"'
    response.timeout = None  # as long as the one who saves it takes
    return response


async def _texto(data: Base) -> AsyncIterator[bytes]:
    yield ("\ufeff" + linea(COLUMNAS)).encode()
    async for some in por_tandas(data):
        yield "".join(linea(list(celdas_de(p).values())) for p in some).encode()


async def por_tandas(data: Base) -> AsyncIterator[list[Producto]]:
    """All products, on sale or not, a batch at a time: whoever else asks meanwhile is answered in between."""
    cursor: str | None = ""
    while cursor is not None:
        some, cursor = await data.read(select_productos, Filtro(estado=""), limite=BATCH, cursor=cursor, imagenes=False)
        yield some


@routes.post("/api/admin/productos/importar")
@allow(*ENCARGADOS)
@answers(Importado)
async def post_importar() -> Response:
    """What a spreadsheet brings; without `vista_previa=1` its good lines are written."""
    plan = await mirar(await request.get_data(as_text=False))  # type: ignore[arg-type]
    if request.args.get("vista_previa") != "1":
        await traer(plan)
    return await asyncio.to_thread(  # thousands of lines of JSON, and other people's requests wait on the loop
        answer,
        {
            "nuevos": len(plan.nuevos),
            "cambiados": plan.cambiados,
            "iguales": plan.iguales,
            "errores": sorted(plan.errores, key=lambda e: e["linea"]),
        },
    )


async def mirar(raw: bytes) -> Plan:
    """What would come of a file; nothing is kept. Raises CampoInvalido naming `archivo` for no sheet of ours."""
    rows, columnas = await asyncio.to_thread(leer, raw)
    productos = [p async for some in por_tandas(base()) for p in some]
    filed = await base().read(_filed, rows, columnas)
    return await asyncio.to_thread(planear, rows, columnas, productos, filed)


async def traer(plan: Plan) -> None:
    """Write the good lines, in one commit; those that cannot be after all become errors of the plan."""
    failed: Mapping[int, tuple[str, str]] | None = None
    while failed is None or failed:  # where somebody was faster nothing is written: once more, without those lines
        carga, escritos = await asyncio.to_thread(_alistar, plan)
        failed = await base().do(importar_productos, quien(), escritos)
        out = {**carga.errores, **failed}
        for numero, (campo, detalle) in out.items():
            plan.wrong(numero, [{"campo": campo, "detalle": detalle}])
        plan.renglones = [each for each in plan.renglones if each.linea not in out]
        plan.cambiados = [each for each in plan.cambiados if each["linea"] not in out]


def _alistar(plan: Plan) -> tuple[Carga, Escritos]:
    carga = preparar(plan.renglones, plan.claves)
    return carga, carga.escritos()


Rows = list[tuple[int, list[str]]]
Filed = Mapping[tuple[str, str], int | None]


def leer_filas(raw: bytes, known: Callable[[list[str]], int]) -> Rows:
    """The rows of a file, of which `known` tells headings. Raises CampoInvalido where it is no sheet."""
    if raw.startswith(b"PK"):
        raise CampoInvalido("archivo", "es de Excel o comprimido: guardalo como CSV y volvé a subirlo.")
    texto = decodificar(raw)
    if texto is None or ilegible(texto):
        raise CampoInvalido("archivo", "no parece una planilla de texto: guardala como CSV UTF-8.")
    try:
        return list(filas(re.sub("\r\n?", "\n", texto), known))
    except Ilegible as error:
        raise CampoInvalido("archivo", str(error)) from None


def leer(raw: bytes) -> tuple[Rows, dict[str, int]]:
    """The rows of a file, and where our columns stand. Raises CampoInvalido where it is none of ours."""
    rows = leer_filas(raw, lambda titulos: len(columnas_de(titulos)))
    columnas = columnas_de(rows[0][1]) if rows else {}
    if not columnas.keys() & {"clave", "codigo_barras", "nombre"}:
        dicho = "no dice qué es cada columna: en la primera línea van"
        raise CampoInvalido("archivo", f"{dicho} {', '.join(COLUMNAS)}.")
    return rows[1:], columnas


async def _filed(con: Connection, rows: Rows, columnas: Mapping[str, int]) -> Filed:
    """The ids of the negocios and categorias that are named; None for what nobody has."""
    found: dict[tuple[str, str], int | None] = {}
    for campo in FILED:
        if campo in columnas:
            for cual in {celdas_dichas({campo: columnas[campo]}, cells)[campo] for _, cells in rows}:
                found[campo, cual] = await select_id_de(con, f"{campo}s", cual)
    return found


def planear(rows: Rows, columnas: Mapping[str, int], productos: Iterable[Producto], filed: Filed) -> Plan:
    """What each line brings to the products that there are."""
    lines = dict[object, int]()
    by_clave = {p.clave: p for p in productos}
    plan = Plan(claves=by_clave.keys())
    by_codigo = {p.codigo_barras: p for p in by_clave.values() if p.codigo_barras}
    by_nombre: dict[str, list[Producto]] = {}
    for p in by_clave.values():
        by_nombre.setdefault(p.nombre, []).append(p)
    for numero, cells in rows:
        celdas = celdas_dichas(columnas, cells)
        clave, codigo = celdas.get("clave", ""), celdas.get("codigo_barras", "")
        exportado = celdas.pop(EXPORTADO, None)
        producto = by_clave.get(clave) or by_codigo.get(codigo)
        if not clave and not codigo:
            alike = by_nombre.get(celdas.get("nombre", ""), [])
            negocio = filed.get(("negocio", celdas.get("negocio", "")))
            alike = [p for p in alike if negocio in (None, p.negocio_id)]
            producto = alike[0] if alike else None
            if len(alike) > 1:
                plan.wrong(numero, [{"campo": "clave", "detalle": "hace falta: hay varios con este nombre."}])
                continue
        cual = producto.id if producto else clave or codigo or (celdas.get("nombre"), celdas.get("negocio"))
        if (first := lines.setdefault(cual, numero)) != numero:
            plan.wrong(numero, [{"campo": "clave", "detalle": f"este producto ya está en la línea {first}."}])
        elif producto is None:
            _nuevo(plan, numero, celdas, filed)
        else:
            if producto.clave != clave:
                celdas.pop("clave", None)  # it was found by its bar code or its name
            if not codigo and not clave:
                celdas.pop("codigo_barras", None)
            if exportado is not None and exportado == celdas.get("stock"):
                del celdas["stock"]  # nobody typed it: what was sold since stays sold
            _cambio(plan, numero, celdas, producto, filed)
    return plan


def _nuevo(plan: Plan, numero: int, celdas: Mapping[str, str], filed: Filed) -> None:
    said = _leidas(plan, numero, {campo: texto for campo, texto in celdas.items() if texto}, filed)
    if said is None:
        return
    if said.keys() & OFERTA.keys():
        said["oferta"] = {OFERTA[campo]: said.pop(campo) for campo in OFERTA if campo in said}
    _anotar(plan, numero, None, Nuevo, said, NUEVA, filed)


def _cambio(plan: Plan, numero: int, celdas: Mapping[str, str], producto: Producto, filed: Filed) -> None:
    antes = celdas_de(producto)
    otras = {campo: texto for campo, texto in celdas.items() if texto != antes[campo].strip()}
    said = _leidas(plan, numero, otras, filed) if otras else {}
    if said is None:
        return
    fields = OFERTA.keys() | said.keys()
    was: dict[str, Any] = {campo: leer_celda(campo, antes[campo]) for campo in fields} if said else {}
    same = {"negocio": producto.negocio_id, "categoria": producto.categoria_id}
    said = {
        campo: valor
        for campo, valor in said.items()
        if valor != was[campo] and not (campo in same and filed[campo, valor] == same[campo])
    }
    if not said:
        plan.iguales += 1
        return
    changes = [
        CampoCambiado(linea=numero, clave=producto.clave, campo=campo, antes=was[campo], despues=valor)
        for campo, valor in said.items()
    ]
    if said.keys() & OFERTA.keys():
        oferta = {**was, **said}
        datos = {campo: valor for campo, valor in said.items() if campo not in OFERTA}
        datos["oferta"] = None if oferta["oferta"] is None else {OFERTA[c]: oferta[c] for c in OFERTA}
        said = datos
    if _anotar(plan, numero, producto, Cambios, said, ficha_de(producto), filed):
        plan.cambiados += changes


def _leidas(plan: Plan, numero: int, celdas: Mapping[str, str], filed: Filed) -> dict[str, Any] | None:
    """What cells say; None where one of them says nothing that can be, which is noted."""
    said: dict[str, Any] = {}
    wrong = []
    for campo, texto in celdas.items():
        try:
            said[campo] = leer_celda(campo, texto)
            if campo in ("negocio", "categoria") and filed[campo, texto] is None:
                raise ValueError("no está entre los que hay cargados.")
        except ValueError as error:
            wrong.append({"campo": campo, "detalle": str(error)})
    plan.wrong(numero, wrong)
    return None if wrong else said


def _anotar(
    plan: Plan,
    numero: int,
    producto: Producto | None,
    model: type[Cambios],
    said: Mapping[str, Any],
    antes: Mapping[str, object],
    filed: Filed,
) -> bool:
    """Take a line into the plan, if it can be written."""
    try:
        datos = {
            f"{campo}_id" if campo in FILED else campo: filed[campo, str(valor)] if campo in FILED else valor
            for campo, valor in datos_de(parse(model, dict(said))).items()
        }
        check_ficha({**antes, **datos})
    except Problem as problem:
        plan.wrong(numero, problem.extra["errores"])
        return False
    except CampoInvalido as error:
        plan.wrong(numero, [{"campo": error.campo, "detalle": error.detalle}])
        return False
    plan.renglones.append(Renglon(numero, producto, datos, producto.nombre if producto else str(datos["nombre"])))
    return True
