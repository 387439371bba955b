"""Where on the map a pedido goes, where its customer said so."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Degrees; NULL: only the address is known."""
    for name in ("lat", "lng"):
        op.add_column("pedidos", sa.Column(name, sa.Double))
