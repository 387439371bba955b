"""Tries at a password and at a PIN outlast the process."""

from alembic import op

from belgrano.accounts import tries

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    tries.create_tables(op)
