"""What the owner keeps of a customer: a note, a comerciante's price list, how they are found, and a version."""

import sqlalchemy as sa
from alembic import op

from belgrano.words.text import folded

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and let who is there already be found by name, mail and telephone."""
    for name in ("nota", "buscado"):
        op.add_column("usuarios", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("usuarios", sa.Column("version", sa.BigInteger, nullable=False, server_default="1"))
    for name in ("lista", "buscado"):
        op.add_column("comercios", sa.Column(name, sa.Text, nullable=False, server_default=""))
    con = op.get_bind()
    for row in con.execute(sa.text("SELECT id, nombre, email, telefono FROM usuarios")).all():
        numbers = "".join(filter(str.isdigit, row.telefono))
        con.execute(
            sa.text("UPDATE usuarios SET buscado = :buscado WHERE id = :id"),
            {"buscado": f"{folded(row.nombre)} {folded(row.email)} {numbers}", "id": row.id},
        )
    for row in con.execute(sa.text("SELECT usuario_id, nombre, cuit FROM comercios")).all():
        con.execute(
            sa.text("UPDATE comercios SET buscado = :buscado WHERE usuario_id = :id"),
            {"buscado": f"{folded(row.nombre)} {row.cuit}", "id": row.usuario_id},
        )
