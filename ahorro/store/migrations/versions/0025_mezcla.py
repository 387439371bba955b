"""Promotions that count units of several products together."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that are there count each product by itself."""
    op.add_column("promociones", sa.Column("mezcla", sa.Boolean, nullable=False, server_default=sa.false()))
