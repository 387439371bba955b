"""Who may do what: one row per route and per socket event of both apps, written by hand.

`allowed` names the callers that get past the door. An `owned` route lets every caller of the owner's role in, but for
somebody else's thing it answers as for one that does not exist. The rows are not taken from the code: they are what the
contract says, and the tests send every cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

CUSTOMERS = frozenset({"owner", "stranger", "comerciante", "admin", "encargado", "armador"})
PUBLIC = CUSTOMERS | {"anonymous", "ended", "foreign", "key", "wrong_key"}
REPARTIDORES = frozenset({"owner", "stranger"})
ADMIN = frozenset({"admin"})
ENCARGADOS = ADMIN | {"encargado"}
PERSONAL = ENCARGADOS | {"armador"}
STAFF = REPARTIDORES | ADMIN
COMERCIANTE = frozenset({"comerciante"})
KEY = frozenset({"key"})


@dataclass(frozen=True)
class Row:
    """One route. `data` is what is sent (JSON under /api/, else a form), harmless where it is allowed."""

    allowed: frozenset[str]
    owned: bool = False
    data: Any = None
    key_data: Any = None  # what a program with the key sends, where it may do other things than people
    ends_session: bool = False


def rows(app: str, **by_method: dict[str, Row]) -> dict[tuple[str, str, str], Row]:
    return {(app, method, rule): row for method, table in by_method.items() for rule, row in table.items()}


encargado, armador = Row(ENCARGADOS), Row(PERSONAL)  # of the shop, and whoever stands above them
public, customer, admin, staff, comerciante = Row(PUBLIC), Row(CUSTOMERS), Row(ADMIN), Row(STAFF), Row(COMERCIANTE)
own_pedido = Row(CUSTOMERS, owned=True)
own_paquete = Row(COMERCIANTE)

AHORRO = rows(
    "ahorro",
    GET={
        "/": public,
        "/admin": armador,
        "/admin/arrepentimientos": admin,
        "/admin/clientes": admin,
        "/admin/comerciantes": admin,
        "/admin/devoluciones": admin,
        "/admin/envios": admin,
        "/admin/categorias": encargado,
        "/admin/negocios": encargado,
        "/admin/sucursales": encargado,
        "/admin/personal": admin,
        "/admin/promociones": encargado,
        "/admin/promociones/<int:promocion_id>": encargado,
        "/admin/promociones/nueva": encargado,
        "/admin/productos": encargado,
        "/admin/productos/<int:producto_id>": encargado,
        "/admin/productos/nuevo": encargado,
        "/api/admin/categorias": encargado,
        "/api/admin/negocios": encargado,
        "/api/admin/auditoria": admin,
        "/api/admin/clientes": admin,
        "/api/admin/configuracion": admin,
        "/api/admin/personal": admin,
        "/api/admin/productos": encargado,
        "/api/admin/pedidos": armador,
        "/api/admin/pedidos/<numero>": armador,
        "/api/admin/ventas": encargado,
        "/api/admin/ventas.csv": encargado,
        "/api/admin/productos.csv": encargado,
        "/api/admin/promociones": encargado,
        "/api/admin/sucursales": encargado,
        "/api/carrito": public,
        "/api/outbox": admin,
        "/api/pedidos": customer,
        "/api/pedidos/<numero>": own_pedido,
        "/api/pedidos/vivo": customer,
        "/api/productos": public,
        "/api/sesion": customer,
        "/api/sesiones": customer,
        "/arrepentimiento": public,
        "/ayuda": public,
        "/carrito": public,
        "/categorias": public,
        "/checkout": customer,
        "/comercio/paquetes": comerciante,
        "/comercio/paquetes/<int:paquete_id>": own_paquete,
        "/comercio/paquetes/<int:paquete_id>/pedir": own_paquete,
        "/comercio/paquetes/nuevo": comerciante,
        "/cuenta": customer,
        "/desarrollo/correo": public,
        "/health": public,
        "/healthz": public,
        "/imagenes/<huella>-<int:lado>.<formato>": public,
        "/invitacion": public,
        "/legales/<tema>": public,
        "/login": public,
        "/metrics": public,
        "/negocios": public,
        "/negocios/<clave>": public,
        "/nueva-contrasena": public,
        "/openapi.json": public,
        "/pedidos": customer,
        "/pedidos/<numero>": own_pedido,
        "/pedidos/<numero>/listo": own_pedido,
        "/productos": public,
        "/productos/<clave>": public,
        "/recuperar": public,
        "/registro": public,
        "/static/<path:filename>": public,
        "/test": public,
    },
    POST={
        "/admin/arrepentimientos/<int:arrepentimiento_id>": admin,
        "/admin/clientes/<int:cliente_id>": admin,
        "/admin/comerciantes/<int:usuario_id>": admin,
        "/admin/devoluciones/<numero>": admin,
        "/admin/envios/<numero>/reintentar": admin,
        "/admin/envios/reintentar": admin,
        "/admin/categorias": encargado,
        "/admin/categorias/<int:grupo_id>": encargado,
        "/admin/negocios": encargado,
        "/admin/negocios/<int:grupo_id>": encargado,
        "/admin/sucursales": encargado,
        "/admin/sucursales/<int:grupo_id>": encargado,
        "/admin/personal": admin,
        "/admin/personal/<int:persona_id>": admin,
        "/admin/personal/<int:persona_id>/invitacion": admin,
        "/admin/productos/<int:producto_id>": encargado,
        "/admin/productos/<int:producto_id>/imagenes": encargado,
        "/admin/productos/<int:producto_id>/imagenes/<int:imagen_id>": encargado,
        "/admin/promociones/<int:promocion_id>": encargado,
        "/admin/promociones/<int:promocion_id>/activa": encargado,
        "/admin/promociones/nueva": encargado,
        "/admin/productos/nuevo": encargado,
        "/api/admin/categorias": encargado,
        "/api/admin/negocios": encargado,
        "/api/admin/personal": Row(ADMIN, data={}),
        "/api/admin/personal/<int:persona_id>/invitacion": admin,
        "/api/admin/precios": encargado,
        "/api/admin/precios/<lote>/deshacer": encargado,
        "/api/admin/productos": encargado,
        "/api/admin/productos/importar": encargado,
        "/api/admin/promociones": encargado,
        "/api/admin/sucursales": encargado,
        "/api/carrito/cupon": public,
        "/api/carrito/items": public,
        "/api/clientes": public,
        "/api/outbox/reintentar": admin,
        "/api/pedidos": customer,
        "/api/recuperacion": public,
        "/api/recuperacion/password": public,
        "/api/sesion": Row(PUBLIC, data={}),
        "/api/sesion/password": Row(CUSTOMERS, data={}),
        # Signed, not keyed: nobody gets in without the signature (tests/contract).
        "/api/webhooks/ticketera": Row(frozenset(), data={}),
        "/arrepentimiento": public,
        "/carrito/agregar": public,
        "/carrito/barrio": public,
        "/carrito/cupon": public,
        "/carrito/items/<int:producto_id>": public,
        "/carrito/vaciar": public,
        "/checkout": customer,
        "/comercio/paquetes/<int:paquete_id>": own_paquete,
        "/comercio/paquetes/<int:paquete_id>/pausa": own_paquete,
        "/comercio/paquetes/<int:paquete_id>/procesar": own_paquete,
        "/comercio/paquetes/<int:paquete_id>/baja": own_paquete,  # after the others: it is gone then
        "/comercio/paquetes/nuevo": comerciante,
        "/cuenta": customer,
        "/cuenta/contrasena": customer,
        "/cuenta/sesiones": customer,
        "/invitacion": public,
        "/login": public,
        "/nueva-contrasena": public,
        "/pedidos/<numero>/cancelar": own_pedido,
        "/pedidos/<numero>/repetir": own_pedido,
        "/recuperar": public,
        "/registro": public,
        "/salir": Row(PUBLIC, ends_session=True),
    },
    PUT={
        "/api/admin/productos/<int:producto_id>/imagen": encargado,
        "/api/carrito/items/<int:producto_id>": public,
    },
    PATCH={
        "/api/admin/configuracion": admin,
        "/api/admin/categorias/<int:grupo_id>": encargado,
        "/api/admin/negocios/<int:grupo_id>": encargado,
        "/api/admin/sucursales/<int:grupo_id>": encargado,
        "/api/admin/clientes/<int:cliente_id>": admin,
        "/api/admin/personal/<int:persona_id>": Row(ADMIN, data={}),
        "/api/admin/productos/<int:producto_id>": encargado,
        "/api/admin/productos/<int:producto_id>/imagenes": encargado,
        "/api/admin/promociones/<int:promocion_id>": encargado,
    },
    DELETE={
        "/api/admin/productos/<int:producto_id>/imagenes/<int:imagen_id>": encargado,
        "/api/admin/personal/<int:persona_id>/invitacion": admin,
        "/api/carrito/cupon": public,
        "/api/carrito/items/<int:producto_id>": public,
        "/api/sesion": Row(PUBLIC, ends_session=True),
        "/api/sesiones/<marca>": Row(CUSTOMERS, owned=True),
    },
)

TICKETERA = rows(
    "ticketera",
    GET={
        "/": public,
        "/administradores": admin,
        "/administradores/<int:number>": admin,
        "/administradores/nuevo": admin,
        "/api/caja": Row(REPARTIDORES),
        "/api/configuracion": admin,
        "/api/preferencias": admin,
        "/api/conflictos": admin,
        "/api/contacto": staff,
        "/api/mis-conflictos": Row(REPARTIDORES),
        "/api/mis-tickets": Row(REPARTIDORES),
        "/api/novedades": Row(STAFF, data={"epoca": "x", "desde": 0}),
        "/api/politica": Row(REPARTIDORES),
        "/api/ofertas": Row(REPARTIDORES),
        "/api/permisos": Row(REPARTIDORES),
        "/api/repartidores": admin,
        "/api/repartidores/<int:number>/orden": Row(ADMIN, data={"criterio": "franja"}),
        "/api/sesion": staff,
        "/api/sugerencias": admin,
        "/api/tablero": admin,
        "/api/tickets": admin,
        "/api/tickets/<int:number>": Row(STAFF, owned=True),
        "/api/tickets/<int:number>/fotos": Row(STAFF, owned=True),
        "/api/tickets/<int:number>/fotos/<foto_id>": Row(STAFF, owned=True),
        "/api/tickets/<int:number>/sugerencias": admin,
        "/api/turno": Row(REPARTIDORES),
        "/api/usuarios": admin,
        "/caja": admin,
        "/caja/<int:number>": admin,
        "/configuracion": admin,
        "/conflictos": admin,
        "/cuenta": staff,
        "/health": public,
        "/healthz": public,
        "/historial": admin,
        "/invitacion/<token>": public,
        "/historial.csv": admin,
        "/importar": admin,
        "/importar/ejemplo.csv": admin,
        "/informes": admin,
        "/informes.csv": admin,
        "/login": public,
        "/mapa": admin,
        "/metrics": public,
        "/openapi.json": public,
        "/repartidores": admin,
        "/repartidores/<int:number>": admin,
        "/repartidores/nuevo": admin,
        "/manifest.webmanifest": public,
        "/reparto": Row(REPARTIDORES),
        "/reparto/cascara": public,
        # One page for every ticket: it shows what GET /api/tickets/<id> gives it, which is nobody else's.
        "/reparto/tickets/<int:number>": Row(REPARTIDORES),
        "/seguir/<numero>/<token>": public,
        "/sw.js": public,
        "/static/<path:filename>": public,
        "/tablero": admin,
        "/tickets/<int:number>": admin,
        "/tickets/<int:number>/imprimir": admin,
        "/tickets/imprimir": admin,
        "/tickets/nuevo": admin,
    },
    POST={
        "/administradores/<int:number>": admin,
        "/administradores/<int:number>/<any(alta, baja):que>": admin,
        "/administradores/nuevo": admin,
        "/api/avisos": Row(REPARTIDORES, data={}),
        "/api/conflictos/<int:number>": admin,
        # 403 where the setting is off, before anything is looked for: tests/ticketera/routes/test_orden.py tries it on.
        "/api/mi-orden": Row(REPARTIDORES, data={}),
        "/api/mudanzas": admin,
        "/api/mudanzas/<clave>/deshacer": admin,
        # Without an accion_id nothing is taken; whose offers these are, tests/ticketera tries.
        "/api/ofertas/<int:number>/tomar": Row(REPARTIDORES, data={}),
        "/api/permisos": Row(REPARTIDORES, data={}),
        "/api/rendiciones": admin,
        "/api/repartidores": admin,
        "/api/repartidores/<int:number>/invitacion": admin,
        "/api/sesion": Row(PUBLIC, data={}),
        "/api/sesion/password": Row(STAFF, data={}),
        "/api/tickets": Row(KEY),
        "/api/tickets/<int:number>/acciones": Row(
            STAFF | KEY,
            owned=True,
            data={"accion": "entregar", "accion_id": "matriz", "version": 0},
            key_data={"accion": "cancelar", "accion_id": "matriz", "version": 0},
        ),
        "/api/tickets/<int:number>/resuelto": admin,
        "/api/tickets/<int:number>/pin": Row(REPARTIDORES, owned=True, data={"pin": ""}),
        "/api/turno": Row(REPARTIDORES),
        "/api/usuarios": admin,
        "/caja/<int:number>/fondo": admin,
        "/caja/<int:number>/rendicion": admin,
        "/configuracion": admin,
        "/conflictos/<int:number>": admin,
        "/cuenta": staff,
        "/invitacion/<token>": public,
        "/importar": admin,
        "/login": public,
        "/logout": Row(STAFF, ends_session=True),
        "/repartidores/<int:number>": admin,
        "/repartidores/<int:number>/alta": admin,
        "/repartidores/<int:number>/baja": admin,
        "/repartidores/<int:number>/invitacion": admin,
        "/repartidores/<int:number>/turno": admin,
        "/repartidores/nuevo": admin,
        "/tema": admin,
        "/tickets/nuevo": admin,
    },
    PUT={"/api/tickets/<int:number>/fotos/<foto_id>": Row(REPARTIDORES, owned=True)},
    PATCH={
        "/api/configuracion": admin,
        "/api/preferencias": admin,
        "/api/repartidores/<int:number>": admin,
        "/api/tickets/<int:number>": admin,
        "/api/usuarios/<int:number>": admin,
    },
    DELETE={
        "/api/avisos": Row(REPARTIDORES, data={}),
        "/api/sesion": Row(STAFF, ends_session=True),
    },
)

MATRIX = {**AHORRO, **TICKETERA}

# What a socket may say, and who changes something by it.
EVENTS = {
    "recibido": frozenset({"owner"}),
    "visto": frozenset({"owner"}),
    "ubicacion": frozenset({"owner"}),
    "telefono": REPARTIDORES,
    "mirando": ADMIN,
}
