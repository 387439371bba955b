"""The cash that each repartidor has to hand in is counted as it changes, not summed at each look."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the counter, and count once what is there."""
    op.add_column("usuarios", sa.Column("efectivo", sa.BigInteger, nullable=False, server_default="0"))
    op.execute(
        """
        UPDATE usuarios
           SET efectivo = (SELECT CAST(COALESCE(SUM(t.cobrado), 0) AS BIGINT)
                             FROM tickets t
                            WHERE t.repartidor_id = usuarios.id AND t.cobrado IS NOT NULL AND t.rendicion_id IS NULL
                              AND COALESCE(t.medio, 'efectivo') = 'efectivo')
                        - (SELECT CAST(COALESCE(SUM(k.monto), 0) AS BIGINT)
                             FROM contraasientos k
                            WHERE k.repartidor_id = usuarios.id AND k.rendicion_id IS NULL AND k.medio = 'efectivo')
        """
    )
