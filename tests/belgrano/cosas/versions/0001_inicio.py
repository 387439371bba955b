"""A table for the tests of the ground, and the queue."""

import sqlalchemy as sa
from alembic import op

from belgrano.database.migrations import big_id
from belgrano.outbox.outgoing import create_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cosas",
        sa.Column("id", big_id(), primary_key=True),
        sa.Column("nombre", sa.Text, nullable=False, unique=True),
        sa.Column("dueno", sa.BigInteger, sa.ForeignKey("cosas.id")),
        sqlite_autoincrement=True,
    )
    create_tables(op)
