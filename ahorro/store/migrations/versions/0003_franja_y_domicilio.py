"""Floor, flat and barrio apart from the street, and the window that a customer chose."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Four columns, and the index that counts a window's pedidos."""
    for name in ("piso", "barrio"):
        op.add_column("pedidos", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("pedidos", sa.Column("franja_desde", sa.BigInteger))  # NULL: as soon as possible
    op.add_column("pedidos", sa.Column("franja_hasta", sa.BigInteger))
    chosen = sa.text("franja_desde IS NOT NULL")
    op.create_index("pedidos_franja", "pedidos", ["franja_desde"], sqlite_where=chosen, postgresql_where=chosen)
