"""Who changed what in the shop, from what to what, and when."""

import sqlalchemy as sa
from alembic import op

from belgrano.database.migrations import big_id

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the book, found by its newest lines and by the thing that a line is about."""
    op.create_table(
        "auditoria",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.Column("quien_id", sa.BigInteger),  # NULL: the shop by itself
        sa.Column("quien_nombre", sa.Text, nullable=False),
        sa.Column("que", sa.Text, nullable=False),  # producto, categoria, configuracion …
        sa.Column("cual_id", sa.BigInteger),  # NULL: there is one only
        sa.Column("cual_nombre", sa.Text, nullable=False),
        sa.Column("campo", sa.Text, nullable=False),  # or `alta`, for what is new
        sa.Column("de", sa.Text, nullable=False),  # JSON
        sa.Column("a", sa.Text, nullable=False),  # JSON
        sqlite_autoincrement=True,
    )
    op.create_index("auditoria_cual", "auditoria", ["que", "cual_id", "id"])
