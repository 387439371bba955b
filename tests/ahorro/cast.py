"""Who shops in the tests, and what is on the shelves."""

import itertools
import uuid
from dataclasses import dataclass
from typing import Any

from quart import Quart
from quart.typing import TestClientProtocol

from ahorro.actions.cuentas import registrar_usuario
from ahorro.domain.ficha import NUEVA
from ahorro.domain.grupos import CATEGORIA, NEGOCIO, Tipo
from ahorro.routes.house import House
from ahorro.store.fichas import insert_ficha, select_id_de
from ahorro.store.grupos import insert_grupo
from belgrano.accounts.passwords import hash_password
from belgrano.database.base import Base
from belgrano.database.work import Work
from belgrano.http.house import HOUSE

PASSWORD = "una-clave-bien-larga"
_hashed: list[str] = []
_numbers = itertools.count(1)


def un_correo(quien: str = "clienta") -> str:
    """An address that nobody had before."""
    return f"{quien}{next(_numbers)}-{uuid.uuid4().hex[:6]}@correo.test"


def una_clave() -> str:
    return uuid.uuid4().hex


def una_entrega(**cambios: Any) -> dict[str, Any]:
    """The body of POST /api/pedidos."""
    return {
        "clave": una_clave(),
        "direccion": "Av. Belgrano 1234",
        "telefono": "11 5555-1234",
        "metodo_pago": "efectivo",
        **cambios,
    }


@dataclass
class Visitor:
    """A browser of the shop, with its cookies."""

    client: TestClientProtocol
    id: int = 0
    email: str = ""

    async def ask(self, method: str, path: str, data: Any = None, /, **more: Any) -> Any:
        """The answer; its `.json` is there when it is JSON."""
        if data is not None:
            more["json"] = data
        response = await self.client.open(path, method=method, **more)
        response.data_ = await response.get_json() if "json" in (response.content_type or "") else None
        return response

    async def ok(self, method: str, path: str, data: Any = None, /, **more: Any) -> Any:
        """The JSON of an answer that must be a success."""
        response = await self.ask(method, path, data, **more)
        assert response.status_code < 300, (response.status_code, response.data_)
        return response.data_

    async def add(self, producto_id: int, cantidad: int = 1) -> Any:
        return await self.ok("POST", "/api/carrito/items", {"producto_id": producto_id, "cantidad": cantidad})

    async def order(self, **cambios: Any) -> Any:
        return await self.ask("POST", "/api/pedidos", una_entrega(**cambios))

    async def buy(self, producto_id: int, cantidad: int = 1, **cambios: Any) -> Any:
        """A pedido of one product; the 201's JSON."""
        await self.add(producto_id, cantidad)
        response = await self.order(**cambios)
        assert response.status_code == 201, response.data_
        return response.data_


class ShopApp:
    """The shop under test and ways to people it."""

    def __init__(self, app: Quart) -> None:
        self.app = app
        self.house: House = app.extensions[HOUSE]
        self.base: Base = self.house.base

    def visitor(self) -> Visitor:
        """A browser that nobody has logged in."""
        return Visitor(self.app.test_client())

    async def customer(self, rol: str = "cliente", nombre: str = "Ana Pérez", email: str | None = None) -> Visitor:
        """A browser with a new account logged in."""
        visitor = self.visitor()
        visitor.email = email or un_correo(rol)
        visitor.id = await self.sign_up(visitor.email, rol, nombre)
        await self.log_in(visitor)
        return visitor

    async def sign_up(self, email: str, rol: str = "cliente", nombre: str = "Ana Pérez") -> int:
        """A new account."""
        if not _hashed:
            _hashed.append(await hash_password(PASSWORD))
        return await self.base.do(registrar_usuario, nombre=nombre, email=email, password_hash=_hashed[0], rol=rol)

    async def log_in(self, visitor: Visitor, password: str = PASSWORD) -> Any:
        return await visitor.ask("POST", "/api/sesion", {"email": visitor.email, "password": password})

    async def producto(self, nombre: str = "Arroz 1 kg", precio: int = 95050, **cambios: Any) -> int:
        """A new product on sale; its id."""
        return await self.base.do(un_producto, nombre, precio, **cambios)


async def un_producto(work: Work, nombre: str, precio: int, *, categoria: str = "Almacén", **cambios: Any) -> int:
    """A product of a negocio and a categoria that are made when missing."""
    ficha = {
        **NUEVA,
        "clave": f"p{next(_numbers)}-{uuid.uuid4().hex[:6]}",
        "nombre": nombre,
        "negocio_id": await _filed(work, NEGOCIO, "mercado", "Mercado"),
        "categoria_id": await _filed(work, CATEGORIA, categoria.lower(), categoria),
        "precio_centavos": precio,
        **cambios,
    }
    return await insert_ficha(work.con, ficha, work.ahora)


async def _filed(work: Work, tipo: Tipo, clave: str, nombre: str) -> int:
    """The id of the negocio or categoria of this clave, made when missing."""
    known = await select_id_de(work.con, tipo.tabla, clave)
    said = {
        "clave": clave,
        "nombre": nombre,
        "descripcion": "",
        "orden": 1,
        **({"padre_id": None} if tipo.bajo else {}),
    }
    return known or await insert_grupo(work.con, tipo, said)
