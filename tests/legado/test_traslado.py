"""The earlier system moves in: what comes, what stays out and is named, and that it comes once."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from ahorro.actions.cancelaciones import cancelar_pedido
from ahorro.cli import erase_account
from belgrano.operator.database import opened
from tests.legado.antes import CUANDO, Antes
from tests.legado.conftest import Casa

ROOT = Path(__file__).resolve().parents[2]
A, B = "PED-20250814-0000000A", "PED-20250814-0000000B"


def huellas(antes: Antes) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(antes.carpeta)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(antes.carpeta.rglob("*"))
        if path.is_file()
    }


async def test_a_whole_system_comes_once_and_its_files_stay_as_they_are(casa: Casa, antes: Antes) -> None:
    before = huellas(antes)

    first = await casa.traer(antes)
    again = await casa.traer(antes)

    assert (first.afuera, again.afuera) == (0, 0)
    assert [line for line in casa.dicho if "nuevas" in line and " 0 nuevas" not in line] == []
    assert huellas(antes) == before
    pedidos = await casa.filas("ahorro", "SELECT * FROM pedidos ORDER BY numero")
    assert [(p["numero"], p["estado"], p["total_centavos"], bool(p["sin_ticket"])) for p in pedidos] == [
        (A, "entregado", 235000, False),
        (B, "pendiente", 235000, True),
    ]
    lines = await casa.filas("ahorro", "SELECT * FROM pedido_items ORDER BY id")
    assert [(r["nombre"], r["cantidad"], r["precio_centavos"]) for r in lines] == [
        ("Leche entera 1 L", 2, 95000),
        ("Producto 99", 1, 45000),
    ]
    assert await casa.filas("ahorro", "SELECT * FROM outgoing") == []
    [paquete] = await casa.filas("ahorro", "SELECT * FROM paquetes")
    assert (paquete["nombre"], bool(paquete["activo"]), paquete["direccion"]) == ("Semana", False, "Lacroze 2920")


async def test_without_apply_it_is_only_told_and_no_database_is_made(casa: Casa, antes: Antes) -> None:
    informe = await casa.traer(antes, apply=False)

    assert informe.afuera == 0
    assert casa.dijo("pedidos: 2 nuevas, 0 ya estaban, 0 no vienen")
    assert casa.dijo("ticket: 1 nuevas")
    if casa.ahorro.database.startswith("sqlite"):
        assert not os.path.exists(casa.ahorro.database.removeprefix("sqlite:///"))
    told = [line for line in casa.dicho if "nuevas" in line]
    await casa.traer(antes)
    assert [line for line in casa.dicho if "nuevas" in line] == told
    await casa.traer(antes, apply=False)
    assert casa.dijo("pedidos: 0 nuevas, 2 ya estaban, 0 no vienen")


async def test_nobody_brings_their_password_and_a_comercio_waits_to_be_agreed_to(casa: Casa, antes: Antes) -> None:
    await casa.traer(antes)

    shop = await casa.filas("ahorro", "SELECT nombre, rol, password_hash FROM usuarios ORDER BY email")
    fleet = await casa.filas("ticketera", "SELECT nombre, rol, password_hash FROM usuarios ORDER BY email")
    [comercio] = await casa.filas("ahorro", "SELECT * FROM comercios")

    assert [(p["nombre"], p["rol"]) for p in shop] == [("Ana Pérez", "cliente"), ("Marta Gómez", "comerciante")]
    assert [p["rol"] for p in fleet] == ["admin", "repartidor", "repartidor"]
    assert {p["password_hash"] for p in (*shop, *fleet)} == {""}
    assert (comercio["cuit"], comercio["aprobado_en"]) == ("30708612347", None)


async def test_a_price_below_the_original_is_an_offer_and_pictures_come(casa: Casa, antes: Antes) -> None:
    await casa.traer(antes)

    leche, queso = await casa.filas("ahorro", "SELECT * FROM productos ORDER BY id")
    imagenes = await casa.filas("ahorro", "SELECT producto_id FROM imagenes")

    assert (leche["precio_centavos"], leche["oferta_centavos"], leche["stock"]) == (110000, 95000, 50)
    assert (queso["precio_centavos"], queso["oferta_centavos"], queso["stock"]) == (123456, None, None)
    assert [each["producto_id"] for each in imagenes] == [leche["id"]]
    assert casa.dijo("productos 2", "imagen", "no-esta.jpg")
    assert casa.dijo("productos 2", "stock", "-3")


async def test_the_same_address_in_other_letters_is_the_first_account_and_its_pedidos_follow(
    casa: Casa, antes: Antes
) -> None:
    antes.usuario("ANA@Correo.test", 8, nombre="Otra")
    antes.pedido("PED-20250815-00000008", 8)

    informe = await casa.traer(antes)

    owners = await casa.filas(
        "ahorro", "SELECT u.nombre FROM pedidos p JOIN usuarios u ON u.id = p.usuario_id WHERE numero LIKE '%8'"
    )
    assert [each["nombre"] for each in owners] == ["Ana Pérez"]
    assert informe.afuera == 0
    assert casa.dijo("usuarios 8", "la misma cuenta que usuarios 1")


async def test_a_ticket_comes_with_its_holder_its_state_and_its_history(casa: Casa, antes: Antes) -> None:
    antes.poner("user", {"id": 9, "username": "x", "email": "x@b.test", "role": "flota", "nombre": "Ido", "activo": 0})
    antes.ticket("T-1")
    antes.ticket("T-2", estado="en-camino", repartidor_nombre="Repartidor 2")
    antes.ticket("T-3", repartidor_nombre="Ido")
    antes.ticket("T-4", repartidor_nombre="Repartidor7")
    antes.ticket("T-5", estado="en-preparacion")
    antes.ticket("T-6", estado="volando")

    await casa.traer(antes)

    rows = await casa.filas(
        "ticketera",
        "SELECT numero, estado, u.nombre, metodo_pago FROM tickets t LEFT JOIN usuarios u ON u.id = t.repartidor_id"
        " ORDER BY numero",
    )
    assert [(r["numero"], r["estado"], r["nombre"]) for r in rows] == [
        (A, "entregado", "Repartidor 1"),
        ("T-1", "asignado", "Repartidor 1"),
        ("T-2", "en_camino", "Repartidor 2"),
        ("T-3", "pendiente", None),
        ("T-4", "pendiente", None),
        ("T-5", "pendiente", None),
        ("T-6", "pendiente", None),
    ]
    assert rows[0]["metodo_pago"] == "transferencia"
    assert all(casa.dijo(f"ticket {numero}") for numero in ("T-3", "T-4", "T-5", "T-6"))
    history = await casa.filas(
        "ticketera",
        "SELECT que, ocurrido_en FROM cambios c JOIN tickets t ON t.id = c.ticket_id WHERE numero = :n ORDER BY c.id",
        n=A,
    )
    assert [each["que"] for each in history] == ["creado", "asignado", "entregar"]
    assert {each["ocurrido_en"] for each in history} == {1755177753552}
    open_ones = await casa.filas(
        "ticketera", "SELECT tickets_abiertos FROM usuarios WHERE nombre LIKE 'Rep%' ORDER BY id"
    )
    assert [each["tickets_abiertos"] for each in open_ones] == [1, 1]


P = {"usuario_id": 1, "total": 1.0, "fecha": CUANDO}
T = {"estado": "pendiente"}
# A row of the earlier system that cannot come, the words by which the report names it, and why.
FALTAS: tuple[tuple[str, dict[str, object], str, str], ...] = (
    ("usuarios", {"id": 71, "nombre": "X", "email": "sin-arroba"}, "71", "no es una dirección"),
    ("usuarios", {"id": 72, "nombre": None, "email": "x@x.test"}, "x@x.test", "nombre: falta"),
    ("usuarios", {"id": 73, "nombre": "X", "email": "y@x.test", "rol": "dios"}, "y@x.test", "rol: dios"),
    ("pedidos", {**P, "numero_pedido": "P-71", "total": -4450.0}, "P-71", "negativo"),
    ("pedidos", {**P, "numero_pedido": "P-72", "total": "nan"}, "P-72", "no es un importe"),
    ("pedidos", {**P, "numero_pedido": "P-73", "total": 9e999}, "P-73", "no es un importe"),
    ("pedidos", {**P, "numero_pedido": "P-74", "total": None}, "P-74", "no es un importe"),
    ("pedidos", {**P, "numero_pedido": "P-75", "usuario_id": 99}, "P-75", "el usuario 99 no viene"),
    ("pedidos", {**P, "numero_pedido": "P-76", "fecha": "ayer"}, "P-76", "fecha: ayer"),
    ("pedidos", {**P, "id": 77, "numero_pedido": None}, "77", "numero_pedido"),
    ("pedido_items", {"id": 71, "pedido_id": 1, "producto_id": 1, "cantidad": -2, "precio_unitario": 1}, "71", "-2"),
    ("pedido_items", {"id": 72, "pedido_id": 444, "producto_id": 1, "cantidad": 1, "precio_unitario": 1}, "72", "444"),
    ("comerciantes", {"id": 71, "usuario_id": 99}, "71", "el usuario 99 no viene"),
    ("comerciantes", {"id": 72, "usuario_id": 2}, "72", "ya tiene otro comercio"),
    ("paquetes_comerciantes", {"id": 71, "comerciante_id": 66}, "71", "el comerciante 66 no viene"),
    ("paquete_items", {"id": 71, "paquete_id": 3, "producto_id": "55", "cantidad": 1}, "71", "55 no está"),
    ("user", {"id": 71, "username": "z", "email": "z@z.test", "role": "jefe"}, "z@z.test", "no es admin ni flota"),
    ("ticket", {**T, "numero": "T-71", "productos": '[{"nombre": "Leche", '}, "T-71", "no se entienden"),
    ("ticket", {**T, "numero": "T-72", "productos": "{}"}, "T-72", "no son una lista"),
    ("ticket", {**T, "numero": "T-73", "productos": '[{"nombre": "A", "cantidad": NaN}]'}, "T-73", "ningún renglón"),
    ("ticket", {**T, "numero": "T-74", "total": -1}, "T-74", "negativo"),
    ("ticket", {**T, "numero": "T-75", "fecha_creacion": None}, "T-75", "fecha_creacion"),
    ("ticket", {**T, "numero": "T-76", "total": None, "productos": '["Leche"]'}, "T-76", "los renglones no lo dicen"),
)


async def test_each_row_that_cannot_come_is_named_with_why_and_holds_up_no_other(casa: Casa, antes: Antes) -> None:
    for tabla, fila, _, _ in FALTAS:
        if tabla == "ticket":
            antes.ticket(**fila)  # type: ignore[arg-type]
        else:
            antes.poner(tabla, fila)

    informe = await casa.traer(antes)

    silent = [(tabla, name, why) for tabla, _, name, why in FALTAS if not casa.dijo(f"no viene {tabla} ", name, why)]
    assert silent == []
    assert informe.afuera == len(FALTAS)
    assert [p["numero"] for p in await casa.filas("ahorro", "SELECT numero FROM pedidos ORDER BY numero")] == [A, B]
    assert [t["numero"] for t in await casa.filas("ticketera", "SELECT numero FROM tickets")] == [A]


async def test_a_pedido_whose_ticket_cannot_come_never_gets_one(casa: Casa, antes: Antes) -> None:
    antes.ticket(B, productos="roto", estado="entregado")

    await casa.traer(antes)

    [pedido] = await casa.filas("ahorro", "SELECT sin_ticket, estado FROM pedidos WHERE numero = :n", n=B)
    assert (bool(pedido["sin_ticket"]), pedido["estado"]) == (True, "pendiente")


ESCRITAS = {
    "2025-08-14 10:22:33": 1755166953000,
    "2025-08-14T10:22:33.552451": 1755166953552,
    "2025-08-14T07:22:33-03:00": 1755166953000,
    "14/08/2025 10:22:33": 1755166953000,
}


async def test_dates_are_read_in_four_writings_and_without_a_zone_are_utc(casa: Casa, antes: Antes) -> None:
    for n, written in enumerate(ESCRITAS):
        antes.pedido(f"P-{n}", fecha=written)

    await casa.traer(antes)

    rows = await casa.filas("ahorro", "SELECT creado_en FROM pedidos WHERE numero LIKE 'P-%' ORDER BY numero")
    assert [each["creado_en"] for each in rows] == list(ESCRITAS.values())


async def test_what_is_too_long_is_cut_and_told_and_odd_letters_come(casa: Casa, antes: Antes) -> None:
    antes.pedido("P-9", notas="ñ" * 1_000_000, total=1234.5650000001, direccion_entrega="Casa\0 🏠 \x1b[31mroja")
    antes.ticket("P-9", indicaciones="🚪" * 1_000_000, productos='["Leche 🥛 x2"]', total=0.125)

    await casa.traer(antes)

    [pedido] = await casa.filas("ahorro", "SELECT * FROM pedidos WHERE numero = 'P-9'")
    [ticket] = await casa.filas("ticketera", "SELECT * FROM tickets WHERE numero = 'P-9'")
    assert (len(pedido["notas"]), pedido["total_centavos"], pedido["direccion"]) == (2000, 123457, "Casa 🏠 [31mroja")
    assert (len(ticket["indicaciones"]), ticket["total"], ticket["productos"]) == (2000, 13, '["Leche 🥛 x2"]')
    assert casa.dijo("ojo pedidos P-9", "1000000 letras")


async def test_who_was_erased_since_does_not_come_back(casa: Casa, antes: Antes) -> None:
    await casa.traer(antes)
    antes.usuario("lola@correo.test", 30)
    await casa.traer(antes)
    await erase_account(casa.ahorro, "lola@correo.test")

    await casa.traer(antes)

    assert await casa.filas("ahorro", "SELECT id FROM usuarios WHERE email = 'lola@correo.test'") == []


async def test_a_pedido_that_never_became_a_ticket_is_cancelled_here_and_never_sent(casa: Casa, antes: Antes) -> None:
    await casa.traer(antes)
    [pedido] = await casa.filas("ahorro", "SELECT usuario_id FROM pedidos WHERE numero = :n", n=B)

    async with opened(casa.ahorro) as base:
        await base.do(cancelar_pedido, pedido["usuario_id"], B)

    [after] = await casa.filas("ahorro", "SELECT estado FROM pedidos WHERE numero = :n", n=B)
    assert after["estado"] == "cancelado"
    assert await casa.filas("ahorro", "SELECT id FROM outgoing") == []


async def test_older_files_without_later_columns_and_tables_come_too(casa: Casa, antes: Antes) -> None:
    with closing(sqlite3.connect(antes.tickets)) as raw, raw:
        raw.execute("ALTER TABLE ticket DROP COLUMN total")
    with closing(sqlite3.connect(antes.ahorro)) as raw, raw:
        raw.executescript("DROP TABLE paquete_items; DROP TABLE paquetes_comerciantes; DROP TABLE tokens_recuperacion")

    informe = await casa.traer(antes)

    [ticket] = await casa.filas("ticketera", "SELECT total FROM tickets")
    assert (informe.afuera, ticket["total"]) == (0, 190000)


def importar(carpeta: Path, antes: Antes, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder where our databases are, or will be."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AHORRO_", "TICKETS_", "BELGRANO_"))}
    return subprocess.run(
        [sys.executable, "-m", "belgrano", "import-legacy", *antes.options, *more],
        cwd=carpeta,
        env={**env, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_command_ends_with_3_where_rows_stayed_out_and_shows_how_far_it_is(tmp_path: Path, antes: Antes) -> None:
    antes.usuario("sin-arroba", 40)

    done = importar(tmp_path, antes)

    assert done.returncode == 3
    assert "no viene usuarios 40 (sin-arroba): email" in done.stdout
    assert "pedidos: 2 de 2" in done.stderr
    assert not list(tmp_path.glob("*.db*"))


def test_a_database_of_another_program_is_refused_in_one_line_before_anything_is_touched(
    tmp_path: Path, antes: Antes
) -> None:
    before = huellas(antes)

    in_place = importar(antes.carpeta, antes, "--apply")  # where our own names are those of the old files
    antes.ahorro.rename(antes.carpeta / "otra.db")
    antes.tickets.rename(antes.ahorro)
    (antes.carpeta / "otra.db").rename(antes.tickets)
    swapped = importar(tmp_path, antes, "--apply")

    for done, name in ((in_place, "belgrano_ahorro.db"), (swapped, "belgrano_ahorro.db")):
        assert (done.returncode, done.stdout) == (78, "")
        assert len(done.stderr.splitlines()) == 1
        assert name in done.stderr
    assert not list(tmp_path.glob("*.db*"))
    assert sorted(before) == sorted(n for n in huellas(antes) if n != ".belgrano-dev-secrets")


def test_a_file_with_changes_beside_it_is_refused_in_words(tmp_path: Path, antes: Antes) -> None:
    with closing(sqlite3.connect(antes.ahorro)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("DELETE FROM pedidos")
        raw.commit()

        done = importar(tmp_path, antes, "--apply")

    assert done.returncode == 78
    assert "belgrano_ahorro.db-wal" in done.stderr
    assert not list(tmp_path.glob("*.db*"))


def test_killed_half_way_and_done_again_it_is_whole_and_nothing_came_twice(tmp_path: Path, antes: Antes) -> None:
    many = 3000
    with closing(sqlite3.connect(antes.ahorro)) as raw, raw:
        raw.executemany(
            "INSERT INTO pedidos (numero_pedido, usuario_id, fecha, total) VALUES (?, 1, ?, 10)",
            [(f"P-{n}", CUANDO) for n in range(many)],
        )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "belgrano", "import-legacy", *antes.options, "--apply"]
    running = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ours = tmp_path / "belgrano_ahorro.db"
    while running.poll() is None and pedidos_en(ours) < 500:
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
    half = pedidos_en(ours)

    done = importar(tmp_path, antes, "--apply")

    assert done.returncode == 0, done.stderr
    assert 500 <= half < many + 2
    assert pedidos_en(ours) == many + 2
    assert f"pedidos: {many + 2 - half} nuevas, {half} ya estaban" in done.stdout


def pedidos_en(path: Path) -> int:
    """How many pedidos there are so far."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
            return int(raw.execute("SELECT count(*) FROM pedidos").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
