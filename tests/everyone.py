"""One of each caller of both apps, and one of each thing that a route can name.

For tests that go through all routes: who sends, and what stands in the place of `<int:number>` in a rule.
"""

from __future__ import annotations

import asyncio
import importlib
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from quart import Quart

from ahorro.actions.paquetes import DatosDePaquete, crear_paquete
from ahorro.domain.pedido import Entrega
from belgrano.words.times import DIA, dia_de, iso, now
from tests.people import Crew, Customer, Person, Shop, act, body, enter, enter_customer, get_ticket, move, until
from tests.pictures import jpeg
from tests.servers import Servers
from ticketera.domain.seguimiento import token_de

Route = tuple[str, str, str]  # app, method, rule


def make_app(town: Servers, app: str) -> Quart:
    """The app, put together in this process and never served: for its route map."""
    quart: Quart = importlib.import_module(f"{app}.app").create_app(town.settings(app))
    return quart


def routes(town: Servers) -> list[Route]:
    """Every route of both apps, with each method that it takes (HEAD and OPTIONS are the framework's)."""
    found = []
    for app in ("ahorro", "ticketera"):
        for rule in make_app(town, app).url_map.iter_rules():
            found += [(app, method, rule.rule) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]
    return sorted(set(found))


@dataclass
class Everyone:
    """The callers by app and name, and `places`: the path of a rule with real things in it."""

    town: Servers
    ahorro: dict[str, Person] = field(default_factory=dict)
    ticketera: dict[str, Person] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, app: str) -> dict[str, Person]:
        return self.ahorro if app == "ahorro" else self.ticketera

    def place(self, app: str, rule: str) -> str:
        """The rule with what belongs to the owner in it. Raises KeyError for a rule that nobody thought of."""
        if "<" not in rule:
            return rule
        return str(PLACES[app, rule].format(**self.things))

    async def close(self) -> None:
        for person in {id(p): p for p in (*self.ahorro.values(), *self.ticketera.values())}.values():
            await person.close()


# What stands in a rule's place. An entry is missing: the tests that go through all routes fail and name the rule.
PLACES: dict[tuple[str, str], str] = {
    ("ahorro", "/categoria/<clave>"): "/categoria/lacteos",
    ("ahorro", "/negocio/<clave>"): "/negocio/belgrano_ahorro",
    ("ahorro", "/confirmacion/<numero>"): "/confirmacion/{pedido}",
    ("ahorro", "/comerciantes/confirmacion/<numero>"): "/comerciantes/confirmacion/{pedido}",
    ("ahorro", "/admin/arrepentimientos/<int:arrepentimiento_id>"): "/admin/arrepentimientos/1",
    ("ahorro", "/admin/clientes/<int:cliente_id>"): "/admin/clientes/{cliente}",
    ("ahorro", "/admin/comerciantes/<int:usuario_id>"): "/admin/comerciantes/999999",
    ("ahorro", "/admin/configuracion/<clave>"): "/admin/configuracion/envio",
    ("ahorro", "/admin/devoluciones/<numero>"): "/admin/devoluciones/{pedido}",
    ("ahorro", "/admin/envios/<numero>/mandar"): "/admin/envios/{pedido}/mandar",
    ("ahorro", "/admin/envios/<numero>/visto"): "/admin/envios/{pedido}/visto",
    ("ahorro", "/admin/envios/<numero>/reintentar"): "/admin/envios/{pedido}/reintentar",
    ("ahorro", "/admin/armado/<numero>"): "/admin/armado/{pedido}",
    ("ahorro", "/admin/pedidos/<numero>"): "/admin/pedidos/{pedido}",
    ("ahorro", "/admin/pedidos/<numero>/acciones"): "/admin/pedidos/{pedido}/acciones",
    ("ahorro", "/admin/pedidos/<numero>/diferencia"): "/admin/pedidos/{pedido}/diferencia",
    ("ahorro", "/admin/personal/<int:persona_id>"): "/admin/personal/{persona}",
    ("ahorro", "/admin/personal/<int:persona_id>/invitacion"): "/admin/personal/{persona}/invitacion",
    ("ahorro", "/admin/personal/<int:persona_id>/segundo-paso"): "/admin/personal/{persona}/segundo-paso",
    ("ahorro", "/admin/productos/<int:producto_id>"): "/admin/productos/{producto}",
    ("ahorro", "/admin/productos/<int:producto_id>/imagenes"): "/admin/productos/{producto}/imagenes",
    (
        "ahorro",
        "/admin/productos/<int:producto_id>/imagenes/<int:imagen_id>",
    ): "/admin/productos/{producto}/imagenes/{imagen}",
    ("ahorro", "/admin/categorias/<int:grupo_id>"): "/admin/categorias/1",
    ("ahorro", "/admin/negocios/<int:grupo_id>"): "/admin/negocios/1",
    ("ahorro", "/admin/sucursales/<int:grupo_id>"): "/admin/sucursales/1",
    ("ahorro", "/api/admin/categorias/<int:grupo_id>"): "/api/admin/categorias/1",
    ("ahorro", "/api/admin/negocios/<int:grupo_id>"): "/api/admin/negocios/1",
    ("ahorro", "/api/admin/sucursales/<int:grupo_id>"): "/api/admin/sucursales/1",
    ("ahorro", "/api/admin/pedidos/<numero>"): "/api/admin/pedidos/{pedido}",
    ("ahorro", "/api/admin/pedidos/<numero>/acciones"): "/api/admin/pedidos/{pedido}/acciones",
    ("ahorro", "/admin/precios/<lote>/cancelar"): "/admin/precios/{programado}/cancelar",
    ("ahorro", "/admin/precios/<lote>/deshacer"): "/admin/precios/{lote}/deshacer",
    ("ahorro", "/admin/precios/<lote>/visto"): "/admin/precios/{programado}/visto",
    ("ahorro", "/api/admin/precios/<lote>/cancelar"): "/api/admin/precios/{programado}/cancelar",
    ("ahorro", "/api/admin/precios/<lote>/deshacer"): "/api/admin/precios/{lote}/deshacer",
    ("ahorro", "/api/admin/precios/<lote>/visto"): "/api/admin/precios/{programado}/visto",
    ("ahorro", "/api/admin/clientes/<int:cliente_id>"): "/api/admin/clientes/{cliente}",
    ("ahorro", "/api/admin/personal/<int:persona_id>"): "/api/admin/personal/{persona}",
    ("ahorro", "/api/admin/personal/<int:persona_id>/invitacion"): "/api/admin/personal/{persona}/invitacion",
    ("ahorro", "/api/admin/personal/<int:persona_id>/segundo-paso"): "/api/admin/personal/{persona}/segundo-paso",
    ("ahorro", "/api/admin/productos/<int:producto_id>"): "/api/admin/productos/{producto}",
    ("ahorro", "/api/admin/productos/<int:producto_id>/imagen"): "/api/admin/productos/{producto}/imagen",
    ("ahorro", "/api/admin/productos/<int:producto_id>/imagenes"): "/api/admin/productos/{producto}/imagenes",
    (
        "ahorro",
        "/api/admin/productos/<int:producto_id>/imagenes/<int:imagen_id>",
    ): "/api/admin/productos/{producto}/imagenes/{imagen}",
    ("ahorro", "/imagenes/<huella>-<int:lado>.<formato>"): "{archivo}",
    ("ahorro", "/admin/promociones/<int:promocion_id>"): "/admin/promociones/{promocion}",
    ("ahorro", "/admin/promociones/<int:promocion_id>/activa"): "/admin/promociones/{promocion}/activa",
    ("ahorro", "/api/admin/promociones/<int:promocion_id>"): "/api/admin/promociones/{promocion}",
    ("ahorro", "/api/carrito/items/<int:producto_id>"): "/api/carrito/items/{producto}",
    ("ahorro", "/api/pedidos/<numero>"): "/api/pedidos/{pedido}",
    ("ahorro", "/api/sesiones/<marca>"): "/api/sesiones/{sesion}",
    ("ahorro", "/carrito/items/<int:producto_id>"): "/carrito/items/{producto}",
    ("ahorro", "/comercio/paquetes/<int:paquete_id>"): "/comercio/paquetes/{paquete}",
    ("ahorro", "/comercio/paquetes/<int:paquete_id>/baja"): "/comercio/paquetes/{paquete}/baja",
    ("ahorro", "/comercio/paquetes/<int:paquete_id>/pausa"): "/comercio/paquetes/{paquete}/pausa",
    ("ahorro", "/comercio/paquetes/<int:paquete_id>/pedir"): "/comercio/paquetes/{paquete}/pedir",
    ("ahorro", "/comercio/paquetes/<int:paquete_id>/procesar"): "/comercio/paquetes/{paquete}/procesar",
    ("ahorro", "/legales/<tema>"): "/legales/privacidad",
    ("ahorro", "/negocios/<clave>"): "/negocios/{negocio}",
    ("ahorro", "/pedidos/<numero>"): "/pedidos/{pedido}",
    ("ahorro", "/pedidos/<numero>/cancelar"): "/pedidos/{pedido}/cancelar",
    ("ahorro", "/pedidos/<numero>/listo"): "/pedidos/{pedido}/listo",
    ("ahorro", "/pedidos/<numero>/repetir"): "/pedidos/{pedido}/repetir",
    ("ahorro", "/productos/<clave>"): "/productos/{producto_clave}",
    ("ahorro", "/static/<path:filename>"): "/static/css/tokens.css",
    ("ticketera", "/administradores/<int:number>"): "/administradores/{spare_admin}",
    ("ticketera", "/administradores/<int:number>/<any(alta, baja):que>"): "/administradores/{spare_admin}/alta",
    ("ticketera", "/api/conflictos/<int:number>"): "/api/conflictos/{conflicto}",
    ("ticketera", "/api/mudanzas/<clave>/deshacer"): "/api/mudanzas/{mudanza}/deshacer",
    ("ticketera", "/api/ofertas/<int:number>/tomar"): "/api/ofertas/{ticket}/tomar",
    ("ticketera", "/api/repartidores/<int:number>"): "/api/repartidores/{spare_repartidor}",
    ("ticketera", "/api/repartidores/<int:number>/orden"): "/api/repartidores/{spare_repartidor}/orden",
    ("ticketera", "/api/tickets/<int:number>"): "/api/tickets/{ticket}",
    ("ticketera", "/api/tickets/<int:number>/acciones"): "/api/tickets/{ticket}/acciones",
    ("ticketera", "/api/tickets/<int:number>/sugerencias"): "/api/tickets/{ticket}/sugerencias",
    ("ticketera", "/api/tickets/<int:number>/resuelto"): "/api/tickets/{ticket}/resuelto",
    ("ticketera", "/api/repartidores/<int:number>/invitacion"): "/api/repartidores/{spare_repartidor}/invitacion",
    ("ticketera", "/api/usuarios/<int:number>"): "/api/usuarios/{spare_admin}",
    ("ticketera", "/caja/<int:number>"): "/caja/{spare_repartidor}",
    ("ticketera", "/caja/<int:number>/fondo"): "/caja/{spare_repartidor}/fondo",
    ("ticketera", "/caja/<int:number>/rendicion"): "/caja/{spare_repartidor}/rendicion",
    ("ticketera", "/conflictos/<int:number>"): "/conflictos/{conflicto}",
    ("ticketera", "/invitacion/<token>"): "/invitacion/{invitacion}",
    ("ticketera", "/repartidores/<int:number>/invitacion"): "/repartidores/{spare_repartidor}/invitacion",
    ("ticketera", "/repartidores/<int:number>"): "/repartidores/{spare_repartidor}",
    ("ticketera", "/repartidores/<int:number>/alta"): "/repartidores/{spare_repartidor}/alta",
    ("ticketera", "/api/tickets/<int:number>/fotos"): "/api/tickets/{ticket}/fotos",
    ("ticketera", "/api/tickets/<int:number>/fotos/<foto_id>"): "/api/tickets/{ticket}/fotos/f1",
    ("ticketera", "/api/tickets/<int:number>/pin"): "/api/tickets/{ticket}/pin",
    ("ticketera", "/repartidores/<int:number>/baja"): "/repartidores/{spare_repartidor}/baja",
    ("ticketera", "/repartidores/<int:number>/turno"): "/repartidores/{spare_repartidor}/turno",
    ("ticketera", "/reparto/tickets/<int:number>"): "/reparto/tickets/{ticket}",
    ("ticketera", "/seguir/<numero>/<token>"): "/seguir/{enlace}",
    ("ticketera", "/static/<path:filename>"): "/static/css/tokens.css",
    ("ticketera", "/tickets/<int:number>"): "/tickets/{ticket}",
    ("ticketera", "/tickets/<int:number>/imprimir"): "/tickets/{ticket}/imprimir",
}


async def gather(town: Servers) -> Everyone:
    """Start both apps and bring everybody and everything together."""
    everyone = Everyone(town)
    await asyncio.to_thread(town.catalogue)
    for role, name in (
        ("cliente", "owner"),
        ("cliente", "stranger"),
        ("comerciante", "comerciante"),
        ("admin", "admin"),
        ("encargado", "encargado"),
        ("armador", "armador"),
    ):
        await asyncio.to_thread(town.create_user, "ahorro", role, f"{name}@belgrano.test", f"Ahorro {name}")
    await asyncio.to_thread(town.create_user, "ahorro", "cliente", "ended@belgrano.test", "Ahorro ended")
    await asyncio.to_thread(town.start)
    await _ticketera(everyone)
    await _ahorro(everyone)
    # Each app's cookie, shown to the other app.
    everyone.ahorro["foreign"] = _with_cookie(town.ahorro.url, everyone.ticketera["admin"].cookie)
    everyone.ticketera["foreign"] = _with_cookie(town.ticketera.url, everyone.ahorro["admin"].cookie)
    return everyone


async def _ticketera(everyone: Everyone) -> None:
    town, things = everyone.town, everyone.things
    url = town.ticketera.url
    crew = await Crew.gather(town, repartidores=5, turno=False)
    owner, stranger, spare, revoked, invited = crew.repartidores
    spare_admin = await crew.hire("usuarios", "spare@belgrano.test", "Jefa de repuesto", crew.admins)
    made = await crew.shop.post_ticket(repartidor_id=owner.id)
    moved = await crew.shop.post_ticket(repartidor_id=owner.id)
    ticket = await get_ticket(crew.admin, moved["ticket_id"])
    mudanza = body(await move(crew.admin, [ticket], spare.id))["clave"]
    conflicto = body(await act(owner, moved["ticket_id"], "entregar"))["conflicto_id"]
    foto = f"/api/tickets/{made['ticket_id']}/fotos/f1"
    await owner("PUT", foto, content=jpeg(), headers={"Content-Type": "image/jpeg"})
    link = (await crew.admin.ok("POST", f"/api/repartidores/{invited.id}/invitacion"))["enlace"]
    things |= {
        "ticket": made["ticket_id"], "mudanza": mudanza, "conflicto": conflicto,
        "spare_repartidor": spare.id, "spare_admin": spare_admin.id,
        "invitacion": link.rpartition("/")[2],
        "enlace": f"{made['numero']}/{token_de(town.webhook_secret, made['numero'])}",
    }  # fmt: skip
    cookie = revoked.cookie
    await crew.admin.ok("PATCH", f"/api/repartidores/{revoked.id}", {"activo": False})
    everyone.ticketera |= {
        "anonymous": Person(url), "ended": _with_cookie(url, cookie), "owner": owner, "stranger": stranger,
        "admin": crew.admin, "key": crew.shop, "wrong_key": Shop(url, "otra-clave-cualquiera-0000000000000000"),
    }  # fmt: skip


async def _ahorro(everyone: Everyone) -> None:
    url, things, callers = everyone.town.ahorro.url, everyone.things, everyone.ahorro
    callers["anonymous"] = Person(url)
    for name in ("owner", "stranger", "comerciante", "admin", "encargado", "armador", "ended"):
        callers[name] = await enter_customer(url, f"{name}@belgrano.test")
    owner = callers["owner"]
    assert isinstance(owner, Customer)
    pedido = body(await owner.buy())
    product = owner.products[0]
    paquete = DatosDePaquete(
        "Reposición", "semanal", dia_de(time.time_ns() // 1_000_000) + timedelta(days=4),
        Entrega("Av. Belgrano 1234", "11 5555-1234", "efectivo", ""), ((product["id"], 2),),
    )  # fmt: skip
    picture = await callers["encargado"](
        "PUT",
        f"/api/admin/productos/{owner.products[1]['id']}/imagen",
        content=jpeg(),
        headers={"Content-Type": "image/jpeg"},
    )
    (imagen,) = body(picture)["imagenes"]
    promo = {"nombre": "Cupón de todos", "tipo": "porcentaje", "porcentaje": 5, "codigo": "TODOS"}
    moved = {"filtro": {"ids": [999_999]}, "monto": 1, "clave": "lote"}
    later = {**moved, "clave": "programado", "desde": iso(now() + DIA)}
    invited = {"nombre": "Ahorro repuesto", "email": "repuesto@belgrano.test", "rol": "armador"}
    persona = (await callers["admin"].ok("POST", "/api/admin/personal", invited))["persona"]
    things |= {
        "imagen": imagen["id"], "archivo": imagen["url"],
        "persona": persona["id"],
        "sesion": await _another_session(url, "owner@belgrano.test"),
        "lote": (await callers["encargado"].ok("POST", "/api/admin/precios", moved))["lote"],
        "programado": (await callers["encargado"].ok("POST", "/api/admin/precios", later))["lote"],
        "promocion": (await callers["encargado"].ok("POST", "/api/admin/promociones", promo))["id"],
        "pedido": pedido["numero"], "producto": product["id"], "producto_clave": product["clave"], "negocio": "mercado",
        "cliente": callers["stranger"].id,
        "paquete": await asyncio.to_thread(everyone.town.in_shop, crear_paquete, callers["comerciante"].id, paquete),
    }  # fmt: skip
    ended = callers["ended"]
    cookie = ended.cookie
    await ended.delete("/api/sesion")
    callers["ended"] = _with_cookie(url, cookie)

    async def handed_over() -> bool:
        return bool(body(await owner.get("/health"))["outbox"]["pendientes"] == 0)

    assert await until(handed_over), "the pedido does not reach Ticketera"


async def _another_session(url: str, email: str) -> str:
    """The id of a session that somebody has besides the one they use."""
    person = await enter_customer(url, email)
    found = next(each for each in (await person.ok("GET", "/api/sesiones"))["sesiones"] if each["esta"])
    await person.close()
    return str(found["id"])


def _with_cookie(url: str, cookie: str) -> Person:
    return Person(url, headers={"Cookie": cookie})


async def fresh(everyone: Everyone, app: str, name: str) -> Person:
    """The same person in a session of their own, for requests that end it."""
    person = everyone[app][name]
    if not person.me:
        return person
    if app == "ahorro":
        return await enter_customer(person.url, person.me["email"])
    return await enter(person.url, person.me["email"])
