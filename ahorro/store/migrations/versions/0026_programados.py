"""Changes of many prices that wait for their moment, and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ESPERA = sa.text("estado = 'programado'")


def upgrade() -> None:
    """A table of what was scheduled; once applied it is also a row of `precio_lotes`, under the same `lote`."""
    op.create_table(
        "precio_programados",
        sa.Column("lote", sa.Text, primary_key=True),
        sa.Column("huella", sa.Text, nullable=False),  # hash of what was asked
        sa.Column("regla", sa.Text, nullable=False),  # JSON
        sa.Column("respuesta", sa.Text, nullable=False),  # JSON: what was shown and confirmed
        sa.Column("desde", sa.BigInteger, nullable=False),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.Column("quien_id", sa.BigInteger, nullable=False),
        sa.Column("quien_nombre", sa.Text, nullable=False),
        sa.Column("estado", sa.Text, nullable=False),
        sa.Column("terminado_en", sa.BigInteger),  # when it was applied or cancelled
        sa.Column("cancelado_por", sa.Text, nullable=False, server_default=""),
        sa.Column("sin_tocar", sa.Text, nullable=False, server_default="[]"),  # JSON: what it left alone, and why
        sa.Column("por_ver", sa.BigInteger, nullable=False, server_default="0"),  # how many of these nobody read yet
        sa.CheckConstraint("estado IN ('programado', 'aplicado', 'cancelado')", name="precio_programados_estado"),
    )
    op.create_index(
        "precio_programados_espera", "precio_programados", ["desde"], sqlite_where=ESPERA, postgresql_where=ESPERA
    )
