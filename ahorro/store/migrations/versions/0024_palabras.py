"""The words of the products' names, and which products have them: what a search reads instead of every name."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ORDENADO = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make the tables and fill them from the names that are there."""
    op.create_table("palabras", sa.Column("palabra", ORDENADO, primary_key=True), sqlite_with_rowid=False)
    op.create_table(
        "producto_palabras",
        sa.Column("palabra", ORDENADO, sa.ForeignKey("palabras.palabra"), primary_key=True),
        sa.Column("producto_id", sa.BigInteger, sa.ForeignKey("productos.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    con = op.get_bind()
    de_cada_uno = {r.id: set(r.buscado.split()) for r in con.execute(sa.text("SELECT id, buscado FROM productos"))}
    palabras = [{"palabra": palabra} for palabra in sorted(set().union(*de_cada_uno.values()))]
    pares = [{"palabra": w, "producto_id": each} for each, words in de_cada_uno.items() for w in sorted(words)]
    if palabras:
        con.execute(sa.text("INSERT INTO palabras (palabra) VALUES (:palabra)"), palabras)
        con.execute(
            sa.text("INSERT INTO producto_palabras (palabra, producto_id) VALUES (:palabra, :producto_id)"), pares
        )
    op.create_index("producto_palabras_producto", "producto_palabras", ["producto_id"])
