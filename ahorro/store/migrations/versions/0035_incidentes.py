"""What is wrong with the app, when it could work, and the alerts that wait to leave."""

from alembic import op

from belgrano.database import incidents
from belgrano.outbox import alerts

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables."""
    incidents.create_tables(op)
    alerts.create_tables(op)
