"""What came from the earlier system, so that it never comes twice; pedidos that Ticketera never heard of."""

import sqlalchemy as sa
from alembic import op

from belgrano.database import traidos

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of what came, and a mark on the pedidos that never get a ticket."""
    traidos.create_tables(op)
    op.add_column("pedidos", sa.Column("sin_ticket", sa.Boolean, nullable=False, server_default=sa.false()))
