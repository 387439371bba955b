"""Who is idle is judged by the running time, and who is connected by what processes say, not by a clock.

A phone is connected while a process that beats has a line of it.
"""

import sqlalchemy as sa
from alembic import op

from belgrano.database import running

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; phones that are connected say so again when the new version has started."""
    running.create_tables(op)
    op.create_table(
        "procesos",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("latido", sa.BigInteger, nullable=False),  # counts; one that stays where it is belongs to the dead
    )
    op.create_table(
        "lineas",  # which process has sockets of whom
        sa.Column("proceso", sa.Text, nullable=False),
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.PrimaryKeyConstraint("usuario_id", "proceso"),
        sqlite_with_rowid=False,
    )
    op.drop_column("usuarios", "linea_hasta")
    op.add_column("usuarios", sa.Column("en_linea", sa.Boolean, nullable=False, server_default=sa.false()))
    # Of the running time, as `senal_en` is of the wall clock.
    op.add_column("usuarios", sa.Column("senal_marcha", sa.BigInteger, nullable=False, server_default="0"))
    op.execute("UPDATE usuarios SET senal_marcha = senal_en")
