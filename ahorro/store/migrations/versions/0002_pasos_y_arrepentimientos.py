"""When each step of a delivery happened, for the customer's page; and who withdrew from a purchase."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "pedido_pasos",
        sa.Column("pedido_id", sa.BigInteger, sa.ForeignKey("pedidos.id"), primary_key=True),
        sa.Column("estado", sa.Text, primary_key=True),
        sa.Column("en", sa.BigInteger, nullable=False),  # the last time it came to this
    )
    op.create_table(
        "arrepentimientos",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("codigo", sa.Text, nullable=False, unique=True),
        sa.Column("numero", sa.Text, nullable=False),  # as the customer wrote it: it need not exist
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("detalle", sa.Text, nullable=False),
        # NULL: no pedido with this numero was bought with this address
        sa.Column("pedido_id", sa.BigInteger, sa.ForeignKey("pedidos.id")),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.Column("atendido_en", sa.BigInteger),  # NULL: nobody has answered yet
        sqlite_autoincrement=True,
    )
    op.create_index("arrepentimientos_pendientes", "arrepentimientos", ["atendido_en", "id"])
