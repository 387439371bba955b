"""Pedidos are found by their instant, and by numero, name, address and telephone of who bought."""

import re

import sqlalchemy as sa
from alembic import op

from belgrano.words.text import folded

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the folded text, fill it in, and index the instant."""
    op.add_column("pedidos", sa.Column("buscado", sa.Text, nullable=False, server_default=""))
    con = op.get_bind()
    rows = con.execute(sa.text("SELECT id, numero, cliente_nombre, cliente_email, telefono FROM pedidos")).fetchall()
    values = [
        {
            "id": r.id,
            "buscado": folded(f"{r.numero} {r.cliente_nombre} {r.cliente_email} {re.sub('[^0-9]', '', r.telefono)}"),
        }
        for r in rows
    ]
    if values:
        con.execute(sa.text("UPDATE pedidos SET buscado = :buscado WHERE id = :id"), values)
    op.create_index("pedidos_creado", "pedidos", ["creado_en", "id"])
