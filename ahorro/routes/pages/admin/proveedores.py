"""A supplier's list as a page: its columns are told once, its prices looked at first, then taken in one commit.

What the pages send back is read and compared anew, so that nothing but the columns has to be remembered in between.
"""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from quart import Blueprint, Response, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.proveedores import aplicar_lista, recordar_proveedor
from ahorro.domain.catalogo import Producto
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CambioGrande, CampoInvalido, ClaveReusada, PreciosCambiaron
from ahorro.domain.importar import Renglon, preparar
from ahorro.domain.precios import REDONDEOS, Regla, alistar
from ahorro.domain.proveedor import (
    USOS,
    Ajeno,
    Comparada,
    Filas,
    Proveedor,
    adivinar,
    check_usos,
    comparar,
    conocidos,
    dicha,
    encabezar,
    titulos_de,
)
from ahorro.routes.admin.planilla import leer_filas, por_tandas
from ahorro.routes.admin.precios import Porcentaje, Redondeo
from ahorro.routes.admin.productos import Nuevo, datos_de, quien
from ahorro.routes.fields import Body, Nombre
from ahorro.routes.house import base
from ahorro.routes.pages.admin.importar import MOST_BODY, MOST_FILE, MOST_SHOWN, MUY_GRANDE, titulo
from ahorro.routes.pages.admin.precios import SIN_TILDE, con_signo, juntos
from ahorro.routes.pages.confirmacion import nueva_clave
from ahorro.routes.pages.forms import check, number, sentence
from ahorro.store.catalogo import select_categorias, select_negocios
from ahorro.store.fichas import select_id_de
from ahorro.store.proveedores import select_proveedores
from belgrano.http.access import allow
from belgrano.http.problems import Problem
from belgrano.http.shapes import parse
from belgrano.words.codificacion import decodificar
from belgrano.words.numbers import miles
from belgrano.words.planilla import linea, valor

routes = Blueprint("paginas_admin_proveedores", __name__)
LARGER = r"/admin/proveedores(/no-estan\.csv)?"
MUESTRA = 3  # lines of a list that are shown above each column
AJENOS = ("codigo_barras", "nombre", "precio", "costo", "negocio", "categoria")


class Dicho(Body):
    """Who the supplier is, and how prices follow from the list."""

    nombre: Nombre
    porcentaje: Porcentaje | None = None
    redondeo: Redondeo | None = None


@dataclass(frozen=True, slots=True)
class Lista:
    """A file that was sent: its bytes, its headings and the lines below them."""

    raw: bytes
    titulos: tuple[str, ...]
    filas: Filas


@routes.get("/admin/proveedores")
@allow(*ENCARGADOS)
async def get_proveedores() -> ResponseReturnValue:
    """The form for a list, and whose lists are known."""
    return await _form("")


@routes.post("/admin/proveedores")
@allow(*ENCARGADOS)
async def post_proveedores() -> ResponseReturnValue:
    """The next step with a list: its columns where nobody told them yet, what it changes, or that it has."""
    try:
        lista, sent = await _lista(), await request.form
    except CampoInvalido as error:
        return await _form(sentence("El archivo", error.detalle), 400)
    paso = sent.get("paso", "")
    if not paso:
        known = [p for p in await base().read(select_proveedores) if p.titulos == lista.titulos]
        return await _vista(lista, known[0]) if len(known) == 1 else await _columnas(lista, {})
    proveedor, errores = _proveedor(lista, sent)
    if proveedor is None or paso == "columnas":
        return await _columnas(lista, sent, errores, 400 if errores and paso != "columnas" else 200)
    if paso != "aplicar":
        await base().do(recordar_proveedor, proveedor)
        return await _vista(lista, proveedor)
    return await _aplicar(lista, proveedor, sent)


@routes.post("/admin/proveedores/no-estan.csv")
@allow(*ENCARGADOS)
async def post_no_estan() -> ResponseReturnValue:
    """What of a list nobody has here, as a sheet that becomes products once negocio and categoria are filled in."""
    try:
        lista = await _lista()
    except CampoInvalido as error:
        return await _form(sentence("El archivo", error.detalle), 400)
    proveedor, errores = _proveedor(lista, await request.form)
    if proveedor is None:
        return await _columnas(lista, await request.form, errores, 400)
    came = (await _comparada(lista, proveedor))[0]
    text = "\ufeff" + linea(AJENOS) + "".join(linea(_celdas(each)) for each in came.ajenos)
    response = Response(text.encode(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="no-estan.csv"'
    return response


def _celdas(each: Ajeno) -> list[str]:
    money = ("" if c is None else f"{c // 100},{c % 100:02d}" for c in (each.precio, each.costo))
    return [each.codigo_barras, each.nombre, *money, "", ""]


async def _lista() -> Lista:
    """The list that is sent. Raises CampoInvalido naming `archivo`."""
    request.max_content_length = request.max_form_memory_size = MOST_BODY
    sent, file = await request.form, (await request.files).get("archivo")
    raw = file.read() if file is not None and file.filename else sent.get("texto", "").encode()
    if not raw.strip():
        raise CampoInvalido("archivo", "Elegí un archivo que no esté vacío.")
    if file is not None and len(raw) > MOST_FILE:
        raise CampoInvalido("archivo", MUY_GRANDE)
    rows = await asyncio.to_thread(leer_filas, raw, conocidos)
    place = encabezar(rows)
    if len(rows) < place + 2 or len(titulos_de(rows[place][1])) < 2:
        raise CampoInvalido("archivo", "no parece una lista: hacen falta una línea con los títulos y otras debajo.")
    return Lista(raw, titulos_de(rows[place][1]), rows[place + 1 :])


def _proveedor(lista: Lista, sent: Mapping[str, str]) -> tuple[Proveedor | None, dict[str, str]]:
    """What the form says of a list, or what is wrong with it, by its fields."""
    said: dict[str, object] = {"nombre": sent.get("nombre", "")}
    if sent.get("porcentaje", "").strip(" 0%"):
        said["porcentaje"] = con_signo(sent["porcentaje"])
    if sent.get("redondeo"):
        said["redondeo"] = number(sent["redondeo"])
    dicho, errores = check(Dicho, said)
    usos = tuple(sent.get(f"uso-{n}", "") for n in range(len(lista.titulos)))
    try:
        check_usos(usos)
    except CampoInvalido as error:
        errores["columnas"] = f"De las columnas, {error.detalle}"
    if dicho is None or errores:
        return None, errores
    regla = Regla(dicho.porcentaje or 0, 0, (dicho.redondeo or 0) * 100 or 1)
    return Proveedor(dicho.nombre, lista.titulos, usos, regla), {}


async def _comparada(lista: Lista, proveedor: Proveedor) -> tuple[Comparada, Sequence[Producto]]:
    productos = [p async for some in por_tandas(base()) for p in some]
    return await asyncio.to_thread(comparar, lista.filas, proveedor, productos), productos


def _huella(*said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _vista_de(came: Comparada) -> str:
    """A hash of what a list would change: shown again where it is another one by now."""
    costos = [(p.id, p.costo_centavos, costo) for _, p, costo in came.costos]
    return _huella(came.movida.huella, costos, [asdict(each) for each in came.ajenos])


async def _aplicar(lista: Lista, proveedor: Proveedor, sent: Mapping[str, str]) -> ResponseReturnValue:
    came, productos = await _comparada(lista, proveedor)
    renglones = [Renglon(n, p, {"costo_centavos": costo}, p.nombre) for n, p, costo in came.costos]
    crear = sent.get("crear") == "1"
    donde = {campo: sent.get(campo, "").strip() for campo in ("negocio", "categoria")}
    nuevos: list[Renglon] = []
    if crear:
        ids = {}
        for campo, cual in donde.items():
            found = await base().read(select_id_de, f"{campo}s", cual) if cual else None
            if found is None:
                error = {campo: f"Para crear los que no están, elegí {'el' if campo == 'negocio' else 'la'} {campo}."}
                return await _vista(lista, proveedor, error, 400, sent)
            ids[f"{campo}_id"] = found
        nuevos = await asyncio.to_thread(_nuevos, came, ids)
    carga = await asyncio.to_thread(preparar, [*renglones, *nuevos], {p.clave for p in productos})
    escritos = await asyncio.to_thread(carga.escritos)
    came.errores += [(n, campo, detalle) for n, (campo, detalle) in carga.errores.items()]
    alistada, vista = await asyncio.to_thread(alistar, came.movida), await asyncio.to_thread(_vista_de, came)
    asked = _huella(
        hashlib.sha256(lista.raw).hexdigest(), proveedor.nombre, proveedor.usos, asdict(proveedor.regla), crear, donde
    )
    lote = sent.get("clave") or nueva_clave()
    try:
        movida = await base().do(
            aplicar_lista,
            quien(),
            lote,
            asked,
            proveedor,
            alistada,
            escritos,
            como_se_vio=sent.get("vista") == vista,
            forzar=sent.get("forzar") == "1",
        )
    except (CambioGrande, PreciosCambiaron, ClaveReusada) as error:
        said = SIN_TILDE if isinstance(error, CambioGrande) else error.detalle
        return await _vista(lista, proveedor, {"": said}, 409, sent)
    return await render_template(
        "ahorro/admin/proveedores_hecho.html",
        miles=miles,
        lote=lote,
        proveedor=proveedor,
        precios=len(movida.movimientos),
        costos=len(came.costos),
        nuevos=len(carga.nuevas),
        errores=_errores(came),
        cuantos_errores=len(came.errores),
    )


def _nuevos(came: Comparada, ids: Mapping[str, object]) -> list[Renglon]:
    """The lines of what is not here, as products that are not on sale; those that cannot be become errors."""
    renglones = []
    for each in came.ajenos:
        said: dict[str, object] = {"nombre": each.nombre, "activo": False, "negocio": "-", "categoria": "-"}
        said |= {"precio": Decimal(each.precio) / 100}
        said |= {} if each.costo is None else {"costo": Decimal(each.costo) / 100}
        said |= {campo: v for campo, v in (("codigo_barras", each.codigo_barras), ("clave", each.clave)) if v}
        try:
            datos = dict(datos_de(parse(Nuevo, said)))
        except Problem as problem:
            came.errores += [(each.linea, e["campo"], e["detalle"]) for e in problem.extra["errores"]]
            continue
        del datos["negocio"], datos["categoria"]
        renglones.append(Renglon(each.linea, None, {**datos, **ids}, each.nombre))
    return renglones


def _errores(came: Comparada) -> list[tuple[int, str, str]]:
    said = sorted(came.errores)[:MOST_SHOWN]
    return [(n, titulo(campo), detalle[:1].upper() + detalle[1:]) for n, campo, detalle in said]


async def _form(error: str, status: int = 200) -> ResponseReturnValue:
    page = await render_template(
        "ahorro/admin/proveedores.html", error=error, proveedores=await base().read(select_proveedores), dicha=dicha
    )
    return page, status


async def _columnas(
    lista: Lista, sent: Mapping[str, str], errores: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    """Ask what each column is, the likely answer given."""
    usos: Sequence[str]
    if "uso-0" in sent:
        usos = [sent.get(f"uso-{n}", "") for n in range(len(lista.titulos))]
    else:
        productos = [p async for some in por_tandas(base()) for p in some]
        codigos = {p.codigo_barras for p in productos if p.codigo_barras}
        usos = adivinar(lista.titulos, lista.filas, {p.clave for p in productos}, codigos)
    muestras = [
        [texto for _, cells in lista.filas[:20] if n < len(cells) and (texto := valor(cells[n]))][:MUESTRA]
        for n in range(len(lista.titulos))
    ]
    page = await render_template(
        "ahorro/admin/proveedores_columnas.html",
        texto=await asyncio.to_thread(decodificar, lista.raw),
        columnas=list(zip(lista.titulos, muestras, usos, strict=True)),
        usos=USOS,
        datos={campo: sent.get(campo, "") for campo in ("nombre", "porcentaje", "redondeo")},
        errores=errores or {},
        redondeos=REDONDEOS,
        proveedores=await base().read(select_proveedores),
    )
    return page, status


async def _vista(
    lista: Lista,
    proveedor: Proveedor,
    errores: Mapping[str, str] | None = None,
    status: int = 200,
    sent: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """What a list changes; nothing is kept of it yet."""
    came, _ = await _comparada(lista, proveedor)
    regla = proveedor.regla
    page = await render_template(
        "ahorro/admin/proveedores_vista.html",
        miles=miles,
        texto=await asyncio.to_thread(decodificar, lista.raw),
        proveedor=proveedor,
        dicha=dicha(proveedor.nombre, regla),
        porcentaje=f"{regla.por_diez_mil / 100:g}".replace(".", ",") if regla.por_diez_mil else "",
        redondeo=regla.redondeo // 100 or "",
        clave=nueva_clave(),
        vista=await asyncio.to_thread(_vista_de, came),
        came=came,
        avisos=juntos(came.movida),
        muestra=came.movida.movimientos[:MOST_SHOWN],
        ajenos=came.ajenos[:MOST_SHOWN],
        con_nombre="nombre" in proveedor.usos,
        errores_de_lineas=_errores(came),
        errores=errores or {},
        sent=sent or {},
        categorias=await base().read(select_categorias),
        negocios=await base().read(select_negocios),
    )
    return page, status
