"""What came from the earlier system, so that it never comes twice."""

from alembic import op

from belgrano.database import traidos

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of what came."""
    traidos.create_tables(op)
