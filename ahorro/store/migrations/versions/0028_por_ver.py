"""What scheduled prices left alone is counted on each first page: by an index, not past what each of them said."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

POR_VER = sa.text("por_ver > 0")


def upgrade() -> None:
    """Index the few that somebody has to read."""
    op.create_index(
        "precio_programados_por_ver", "precio_programados", ["por_ver"], sqlite_where=POR_VER, postgresql_where=POR_VER
    )
