"""A morning of the shop's owner: every answer of `/api/admin`, the good and the refused, is given at least once."""

from __future__ import annotations

import base64
import time

import httpx

from belgrano.accounts.second_factor import STEP_S, code_at
from belgrano.words.times import DIA, iso, now
from tests.people import Person, body
from tests.pictures import jpeg
from tests.servers import PASSWORD

HALF = {"nombre": "A mitad de precio", "tipo": "porcentaje", "porcentaje": 50, "sobre_ofertas": True}
PRICED = {"nombre": "Café que sube", "precio": 1000, "negocio": "mercado", "categoria": 1}


async def morning(boss: Person) -> None:
    """Everything the owner does, by an admin who is in."""
    await products(boss)
    await pictures(boss)
    await boss.ok("GET", "/api/admin/ventas")
    await boss.get("/api/admin/ventas.csv")
    await boss.get("/api/admin/ventas", desde="ayer")
    await boss.get("/api/admin/ventas.csv", desde="ayer")
    await groups(boss)
    await prices(boss)
    await orders(boss)
    await customers(boss)
    await people(boss)
    await second_step(boss)
    await sheet(boss)
    await settings(boss)
    await promotions(boss)


async def products(boss: Person) -> None:
    await boss.get("/api/admin/productos", estado="poco_stock")
    await boss.get("/api/admin/productos", estado="nunca")
    new = {"nombre": "Yerba del día", "precio": 4200, "negocio": "mercado", "categoria": 1}
    made = await boss.ok("POST", "/api/admin/productos", new)
    await boss.post("/api/admin/productos", {**new, "precio": 0})
    oferta = {"precio": 3900, "desde": None, "hasta": "2030-01-01"}
    for _ in range(2):  # the second one is stale
        await boss.patch(f"/api/admin/productos/{made['id']}", {"version": 1, "oferta": oferta})
    many = {"productos": [{"id": made["id"], "version": 2}], "clave": "fuera-1"}
    for activo in (False, False, True):  # done, the same answer, another content
        await boss.post("/api/admin/productos/estado", {**many, "activo": activo})
    stale = {"productos": [{"id": made["id"], "version": 1}, {"id": 999_999, "version": 1}], "activo": True}
    await boss.post("/api/admin/productos/estado", {**stale, "clave": "fuera-2"})
    await boss.post("/api/admin/productos/estado", stale)


async def pictures(boss: Person) -> None:
    made = await boss.ok("POST", "/api/admin/productos", {**PRICED, "nombre": "Yerba con fotos"})
    address = f"/api/admin/productos/{made['id']}"

    async def put(content: bytes, **query: int) -> httpx.Response:
        headers = {"Content-Type": "image/jpeg"}
        return await boss("PUT", f"{address}/imagen", content=content, headers=headers, params=query)

    await put(jpeg())
    ids = [each["id"] for each in body(await put(jpeg(300, 200)))["imagenes"]]
    await put(b"no picture")
    await put(jpeg(), version=1)  # stale, as each of the others is the second time
    for _ in range(2):
        await boss.patch(f"{address}/imagenes", {"version": 3, "orden": ids[::-1]})
    for _ in range(2):
        await boss.delete(f"{address}/imagenes/{ids[0]}?version=4")


async def groups(boss: Person) -> None:
    for tabla, more in (("categorias", {"padre": 1}), ("negocios", {}), ("sucursales", {"negocio": "mercado"})):
        await boss.get(f"/api/admin/{tabla}")
        made = await boss.ok("POST", f"/api/admin/{tabla}", {"nombre": "La nueva", **more})
        await boss.post(f"/api/admin/{tabla}", {"nombre": ""})
        for _ in range(2):  # the second one is stale
            await boss.patch(f"/api/admin/{tabla}/{made['id']}", {"version": 1, "orden": 50})


async def prices(boss: Person) -> None:
    made = await boss.ok("POST", "/api/admin/productos", PRICED)
    much = {"filtro": {"ids": [made["id"]]}, "porcentaje": 80, "redondeo": 10}
    await boss.post("/api/admin/precios", {**much, "vista_previa": True})
    await boss.post("/api/admin/precios", {**much, "clave": "lote-1"})
    for porcentaje in (80, 80, 90):  # done, the same answer, another content
        await boss.post("/api/admin/precios", {**much, "porcentaje": porcentaje, "clave": "lote-1", "forzar": True})
    for lote in ("lote-1", "lote-1", "nunca"):
        await boss.post(f"/api/admin/precios/{lote}/deshacer")
    later = {**much, "clave": "lote-2", "forzar": True}
    for days in (366, 1, 1):  # too far off, scheduled, the same answer
        moment = iso(now() // DIA * DIA + days * DIA)
        await boss.post("/api/admin/precios", {**later, "desde": moment})
    await boss.post("/api/admin/precios", {**later, "vista_previa": True})  # another one waits
    await boss.get("/api/admin/precios/programados")
    for lote, what in (("lote-2", "cancelar"), ("lote-2", "cancelar"), ("lote-2", "visto"), ("nunca", "cancelar")):
        await boss.post(f"/api/admin/precios/{lote}/{what}")
    await boss.post("/api/admin/precios/nunca/visto")


async def customers(boss: Person) -> None:
    listed = await boss.ok("GET", "/api/admin/clientes", params={"limite": 1})
    await boss.get("/api/admin/clientes", limite="nada")
    known = listed["clientes"][0]
    for version, nota in ((known["version"], "Paga a fin de mes"), (known["version"], "Otra"), (1, 5)):
        await boss.patch(f"/api/admin/clientes/{known['id']}", {"version": version, "nota": nota})
    await boss.patch("/api/admin/clientes/999999", {"version": 1})
    await boss.get("/api/admin/auditoria", limite=2)
    await boss.get("/api/admin/auditoria", desde="nunca")
    await boss.get("/api/admin/auditoria.csv", desde="2020-01-01")
    await boss.get("/api/admin/auditoria.csv", desde="nunca")


async def people(boss: Person) -> None:
    await boss.get("/api/sesiones")
    for which in ("otras", "nunca"):
        await boss.delete(f"/api/sesiones/{which}")
    await boss.get("/api/admin/personal")
    new = {"nombre": "Nadia Arma", "email": "nadia@b.test", "rol": "armador"}
    made = (await boss.ok("POST", "/api/admin/personal", new))["persona"]
    await boss.post("/api/admin/personal", new)
    address = f"/api/admin/personal/{made['id']}"
    await boss.post(f"{address}/invitacion")
    for rol in ("encargado", "admin"):  # the second one is stale
        await boss.patch(address, {"version": made["version"], "rol": rol})
    for _ in range(2):
        await boss.delete(f"{address}/invitacion")
    await boss.post(f"{address}/invitacion")
    await boss.delete(f"{address}/segundo-paso")


async def second_step(boss: Person) -> None:
    """Switched on and off again; the next thirty seconds' code counts already."""
    await boss.post("/api/segundo-paso", {"password": "no es esta"})
    begun = await boss.ok("POST", "/api/segundo-paso", {"password": PASSWORD})
    secret = base64.b32decode(begun["secreto"])
    step = int(time.time()) // STEP_S
    await boss.post("/api/segundo-paso/confirmar", {"codigo": "0"})
    await boss.ok("POST", "/api/segundo-paso/confirmar", {"codigo": code_at(secret, step)})
    await boss.get("/api/segundo-paso")
    for codigo in ("0", code_at(secret, step + 1)):
        await boss.post("/api/segundo-paso/quitar", {"password": PASSWORD, "codigo": codigo})


async def sheet(boss: Person) -> None:
    await boss.get("/api/admin/productos.csv")
    for raw in (b"clave;precio\ncafe-que-sube;1500\n", b"color\nrojo\n"):
        await boss("POST", "/api/admin/productos/importar", content=raw, headers={"Content-Type": "text/csv"})


async def settings(boss: Person) -> None:
    version = (await boss.ok("GET", "/api/admin/configuracion"))["version"]
    await boss.patch("/api/admin/configuracion", {"version": version, "cbu": "x"})
    for _ in range(2):  # the second one is stale
        await boss.patch("/api/admin/configuracion", {"version": version, "horarios": "De lunes a sábado, de 8 a 20"})


async def orders(boss: Person) -> None:
    found = await boss.ok("GET", "/api/admin/pedidos")
    await boss.get("/api/admin/pedidos", estado="nunca")
    for numero in (found["pedidos"][0]["numero"], "PED-NUNCA"):
        await boss.get(f"/api/admin/pedidos/{numero}")
    acts = f"/api/admin/pedidos/{found['pedidos'][0]['numero']}/acciones"
    await boss.ok("POST", acts, {"accion": "nota", "accion_id": "una-nota", "texto": "Tocar timbre"})
    await boss.post(acts, {"accion": "nota", "accion_id": "una-nota", "texto": "Otra cosa"})
    await boss.post(acts, {"accion": "nota", "accion_id": "vieja", "texto": "Tarde", "revision": 99})


async def promotions(boss: Person) -> None:
    await boss.get("/api/admin/promociones")
    made = await boss.ok(
        "POST", "/api/admin/promociones", {"nombre": "2x1 del día", "tipo": "nxm", "lleva": 2, "paga": 1}
    )
    await boss.post("/api/admin/promociones", {"nombre": "Al revés", "tipo": "nxm", "lleva": 2, "paga": 3})
    for _ in range(2):  # the second one is stale
        await boss.patch(f"/api/admin/promociones/{made['id']}", {"version": 1, "activa": False})
    await boss.ok("POST", "/api/admin/promociones", {**HALF, "codigo": "MITAD"})
    producto = (await boss.ok("GET", "/api/productos"))["productos"][0]
    await boss.post("/api/carrito/cupon", {"codigo": "MITAD"})  # into an empty cart
    await boss.ok("POST", "/api/carrito/items", {"producto_id": producto["id"], "cantidad": 1})
    await boss.ok("POST", "/api/carrito/cupon", {"codigo": "MITAD"})
    await boss.ok("DELETE", "/api/carrito/cupon")
    await boss.ok("DELETE", f"/api/carrito/items/{producto['id']}")
