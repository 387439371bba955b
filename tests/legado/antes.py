"""Writes what the earlier system left behind: its two SQLite files, its catalogue and pictures, with their faults."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pictures import jpeg

AHORRO = """
CREATE TABLE usuarios (id INTEGER PRIMARY KEY AUTOINCREMENT, nombre TEXT, apellido TEXT, email TEXT UNIQUE,
  telefono TEXT, direccion TEXT, fecha_registro TIMESTAMP DEFAULT CURRENT_TIMESTAMP, password TEXT,
  rol TEXT DEFAULT 'cliente');
CREATE TABLE pedidos (id INTEGER PRIMARY KEY AUTOINCREMENT, usuario_id INTEGER, numero_pedido TEXT UNIQUE,
  fecha TIMESTAMP DEFAULT CURRENT_TIMESTAMP, total DECIMAL(10,2), estado TEXT DEFAULT 'pendiente', metodo_pago TEXT,
  direccion_entrega TEXT, notas TEXT, ticket_confirmado INTEGER, ticket_estado TEXT, fecha_confirmacion TIMESTAMP);
CREATE TABLE pedido_items (id INTEGER PRIMARY KEY AUTOINCREMENT, pedido_id INTEGER, producto_id INTEGER,
  cantidad INTEGER, precio_unitario DECIMAL(10,2), subtotal DECIMAL(10,2));
CREATE TABLE comerciantes (id INTEGER PRIMARY KEY AUTOINCREMENT, usuario_id INTEGER, nombre_negocio TEXT, cuit TEXT,
  direccion_comercial TEXT, telefono_comercial TEXT, tipo_negocio TEXT, fecha_registro TIMESTAMP, activo BOOLEAN);
CREATE TABLE paquetes_comerciantes (id INTEGER PRIMARY KEY AUTOINCREMENT, comerciante_id INTEGER, nombre_paquete TEXT,
  descripcion TEXT, fecha_creacion TIMESTAMP, activo BOOLEAN, frecuencia TEXT, proximo_pedido DATE);
CREATE TABLE paquete_items (id INTEGER PRIMARY KEY AUTOINCREMENT, paquete_id INTEGER, producto_id TEXT,
  cantidad INTEGER);
CREATE TABLE tokens_recuperacion (id INTEGER PRIMARY KEY AUTOINCREMENT, usuario_id INTEGER, token TEXT UNIQUE,
  expiracion TIMESTAMP, usado BOOLEAN);
"""
TICKETS = """
CREATE TABLE user (id INTEGER PRIMARY KEY, username VARCHAR(80) UNIQUE, email VARCHAR(120) UNIQUE, password VARCHAR,
  role VARCHAR(20), nombre VARCHAR(100), activo BOOLEAN, fecha_creacion DATETIME);
CREATE TABLE ticket (id INTEGER PRIMARY KEY, numero VARCHAR(50) UNIQUE, cliente_nombre VARCHAR(120),
  cliente_direccion VARCHAR(200), cliente_telefono VARCHAR(50), cliente_email VARCHAR(120), productos TEXT, total FLOAT,
  estado VARCHAR(50), prioridad VARCHAR(20), indicaciones TEXT, asignado_a INTEGER, repartidor_nombre VARCHAR(50),
  fecha_creacion DATETIME, fecha_asignacion DATETIME, fecha_entrega DATETIME, notas_repartidor TEXT);
"""
CUANDO = "2025-08-14 10:22:33"
HASH = "ab12$0f3c"  # salt$sha256, which is never kept
CATALOGO: dict[str, Any] = {
    "negocios": {"belgrano_ahorro": {"id": 1, "nombre": "Belgrano Ahorro", "descripcion": "El de siempre"}},
    "sucursales": {
        "belgrano_ahorro": {"centro": {"id": 1, "nombre": "Centro", "direccion": "Cabildo 1", "horarios": "8 a 20"}}
    },
    "categorias": {"lacteos": {"id": 1, "nombre": "Lácteos", "icono": "🥛"}},
    "ofertas": {"belgrano_ahorro": [{"id": 1, "titulo": "2x1", "productos": [1]}]},
    "productos": [
        {
            "id": 1, "nombre": "Leche entera 1 L", "precio": 950.0, "precio_original": 1100.0, "stock": 50,
            "negocio": "belgrano_ahorro", "categoria": "lacteos", "destacado": True, "activo": True,
            "imagen": "static/img/leche.jpg", "sucursales": ["centro"],
        },
        {
            "id": 2, "nombre": "Queso 🧀", "precio": 1234.5600000001, "negocio": "belgrano_ahorro", "stock": -3,
            "categoria": "lacteos", "activo": True, "imagen": "static/img/no-esta.jpg",
        },
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Antes:
    """The files of one earlier system, in a folder of their own."""

    carpeta: Path

    @property
    def ahorro(self) -> Path:
        return self.carpeta / "belgrano_ahorro.db"

    @property
    def tickets(self) -> Path:
        return self.carpeta / "belgrano_tickets.db"

    @property
    def productos(self) -> Path:
        return self.carpeta / "productos.json"

    @property
    def imagenes(self) -> Path:
        return self.carpeta / "imagenes"

    @property
    def files(self) -> dict[str, Path | None]:
        """As the apps' `import_legacy` takes them."""
        return {"ahorro": self.ahorro, "tickets": self.tickets, "productos": self.productos, "imagenes": self.imagenes}

    @property
    def options(self) -> list[str]:
        """As the command takes them."""
        return [each for name, path in self.files.items() for each in (f"--{name}", str(path))]

    def poner(self, tabla: str, *filas: dict[str, object]) -> None:
        """Write rows into a table of either file."""
        path = self.tickets if tabla in {"user", "ticket"} else self.ahorro
        with closing(sqlite3.connect(path)) as raw, raw:
            for fila in filas:
                names = ", ".join(fila)
                raw.execute(f"INSERT INTO {tabla} ({names}) VALUES ({', '.join('?' * len(fila))})", list(fila.values()))

    def usuario(self, email: object, id: int | None = None, **dicho: object) -> None:
        """A customer."""
        said = {"nombre": "Ana", "apellido": "Pérez", "telefono": "11 5555-1234", "direccion": "Moldes 1234"}
        self.poner("usuarios", {**said, "id": id, "email": email, "password": HASH, "rol": "cliente", **dicho})

    def pedido(self, numero: object, usuario_id: object = 1, **dicho: object) -> None:
        """A pedido without lines."""
        said = {"fecha": CUANDO, "total": 2350.0, "metodo_pago": "transferencia", "direccion_entrega": "Moldes 1234"}
        self.poner("pedidos", {**said, "numero_pedido": numero, "usuario_id": usuario_id, **dicho})

    def ticket(self, numero: object, **dicho: object) -> None:
        """A ticket as its intake wrote it: pendiente, in the hands of a name."""
        said = {
            "cliente_nombre": "Ana Pérez", "cliente_direccion": "Moldes 1234", "cliente_telefono": "11 5555-1234",
            "cliente_email": "ana@correo.test", "total": 2350.0, "estado": "pendiente", "prioridad": "normal",
            "repartidor_nombre": "Repartidor1", "fecha_creacion": "2025-08-14 13:22:33.552451",
            "productos": json.dumps([{"id": 1, "nombre": "Leche", "precio": 950.0, "cantidad": 2, "subtotal": 1900.0}]),
        }  # fmt: skip
        self.poner("ticket", {**said, "numero": numero, **dicho})

    def catalogo(self, productos: Sequence[object] | None = None, **dicho: object) -> None:
        """The catalogue, with other products where they are given."""
        found = {**CATALOGO, **({} if productos is None else {"productos": productos}), **dicho}
        self.productos.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def un_sistema(carpeta: Path) -> Antes:
    """A system without faults: two customers, a comerciante with a paquete, pedidos and their tickets, a fleet."""
    antes = Antes(carpeta)
    carpeta.mkdir(parents=True, exist_ok=True)
    for path, schema in ((antes.ahorro, AHORRO), (antes.tickets, TICKETS)):
        with closing(sqlite3.connect(path)) as raw:
            raw.executescript(schema)
    antes.imagenes.mkdir()
    (antes.imagenes / "leche.jpg").write_bytes(jpeg())
    antes.catalogo()
    antes.usuario("ana@correo.test", 1)
    antes.usuario("marta@correo.test", 2, nombre="Marta", apellido="Gómez", rol="comerciante")
    antes.poner(
        "comerciantes",
        {"id": 5, "usuario_id": 2, "nombre_negocio": "Almacén La Marta", "cuit": "30-70861234-7",
         "direccion_comercial": "Lacroze 2920", "telefono_comercial": "11 4555-0000", "tipo_negocio": "Almacén"},
    )  # fmt: skip
    antes.poner(
        "paquetes_comerciantes",
        {"id": 3, "comerciante_id": 5, "nombre_paquete": "Semana", "frecuencia": "semanal", "activo": 1,
         "proximo_pedido": "2025-08-20"},
    )  # fmt: skip
    antes.poner("paquete_items", {"paquete_id": 3, "producto_id": "1", "cantidad": 4})
    antes.pedido("PED-20250814-0000000A", id=1)
    antes.poner(
        "pedido_items",
        {"pedido_id": 1, "producto_id": 1, "cantidad": 2, "precio_unitario": 950.0, "subtotal": 1900.0},
        {"pedido_id": 1, "producto_id": 99, "cantidad": 1, "precio_unitario": 450.0, "subtotal": 450.0},
    )
    antes.pedido("PED-20250814-0000000B", id=2)  # never reached the dispatch
    antes.poner(
        "user",
        *(
            {"id": n, "username": name, "email": f"{name}@belgrano.test", "password": "scrypt:x", "role": role,
             "nombre": said, "activo": 1}
            for n, name, role, said in (
                (1, "admin", "admin", "Administrador"),
                (2, "repartidor1", "flota", "Repartidor 1"),
                (3, "repartidor2", "flota", "Repartidor 2"),
            )
        ),
    )  # fmt: skip
    antes.ticket("PED-20250814-0000000A", estado="entregado")
    return antes
