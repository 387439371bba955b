"""People and sessions, for the little app."""

import sqlalchemy as sa
from alembic import op

from belgrano.accounts import sessions, tries
from belgrano.database import running
from belgrano.database.migrations import big_id

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False, unique=True),
        sa.Column("rol", sa.Text, nullable=False),
        sa.Column("activo", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    sessions.create_tables(op)
    tries.create_tables(op)
    running.create_tables(op)
