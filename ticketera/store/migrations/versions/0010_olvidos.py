"""When the shop asked to forget whose an order was."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what no ticket has been told yet."""
    op.add_column("tickets", sa.Column("olvidar_en", sa.BigInteger))  # NULL: nobody asked
