"""What the owner says of the shop, and what each pedido's delivery costs."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The one row is made with the first change; pedidos of before cost nothing to bring."""
    op.create_table(
        "configuracion",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("datos", sa.Text, nullable=False),
        sa.CheckConstraint("id = 1", name="configuracion_una"),
    )
    op.add_column("pedidos", sa.Column("envio_centavos", sa.BigInteger, nullable=False, server_default="0"))
