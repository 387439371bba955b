"""What is open is counted from its index alone: without these columns SQLite reads all pedidos to count a few."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ABIERTOS = sa.text("estado IN ('pendiente', 'asignado', 'en_camino')")


def upgrade() -> None:
    """Make the index anew, with what its pedidos are counted by."""
    op.drop_index("pedidos_abiertos", "pedidos")
    op.create_index(
        "pedidos_abiertos",
        "pedidos",
        ["usuario_id", "estado", "metodo_pago"],
        sqlite_where=ABIERTOS,
        postgresql_where=ABIERTOS,
    )
