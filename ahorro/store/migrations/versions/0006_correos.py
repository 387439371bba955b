"""Mail that waits to leave is a row."""

import sqlalchemy as sa
from alembic import op

from belgrano.database.migrations import big_id

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, which is empty whenever all mail has left."""
    op.create_table(
        "correos",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("para", sa.Text, nullable=False),
        sa.Column("asunto", sa.Text, nullable=False),
        sa.Column("texto", sa.Text, nullable=False),
        sa.Column("semilla", sa.Text, nullable=False),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.Column("mandar_en", sa.BigInteger, nullable=False),
        sa.Column("vence_en", sa.BigInteger, nullable=False),
        sa.Column("intentos", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("correos_mandar", "correos", ["mandar_en"])
