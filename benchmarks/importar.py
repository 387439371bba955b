"""20,000 prices at once, by a sheet, a rule and a supplier's list, and how long an order waits meanwhile."""

import csv
import io
import re
import threading
import time
import uuid
from collections.abc import Callable
from html import unescape

import httpx

from benchmarks.catalogo import DUENA, PRODUCTS, fill
from benchmarks.measure import cpu_seconds, percentile
from benchmarks.report import Report
from tests.servers import PASSWORD, POSTGRES, Servers, answers

IMPORTAR = "/api/admin/productos/importar"
PAGE, LISTAS = "/admin/productos/importar", "/admin/proveedores"
CLIENTA = "clienta@belgrano.test"
ENTREGA = {"direccion": "Av. Belgrano 1234", "telefono": "11 5555-1234", "metodo_pago": "efectivo"}
BETWEEN = 0.02  # seconds between two orders of one customer


class Orders:
    """A customer who orders again and again while something is done: how long each of their requests took, in ms."""

    def __init__(self, client: httpx.Client, producto_id: int) -> None:
        self.client, self.producto_id = client, producto_id
        self.took: list[float] = []
        self.refused = 0
        self.ended = threading.Event()

    def __enter__(self) -> "Orders":
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def _run(self) -> None:
        while not self.ended.is_set():
            self._post("/api/carrito/items", {"producto_id": self.producto_id, "cantidad": 1})
            self._post("/api/pedidos", {"clave": uuid.uuid4().hex, **ENTREGA})
            time.sleep(BETWEEN)

    def _post(self, path: str, said: dict[str, object]) -> None:
        began = time.perf_counter()
        made = self.client.post(path, json=said)
        self.took.append((time.perf_counter() - began) * 1000)
        self.refused += made.status_code >= 500  # a price that changed is a 409, once


def sheet(exported: str, by: float) -> bytes:
    """Key and price of what `fill` made, the price moved on by so many pesos."""
    lines = ["clave;precio"]
    for row in csv.DictReader(io.StringIO(exported.removeprefix("\ufeff")), delimiter=";"):
        if row["clave"].startswith("prueba-"):
            precio = float(row["precio"].replace(",", ".")) + by
            lines.append(f"{row['clave']};{precio:.2f}".replace(".", ","))
    return "\n".join(lines).encode()


def _client(town: Servers, email: str) -> httpx.Client:
    client = httpx.Client(base_url=town.ahorro.url, headers={"Origin": town.ahorro.url}, timeout=120)
    client.post("/api/sesion", json={"email": email, "password": PASSWORD}).raise_for_status()
    return client


def measure(town: Servers, report: Report) -> None:
    owner, buyer = _client(town, DUENA), _client(town, CLIENTA)
    producto_id = owner.get("/api/admin/productos?codigo=leche-entera-1l").json()["productos"][0]["id"]
    exported = owner.get("/api/admin/productos.csv").text
    filtro: dict[str, object] = {}

    def lines(by: float, address: str) -> None:
        came = owner.post(address, content=sheet(exported, by), headers={"Content-Type": "text/csv"})
        assert len(came.raise_for_status().json()["cambiados"]) == PRODUCTS, came.text[:300]

    def rule(**more: object) -> None:
        came = owner.post("/api/admin/precios", json={"filtro": filtro, "porcentaje": 3, **more})
        assert came.raise_for_status().json()["cantidad"] >= PRODUCTS, came.text[:300]

    def look() -> None:
        seen = owner.post(PAGE, files={"archivo": ("lista.csv", sheet(exported, 2))}).raise_for_status().text
        texto = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", seen, re.DOTALL)
        vista = re.search(r'name="vista" value="([^"]*)"', seen)
        assert texto is not None
        assert vista is not None
        shown.update(texto=unescape(texto[1]), vista=vista[1])

    def keep() -> None:
        fields = {name: (None, value) for name, value in shown.items()}
        assert "Listo" in owner.post(PAGE, files=fields).raise_for_status().text

    def fresh() -> None:
        negocio = next(csv.DictReader(io.StringIO(exported.removeprefix("\ufeff")), delimiter=";"))["negocio"]
        rows = "".join(f"Nuevo {n} de la lista;{n + 100};{negocio};lacteos;788{n:010d}\n" for n in range(PRODUCTS))
        raw = f"nombre;precio;negocio;categoria;codigo_barras\n{rows}".encode()
        came = owner.post(IMPORTAR, content=raw, headers={"Content-Type": "text/csv"})
        assert came.raise_for_status().json()["nuevos"] == PRODUCTS, came.text[:300]

    def supplier_looks() -> None:
        rows = "".join(f"{n};DETALLE {n};779{n:010d};{n + 900},50\n" for n in range(PRODUCTS))
        raw = f"COD;DETALLE;EAN;P. LISTA\n{rows}".encode()
        columns = {"uso-0": "", "uso-1": "nombre", "uso-2": "codigo_barras", "uso-3": "precio"}
        listed.update(texto=raw.decode(), nombre="Sur", porcentaje="30", redondeo="10", forzar="1", **columns)
        seen = owner.post(LISTAS, files={k: (None, v) for k, v in (listed | {"paso": "ver"}).items()}).text
        for name in ("vista", "clave"):
            found = re.search(rf'name="{name}" value="([^"]*)"', seen)
            assert found is not None, seen[:300]
            listed[name] = found[1]

    def supplier_keeps() -> None:
        done = owner.post(LISTAS, files={k: (None, v) for k, v in (listed | {"paso": "aplicar"}).items()})
        assert "Listo: cambiamos" in done.raise_for_status().text

    def undo() -> None:
        lote = str(uuid.uuid4())
        rule(clave=lote)
        began = time.perf_counter()
        owner.post(f"/api/admin/precios/{lote}/deshacer").raise_for_status()
        report.row("a rule undone", (time.perf_counter() - began) * 1000)

    shown: dict[str, str] = {}
    listed: dict[str, str] = {}
    steps: list[tuple[str, Callable[[], None], str]] = [
        ("nothing", lambda: time.sleep(3), ""),
        ("a sheet, looked at", lambda: lines(1, f"{IMPORTAR}?vista_previa=1"), "≤ 20,000"),
        ("a sheet, kept", lambda: lines(1, IMPORTAR), "≤ 20,000"),
        ("a page's sheet, looked at", look, "≤ 20,000"),
        ("a page's sheet, kept", keep, "≤ 20,000"),
        ("a rule, looked at", lambda: rule(vista_previa=True), "≤ 3,000"),
        ("a rule, kept", lambda: rule(clave=str(uuid.uuid4())), "≤ 3,000"),
        ("a rule, kept and undone", undo, ""),
        ("a supplier's list, looked at", supplier_looks, "≤ 20,000"),
        ("a supplier's list, kept", supplier_keeps, "≤ 20,000"),
        ("a sheet of new products, kept", fresh, "≤ 20,000"),
    ]
    for name, act, reach in steps:
        cpu, began = cpu_seconds(town.ahorro.pid), time.perf_counter()
        with Orders(buyer, producto_id) as orders:
            act()
            took = (time.perf_counter() - began) * 1000
        report.row(name, took, None, reach)
        report.row(f"{name}: CPU", (cpu_seconds(town.ahorro.pid) - cpu) * 1000)
        report.row("… an order meanwhile: p50", percentile(orders.took, 50))
        report.row("… the slowest", max(orders.took), None, "≤ 200")
        report.row("… refused", orders.refused, None, "0")
    owner.close()
    buyer.close()


def run() -> None:
    for kind in ("SQLite", "PostgreSQL")[: 2 if answers(POSTGRES) else 1]:
        report = Report(f"{PRODUCTS:,} prices at once, {kind} (ms)")
        with Servers(postgres=kind == "PostgreSQL", BELGRANO_LIMITS="off") as town:
            town.catalogue()
            town.create_user("ahorro", "admin", DUENA, "Marta Dueña")
            town.create_user("ahorro", "cliente", CLIENTA, "Clara Clienta")
            town.in_shop(fill)
            town.ahorro.forked = False
            town.start("ahorro")
            measure(town, report)
        report.show()
