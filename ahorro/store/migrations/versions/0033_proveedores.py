"""Suppliers whose lists come again: how these are headed, what each column is, and how prices follow from them."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of proveedores; a name is one, however it is accented."""
    op.create_table(
        "proveedores",
        sa.Column("buscado", sa.Text, primary_key=True),  # the name, folded
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("titulos", sa.Text, nullable=False),  # JSON
        sa.Column("usos", sa.Text, nullable=False),  # JSON
        sa.Column("regla", sa.Text, nullable=False),  # JSON
    )
