"""0/0 and half a pair of degrees were kept as places; without them, a geocoder looks where those tickets are."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


NO_PLACE = (
    "UPDATE tickets SET cliente_lat = NULL, cliente_lng = NULL"
    " WHERE (cliente_lat IS NULL) <> (cliente_lng IS NULL) OR (cliente_lat = 0 AND cliente_lng = 0)",
    "UPDATE usuarios SET lat = NULL, lng = NULL, ubicado_en = NULL WHERE lat = 0 AND lng = 0",
    "UPDATE direcciones SET lat = NULL, lng = NULL WHERE lat = 0 AND lng = 0",
)


def upgrade() -> None:
    """Forget what was no place, of tickets and of repartidores, and what a geocoder said of it."""
    for statement in NO_PLACE:
        op.execute(sa.text(statement))
