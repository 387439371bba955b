"""A day with everything in it: one of each thing that either app may be asked for, and of each way in which it answers.

Nothing is looked at here: who wants to hear the answers watches the people.
"""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from typing import Any

from standardwebhooks.webhooks import Webhook

from tests import owner
from tests.people import Crew, Customer, Json, Person, Shop, act, body, move, new_clave, set_turno, until
from tests.pictures import jpeg
from tests.servers import PASSWORD
from tests.ticketera.suscriptor import Suscriptor
from tests.wire import Wire
from ticketera.domain.prueba import pin_de

OTHER = "Otra-frase-de-prueba-5512"
LATER = {"franja_desde": "2031-01-02T15:00:00Z", "franja_hasta": "2031-01-02T18:00:00Z"}


async def dispatch(crew: Crew) -> None:
    """Ticketera's part, by its admin, three repartidores and a shop's program."""
    for play in (people, settings, street, moves, conflicts, offers, missed):
        await play(crew)


async def people(crew: Crew) -> None:
    admin, ana = crew.admin, crew.repartidores[0]
    for path in ("/health", "/healthz", "/api/usuarios", "/api/repartidores", "/api/preferencias", "/api/sesion"):
        await admin.get(path)
    made = await admin.ok("POST", "/api/usuarios", {"nombre": "Jefa Dos", "email": "j2@b.test", "password": PASSWORD})
    await admin.post("/api/usuarios", {"nombre": "Jefa Dos", "email": "j2@b.test", "password": PASSWORD})
    await admin.ok("PATCH", f"/api/usuarios/{made['id']}", {"telefono": "11 5555-1234"})
    await admin.ok("PATCH", "/api/preferencias", {"fijadas": [ana.id], "densidad": "compacta"})
    new = {"nombre": "Zoe", "email": "zoe@b.test", "password": PASSWORD, "capacidad": 3, "zona": "Flores, Caballito"}
    zoe = await admin.ok("POST", "/api/repartidores", new)
    await admin.ok("POST", f"/api/repartidores/{zoe['id']}/invitacion")
    await admin.ok("PATCH", f"/api/repartidores/{zoe['id']}", {"vehiculo": "bici", "activo": False})
    await ana.get("/api/permisos")
    await ana.ok("POST", "/api/permisos", {"sonido": "si", "avisos": "bloqueado", "telefono": "t1", "problemas": 1})
    for numero in ("", "11 5555-1234", "11 5555-1234 / 11 4444-5678"):
        await admin.get("/api/contacto", telefono=numero)
    browser = Suscriptor("https://fcm.googleapis.com/fcm/send/abc")
    await ana.ok("POST", "/api/avisos", browser.alta)
    await ana("DELETE", "/api/avisos", json={"endpoint": browser.endpoint})
    await ana.ok("POST", "/api/sesion/password", {"actual": PASSWORD, "nueva": OTHER})
    await ana.ok("POST", "/api/sesion/password", {"actual": OTHER, "nueva": PASSWORD})
    await ana.log_in(ana.me["email"])
    await ana.log_in(ana.me["email"], "no es")
    await ana.get("/api/sesion")
    await ana.delete("/api/sesion")
    await ana.get("/api/turno")
    await ana.log_in(ana.me["email"])


async def settings(crew: Crew) -> None:
    admin, (ana, beto, *_) = crew.admin, crew.repartidores
    await admin.get("/api/configuracion")
    await admin.ok("PATCH", "/api/configuracion", {"orden_propio": True, "prueba_receptor": "avisar"})
    await admin.patch("/api/configuracion", {"minutos_respeto": -1})
    await ana.get("/api/politica")
    await ana.ok("POST", "/api/turno", {"abierto": True, "fondo": 500})
    await set_turno(beto)
    await ana.get("/api/turno")
    ticket = (await crew.shop.post_ticket(repartidor_id=ana.id))["ticket_id"]
    phone = await Wire(crew.town.ticketera.url, ana.cookie).open()
    here = {"lat": -34.6, "lng": -58.4, "precision_m": 10, "en": datetime.now(UTC).isoformat(timespec="milliseconds")}
    await phone.call("ubicacion", here)
    await phone.call("visto", {"ticket_id": ticket})
    await phone.close()


async def later_words(key: Shop, order: Json) -> None:
    """What the shop says of an order after it, new, known, of nobody and too late; and that it forgets whose it was."""
    numero = (await key.post_ticket())["numero"]
    for word in (
        {"revision": 2, "total": 1.5, "pagado": True, "preparado": True},
        {"revision": 1, "productos": ["Pan x2"]},
        {"revision": 3, "indicaciones": "Timbre", "numero": "N-DE-NADIE"},
        {"revision": 0},
    ):
        await key.post("/api/tickets/revisiones", {"numero": numero, **word})
    for each in ({**order, "numero": "N-2"},) * 2 + ({**order, "numero": "N-2", "total": 3}, {"numero": "N-2"}):
        await key.post("/api/tickets/recibir", each)
    gone = await key.post_ticket()
    await act(key, gone["ticket_id"], "cancelar", motivo="x")
    await key.post("/api/tickets/revisiones", {"numero": gone["numero"], "revision": 1, "total": 2})
    for forgotten in (gone["numero"], numero, "N-DE-NADIE", ""):
        await key.post("/api/tickets/olvidos", {"numero": forgotten})
    await key.ok("GET", "/api/tickets/numeros", limite=1)


async def street(crew: Crew) -> None:
    """Tickets in every state, with all that may be in one."""
    admin, key, (ana, *_) = crew.admin, crew.shop, crew.repartidores
    mixed = ["Pan x2", {"nombre": "Leche", "cantidad": 1, "precio": None, "nota": "fría"}]
    full = {**LATER, "productos": mixed, "cliente_lat": -34.6, "cliente_lng": -58.4, "negocio": "El Sol", "total": 0.1}
    data = {"numero": "N-1", "cliente_nombre": "Ana", "cliente_direccion": "Perú 1", "productos": ["Pan"], "total": 1}
    for query, more in (("?validar=1", {}), ("", {}), ("", {}), ("", {"total": 2}), ("", {"total": "x", "numero": ""})):
        await key.post(f"/api/tickets{query}", {**data, **more})
    await later_words(key, data)
    ids = [(await key.post_ticket(repartidor_id=ana.id, **(full if n else {})))["ticket_id"] for n in range(6)]
    done, failed, cancelled, going, *_ = ids
    await photos(crew, done)
    proof = {"receptor": "vecino", "receptor_nombre": "Luis", "fotos": ["f1"], "sin_codigo": True}
    await act(ana, done, "entregar", prueba=proof, cobrado=10.5, medio="efectivo")
    tries = {"intentos": [{"medio": "llamada", "en": "2026-11-30T12:00:00.000Z"}]}
    await act(ana, failed, "fallar", motivo="otro", nota="Perro", prueba=tries)
    await act(key, cancelled, "cancelar")
    await act(ana, going, "iniciar")
    await act(ana, going, "llegar")
    await act(key, going, "cancelar")
    await act(admin, going, "entregar", version=0)
    ticket = await admin.ok("GET", f"/api/tickets/{failed}")
    for version in (0, ticket["version"]):
        await admin.post(f"/api/tickets/{failed}/resuelto", {"version": version, "resuelto": True})
    ticket = await admin.ok("GET", f"/api/tickets/{going}")
    for version in (0, ticket["version"]):
        await admin.patch(f"/api/tickets/{going}", {"version": version, "prioridad": "alta", "indicaciones": "Timbre"})
    for each in ids:
        await admin.get(f"/api/tickets/{each}")
        await ana.get(f"/api/tickets/{each}")
    await admin.get("/api/tickets", limite=2)
    await admin.get("/api/tickets", estado="fallido")
    for path in ("/api/tablero", "/api/sugerencias"):
        await admin.get(path)
    await ana.get("/api/mis-tickets")
    caja = await ana.ok("GET", "/api/caja")
    counted = {"clave": new_clave(), "repartidor_id": ana.id, "contado": 1, "nota": "Faltan monedas"}
    await admin.post("/api/rendiciones", {**counted, "esperado": 1})
    await admin.ok("POST", "/api/rendiciones", {**counted, "esperado": float(caja["a_rendir"])})
    await act(admin, done, "corregir")
    await ana.get("/api/caja")


async def photos(crew: Crew, ticket: int) -> None:
    ana = crew.repartidores[0]
    numero = (await crew.admin.ok("GET", f"/api/tickets/{ticket}"))["numero"]
    path = f"/api/tickets/{ticket}/fotos"
    for _ in range(2):
        await ana("PUT", f"{path}/f1", content=jpeg(), headers={"Content-Type": "image/jpeg"})
    await ana("PUT", f"{path}/f2", content=b"x", headers={"Content-Type": "text/plain"})
    await ana.get(path)
    await ana.get(f"{path}/f1")
    for pin in ("", pin_de(crew.town.webhook_secret, numero)):
        await ana.post(f"/api/tickets/{ticket}/pin", {"pin": pin})


async def moves(crew: Crew) -> None:
    admin, (ana, beto, _) = crew.admin, crew.repartidores
    mine = (await ana.ok("GET", "/api/mis-tickets"))["tickets"]
    first, second, *_ = mine
    clave, unknown = new_clave(), {"id": 999_999, "version": 1}
    await move(admin, [first, {**second, "version": 0}, unknown], beto.id, clave=clave)
    await move(admin, [first, unknown], beto.id)
    await move(admin, [second], ana.id, before=first["id"])
    await admin.get(f"/api/tickets/{first['id']}")
    for which in (clave, new_clave()):
        await admin.post(f"/api/mudanzas/{which}/deshacer")
    touched = new_clave()
    first = await admin.ok("GET", f"/api/tickets/{first['id']}")
    await move(admin, [first], beto.id, clave=touched)
    await act(beto, first["id"], "iniciar")
    await admin.post(f"/api/mudanzas/{touched}/deshacer")
    await ana.post("/api/mi-orden", {"clave": new_clave(), "ticket_id": second["id"], "antes_de": first["id"]})
    await act(ana, second["id"], "entregar", prueba={"receptor": "titular"}, cobrado=1)
    await ana.post("/api/mi-orden", {"clave": new_clave(), "ticket_id": second["id"], "antes_de": None})
    for criterio in ("franja", "cercania"):
        await admin.get(f"/api/repartidores/{ana.id}/orden", criterio=criterio)


async def conflicts(crew: Crew) -> None:
    admin, (ana, beto, _) = crew.admin, crew.repartidores
    made = [(await crew.shop.post_ticket(repartidor_id=ana.id, **LATER))["ticket_id"] for _ in range(3)]
    lost, unproved, closed = made
    for each in (lost, closed):
        await move(admin, [await admin.ok("GET", f"/api/tickets/{each}")], beto.id)
    await act(ana, lost, "entregar", cobrado=3, prueba={"receptor": "titular"})
    await act(ana, closed, "fallar", motivo="no_contesta")
    await act(beto, closed, "entregar", prueba={"receptor": "titular"})
    await act(ana, lost, "iniciar")
    await admin.ok("PATCH", "/api/configuracion", {"prueba_receptor": "obligatoria"})
    await act(ana, unproved, "entregar")
    await act(ana, unproved, "fallar", motivo="no_contesta")
    await ana.get("/api/mis-conflictos")
    await ana.get("/api/caja")
    waiting = (await admin.ok("GET", "/api/conflictos"))["conflictos"]
    for each in waiting:
        for decision in ("aceptar", "descartar"):
            await admin.post(f"/api/conflictos/{each['id']}", {"decision": decision})
    assert len(waiting) == 3


async def offers(crew: Crew) -> None:
    admin, (ana, beto, _) = crew.admin, crew.repartidores
    waits = (await crew.shop.post_ticket(**LATER))["ticket_id"]
    for modo in ("sugerido", "oferta"):
        await admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": modo, "minutos_antes": 43_200})
        offered = (await crew.shop.post_ticket())["ticket_id"]
        await admin.get("/api/sugerencias")
        for each in (offered, waits):
            await admin.get(f"/api/tickets/{each}/sugerencias")
    await ana.get("/api/ofertas")
    for who in (ana, beto):
        await who.post(f"/api/ofertas/{offered}/tomar", {"accion_id": new_clave()})
    await beto.get("/api/ofertas")


async def missed(crew: Crew) -> None:
    """Both forms, for both kinds of listeners; what one had and lost is in it too."""
    for who in (crew.admin, *crew.repartidores):
        epoca = (await who.ok("GET", "/api/novedades", epoca="x"))["epoca"]
        told = await who.ok("GET", "/api/novedades", epoca=epoca, desde=0)
        assert "novedades" in told


async def shop(crew: Crew, guest: Customer, clara: Customer, boss: Person) -> None:
    """The shop's part, by two customers who are not logged in yet, and its admin."""
    await accounts(guest, clara, boss)
    await cart(crew, guest, clara)
    await delivery(crew, clara, boss)
    await owner.morning(boss)
    await reports(crew, guest)
    await clara.delete("/api/sesion")


async def accounts(guest: Person, clara: Customer, boss: Person) -> None:
    for path in ("/health", "/healthz", "/test", "/api/carrito", "/api/sesion"):
        await guest.get(path)
    await guest.get("/api/productos", q="leche")
    await guest.get("/api/productos", limite=3)
    await guest.get("/api/productos", limite=0)
    leaving = {"nombre": "Ida", "email": "ida@b.test", "password": PASSWORD}
    await guest.ok("POST", "/api/clientes", leaving)
    await guest.ok("GET", "/api/mis-datos")
    for password in ("no es esta", PASSWORD):
        await guest.post("/api/cuenta/borrar", {"password": password})
    new = {"nombre": "Nora", "email": "nora@b.test", "password": PASSWORD}
    await guest.post("/api/clientes", new)
    await guest.post("/api/clientes", new)
    await guest.ok("POST", "/api/recuperacion", {"email": "nora@b.test"})

    async def link() -> re.Match[str] | None:
        return re.search(r"token=([\w-]+)", (await guest.get("/desarrollo/correo")).text)

    token = (await until(link))[1]
    for _ in range(2):
        await guest.post("/api/recuperacion/password", {"token": token, "nueva": OTHER})
    await clara.log_in("cliente@belgrano.test")
    await boss.log_in("admin@belgrano.test")
    await clara.post("/api/sesion/password", {"actual": PASSWORD, "nueva": OTHER})
    await clara.log_in("cliente@belgrano.test", OTHER)
    await clara.get("/api/sesion")


async def cart(crew: Crew, guest: Customer, clara: Customer) -> None:
    """A cart with everything that can happen to a line."""
    ids = [each["id"] for each in (await clara.ok("GET", "/api/productos", limite=4))["productos"]]
    for person in (guest, clara):
        for each in ids:
            await person.post("/api/carrito/items", {"producto_id": each, "cantidad": 3})
    await clara.put(f"/api/carrito/items/{ids[3]}", {"cantidad": 2})
    await clara.delete(f"/api/carrito/items/{ids[3]}")
    await asyncio.to_thread(crew.town.in_shop, change, ids)
    await clara.put(f"/api/carrito/items/{ids[1]}", {"cantidad": 9})
    await clara.post("/api/carrito/items", {"producto_id": ids[1], "cantidad": 9})
    for person in (guest, clara):
        await person.order()
        told = await person.ok("GET", "/api/carrito")
        assert {each["que"] for each in told["avisos"]} >= {"no_se_vende", "sin_stock"}
    await clara.delete(f"/api/carrito/items/{ids[1]}")


async def change(work: Any, ids: list[int]) -> None:
    """Another price, too few, off sale."""
    for place, what in enumerate(("precio_centavos = 99999, oferta_centavos = NULL", "stock = 1", "activo = FALSE")):
        await work.con.execute(f"UPDATE productos SET {what} WHERE id = :id", {"id": ids[place]})


async def delivery(crew: Crew, clara: Customer, boss: Person) -> None:
    rita = crew.repartidores[2]
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "manual", "prueba_receptor": "no"})
    order = {"notas": "Timbre 2", "piso": "3 B", "barrio": "Flores"}
    told = body(await clara.order(**order))
    empty = await clara.order()
    assert empty.status_code == 409
    numero = told["numero"]
    ticket = await until(lambda: _ticket_of(crew, numero))
    await move(crew.admin, [ticket], rita.id)
    await act(rita, ticket["id"], "entregar", cobrado=1)

    async def arrived() -> bool:
        return bool((await clara.ok("GET", f"/api/pedidos/{numero}"))["entrega"]["estado"] == "entregado")

    assert await until(arrived)
    await clara.get("/api/pedidos")
    await clara.get("/api/pedidos/PED-20200101-ZZZZZZZZ")
    async with clara.client.stream("GET", "/api/pedidos/vivo") as stream:
        assert stream.status_code == 200
    await boss.get("/api/outbox", estado="hecho")
    await boss.get("/api/outbox", estado="otro")
    await boss.ok("POST", "/api/outbox/reintentar", {})


async def _ticket_of(crew: Crew, numero: str) -> Any:
    return next(iter((await crew.admin.ok("GET", "/api/tickets", q=numero))["tickets"]), None)


async def reports(crew: Crew, anybody: Person) -> None:
    at = datetime.now(UTC)
    text = (
        '{"type": "ticket.asignado", "data": {"numero": "PED-X", "estado": "asignado", "epoca": "e", "version": 1,'
        ' "en": "2026-11-30T12:00:00.000Z"}}'
    )
    signed = {
        "webhook-id": "r1", "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(crew.town.webhook_secret).sign("r1", at, text), "Content-Type": "application/json",
    }  # fmt: skip
    await anybody("POST", "/api/webhooks/ticketera", content=text, headers=signed)
    await anybody("POST", "/api/webhooks/ticketera", content=text, headers={"Content-Type": "application/json"})
