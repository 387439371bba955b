"""Whoever has their account forgotten is in no table: a column about people is erased, or a reason says why not."""

import re
import sqlite3
from pathlib import Path

import pytest

from ahorro.settings import MIGRATIONS
from ahorro.store import borrado
from belgrano.database.upgrading import upgrade_file

ABOUT_PEOPLE = re.compile(
    r"(usuario|user|quien|cliente|persona|repartidor)_?(id|nombre)?|.*(email|correo|telefono|direccion|domicilio|piso)"
    r"|para|nombre|notas?|detalle|texto|body|headers|last_error|device|password_hash|buscado|huella|de|a|.*_nombre"
)
NOBODYS = {
    "negocios": "the shop's own",
    "sucursales": "the shop's own",
    "categorias": "the shop's own",
    "productos": "the shop's own",
    "promociones": "the shop's own",
    "precio_lotes": "a list of prices; its huella is of a request",
    "estado_lotes": "products put on sale or off it; its huella is of a request",
    "imagenes": "a picture of a product",
    "imagen_archivos": "a picture of a product",
    "pedido_items": "what was bought; whose it was the pedido has forgotten",
    "pedido_descuentos": "what was taken off; whose it was the pedido has forgotten",
    "pedido_libro": "money; who took it works here",
    "precio_cambios": "only who works in the shop changes prices",
    "precio_programados": "only who works in the shop changes prices",
    "proveedores": "suppliers and the columns of their lists",
    "alerts": "what is wrong with a machine; said to who runs it",
    "incidents": "what is wrong with a machine; said to who runs it",
    "invitaciones": "only who works in the shop is invited",
    "second_factors": "only who works in the shop has a second step",
    "recovery_codes": "only who works in the shop has a second step",
}


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The columns of each table, as the migrations make them."""
    path = tmp_path_factory.mktemp("esquema") / "ahorro.db"
    upgrade_file(path, MIGRATIONS)
    with sqlite3.connect(path) as con:
        tables = [row[0] for row in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: {row[1] for row in con.execute(f"PRAGMA table_info({table})")} for table in tables}


def written() -> str:
    return Path(borrado.__file__).read_text()


def test_every_table_with_a_column_about_people_is_erased_from_or_says_why_not(columns: dict[str, set[str]]) -> None:
    about = {table for table, names in columns.items() if any(ABOUT_PEOPLE.fullmatch(name) for name in names)}
    erased = set(re.findall(r"(?:UPDATE|DELETE FROM) (\w+)", written()))

    assert {"usuarios", "pedidos", "sessions", "outgoing", "auditoria"} <= about
    assert about - erased - set(NOBODYS) == set()
    assert erased & set(NOBODYS) == set() and set(NOBODYS) <= set(columns)


def test_of_a_row_that_stays_every_text_about_people_is_emptied(columns: dict[str, set[str]]) -> None:
    stays = dict(re.findall(r"UPDATE (\w+)\s+SET(.*?)WHERE", written(), re.DOTALL))
    kept = {
        "usuarios": set(),
        "pedidos": {"usuario_id", "repartidor_nombre"},  # whose it was is nobody's any more; who brought it works here
        "arrepentimientos": set(),
        "sessions": {"user_id"},
        "pedido_actos": {"usuario_id", "quien"},  # who works here
        "auditoria": {"quien_id", "quien_nombre", "de", "a"},  # who works here, and no word about a person
    }

    assert set(stays) == set(kept)
    for table, said in stays.items():
        emptied = set(re.findall(r"(\w+) = ", said))
        about = {name for name in columns[table] if ABOUT_PEOPLE.fullmatch(name)}
        assert about - emptied - kept[table] == set(), table
