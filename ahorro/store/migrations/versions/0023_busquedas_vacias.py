"""What people looked for and the shop did not have: words and days, nobody's name."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; `dia` is a day of Buenos Aires as days since 1970."""
    op.create_table(
        "busquedas_vacias",
        sa.Column("dia", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("palabras", sa.Text, primary_key=True),
        sa.Column("veces", sa.BigInteger, nullable=False, server_default="1"),
    )
