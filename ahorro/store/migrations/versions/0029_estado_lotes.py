"""What was asked and answered where many products went on sale at once, or off it, so that it is done once."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of lotes; what became of each product stands in the book."""
    op.create_table(
        "estado_lotes",
        sa.Column("lote", sa.Text, primary_key=True),
        sa.Column("huella", sa.Text, nullable=False),  # hash of what was asked
        sa.Column("respuesta", sa.Text, nullable=False),  # JSON
        sa.Column("en", sa.BigInteger, nullable=False),
    )
