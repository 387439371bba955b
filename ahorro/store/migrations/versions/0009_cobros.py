"""What was collected at the door, where the repartidor said it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it, and find quickly where it is not the total."""
    op.add_column("pedidos", sa.Column("cobrado_centavos", sa.BigInteger))  # NULL: nobody said
    op.add_column("pedidos", sa.Column("medio", sa.Text))
    otro = sa.text("cobrado_centavos <> total_centavos")
    op.create_index("pedidos_cobro_distinto", "pedidos", ["estado_en"], sqlite_where=otro, postgresql_where=otro)
