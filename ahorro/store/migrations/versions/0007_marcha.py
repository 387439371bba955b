"""How long the app has been running: sessions are idle by that, not by a clock that may be set."""

from alembic import op

from belgrano.database import running

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    running.create_tables(op)
