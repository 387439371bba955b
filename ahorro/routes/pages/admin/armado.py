"""From the order to the bag, on a phone or a tablet: what is to be packed, one pedido line by line, and its acts."""

from collections.abc import Mapping
from itertools import groupby

from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.armado import ver_diferencia
from ahorro.domain.carrito import Renglon
from ahorro.domain.cuenta import ENCARGADOS, PERSONAL
from ahorro.domain.errors import DomainError, PedidoNoExiste
from ahorro.routes.admin.pedidos import AccionDicha, actuar_en
from ahorro.routes.errors import problem_of
from ahorro.routes.house import base
from ahorro.routes.pages.admin.pedidos import PALABRAS, ver_pedido
from ahorro.routes.pages.admin.productos import monto
from ahorro.routes.pages.confirmacion import nueva_clave
from ahorro.routes.pages.forms import check, form, go, number
from ahorro.routes.pedidos import NUMERO
from ahorro.store.catalogo import select_parecidos
from ahorro.store.todos import select_entero, select_por_armar
from belgrano.http.access import allow
from belgrano.http.problems import Problem

routes = Blueprint("paginas_admin_armado", __name__)

ENTEROS = ("producto_id", "cantidad", "peso_g", "por", "revision")
LISTA = "/admin/armado"


@routes.get(LISTA)
@allow(*PERSONAL)
async def get_por_armar() -> ResponseReturnValue:
    """What has not left, by window: what nobody packs yet, what is being packed, what is ready."""
    todos = await base().read(select_por_armar)
    franjas = [(franja, list(each)) for franja, each in groupby(todos, key=lambda fila: fila[0].entrega.franja)]
    return await render_template("ahorro/admin/por_armar.html", franjas=franjas, palabras=PALABRAS)


@routes.get(f"{LISTA}/<numero>")
@allow(*PERSONAL)
async def get_armado(numero: str) -> ResponseReturnValue:
    """One pedido to pack; `falta` is the product of which something is not there."""
    return await _ver(numero)


async def _ver(numero: str, error: str = "", codigo: str = "", status: int = 200) -> ResponseReturnValue:
    found = await base().read(select_entero, numero) if NUMERO.fullmatch(numero) else None
    if found is None:
        raise PedidoNoExiste
    p = found[0]
    falta = number(request.args.get("falta", ""))
    abierto = next((r for r in p.items if r.producto_id == falta and r.en_lugar_de is None), None)
    parecidos = []
    if abierto is not None and p.estado_de_tienda == "en_armado":
        sin = [r.producto_id for r in p.items]
        parecidos = await base().read(select_parecidos, abierto.producto_id, abierto.precio_centavos, sin)
    pedidos = [r for r in p.items if r.en_lugar_de is None]
    page = await render_template(
        "ahorro/admin/armado.html",
        p=p,
        palabra=PALABRAS[p.estado_de_tienda],
        renglones=[(r, [s for s in p.items if s.en_lugar_de == r.producto_id]) for r in _en_orden(pedidos)],
        sin_marcar=sum(r.armado is None for r in pedidos),
        sin_pesar=sum(r.armado is None and r.por_peso for r in pedidos),
        falta=abierto.producto_id if abierto else 0,
        parecidos=parecidos,
        clave=nueva_clave,
        error=error,
        codigo=codigo,
    )
    return page, status


def _en_orden(renglones: list[Renglon]) -> list[Renglon]:
    """By where the things are, so that nobody walks twice."""
    return sorted(renglones, key=lambda r: (r.negocio, r.categoria, r.nombre))


@routes.post("/admin/pedidos/<numero>/acciones")
@allow(*PERSONAL)
async def post_accion(numero: str) -> ResponseReturnValue:
    """An act, from the page that packs (`de` is `armado`) or from the pedido's."""
    sent = await form()
    de_armado = sent.get("de") == "armado"
    dicha, errores = check(AccionDicha, _leida(sent))
    error, codigo, status = " ".join(errores.values()), "", 400
    if dicha is not None:
        try:
            await actuar_en(numero, dicha)
        except PedidoNoExiste:
            raise
        except (DomainError, Problem) as refused:
            problem = problem_of(refused)
            if problem.status == 403:
                raise
            error, codigo, status = problem.detail, problem.codigo, problem.status
        else:
            return go(_adonde(numero, dicha, de_armado=de_armado))
    return await (_ver if de_armado else ver_pedido)(numero, error, codigo, status)


@routes.post("/admin/pedidos/<numero>/diferencia")
@allow(*ENCARGADOS)
async def post_diferencia(numero: str) -> ResponseReturnValue:
    """Somebody has settled what Ticketera did not take of a pedido."""
    if not NUMERO.fullmatch(numero):
        raise PedidoNoExiste
    await base().do(ver_diferencia, numero)
    return go("/admin/pedidos", "guardado")


def _leida(sent: Mapping[str, str]) -> dict[str, object]:
    """A form as the JSON has it: what was left empty is not there."""
    said: dict[str, object] = {name: text for name, text in sent.items() if name != "de" and text.strip()}
    for name in ENTEROS:
        if name in said:
            said[name] = number(str(said[name]))
    if "monto" in said:
        said["monto"] = monto(str(said["monto"]))
    if "acordado" in said:
        said["acordado"] = True
    return said


def _adonde(numero: str, dicha: AccionDicha, *, de_armado: bool) -> str:
    if not de_armado:
        return f"/admin/pedidos/{numero}?aviso=guardado"
    if dicha.accion == "listo":
        return f"{LISTA}?aviso=armado"
    return f"{LISTA}/{numero}" + (f"#r{dicha.producto_id}" if dicha.producto_id else "")
