"""What the shop says after the order: its count of it, whether it is paid, and when it was packed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what no ticket has been told yet."""
    op.add_column("tickets", sa.Column("revision", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("tickets", sa.Column("pagado", sa.Boolean))  # NULL: nobody said
    op.add_column("tickets", sa.Column("preparado_en", sa.BigInteger))
