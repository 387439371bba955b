"""Tries at a password outlast the process."""

from alembic import op

from belgrano.accounts import tries

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    tries.create_tables(op)
