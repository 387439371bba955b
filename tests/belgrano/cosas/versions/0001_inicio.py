"""A table for the tests of the ground, the queue, and what is told of its faults."""

import sqlalchemy as sa
from alembic import op

from belgrano.database import incidents, running
from belgrano.database.migrations import big_id
from belgrano.outbox import alerts, outgoing

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
    outgoing.create_tables(op)
    running.create_tables(op)
    incidents.create_tables(op)
    alerts.create_tables(op)
