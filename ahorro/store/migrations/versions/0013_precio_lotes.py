"""What was asked and answered where many prices changed at once, so that it is done once and can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of lotes; what each product cost stands in `precio_cambios` under the same `lote`."""
    op.create_table(
        "precio_lotes",
        sa.Column("lote", sa.Text, primary_key=True),
        sa.Column("huella", sa.Text, nullable=False),  # hash of what was asked
        sa.Column("respuesta", sa.Text, nullable=False),  # JSON
        sa.Column("deshecho", sa.Text),  # JSON; NULL: nobody took it back
        sa.Column("en", sa.BigInteger, nullable=False),
    )
