"""Links with which who works in the shop sets a password."""

from alembic import op

from belgrano.accounts import invitations

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    invitations.create_tables(op)
