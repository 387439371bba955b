"""What the comerciante of a paquete saw it come to."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those that are there nobody was told what their delivery costs."""
    op.add_column("paquetes", sa.Column("total_visto_centavos", sa.BigInteger))
    op.add_column("paquetes", sa.Column("envio_visto_centavos", sa.BigInteger, nullable=False, server_default="0"))
