"""A second factor for who works in the shop."""

from alembic import op

from belgrano.accounts import second_factor

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make its tables."""
    second_factor.create_tables(op)
