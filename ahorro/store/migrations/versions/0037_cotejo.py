"""Which life of Ticketera the pedidos were compared with, and what only one side has."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A row for the last comparison, and one for each numero that a person has to look at."""
    op.create_table(
        "cotejo",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
        sa.Column("epoca", sa.Text, nullable=False),  # of Ticketera; empty: to be compared
        sa.Column("hecho_en", sa.BigInteger),
    )
    op.execute("INSERT INTO cotejo (id, epoca) VALUES (1, '')")
    op.create_table(
        "sin_par",
        sa.Column("numero", sa.Text, primary_key=True),
        sa.Column("que", sa.Text, nullable=False),
        sa.Column("estado", sa.Text, nullable=False),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.CheckConstraint("que IN ('sin_ticket', 'sin_pedido', 'reabierto')", name="sin_par_que"),
    )
