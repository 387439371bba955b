"""On which device each session was opened."""

from alembic import op

from belgrano.accounts import devices

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of the sessions of before nobody knows."""
    devices.add_device(op)
