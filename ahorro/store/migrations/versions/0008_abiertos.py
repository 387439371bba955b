"""Which pedidos of a customer are open is found without looking through those that are over."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index, of open ones only."""
    abiertos = sa.text("estado IN ('pendiente', 'asignado', 'en_camino')")
    op.create_index("pedidos_abiertos", "pedidos", ["usuario_id"], sqlite_where=abiertos, postgresql_where=abiertos)
