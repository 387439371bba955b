"""When a ticket that is expected later falls due; what became of failed deliveries; what a change took out of a day."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and their indexes."""
    espera()
    cierres()


def espera() -> None:
    """How long before its franja a ticket is due; what waits for its hour costs the queue no look into its row."""
    op.add_column("configuracion", sa.Column("minutos_antes", sa.Integer, nullable=False, server_default="120"))
    waiting = sa.text("estado = 'pendiente'")
    op.drop_index("tickets_en_espera", "tickets")
    op.create_index(
        "tickets_en_espera",
        "tickets",
        [sa.text("prioridad DESC"), "id", "apartado_en", "franja_desde"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def cierres() -> None:
    """The failed deliveries that still need somebody; and how a closed ticket was before a change."""
    op.add_column("tickets", sa.Column("resuelto_en", sa.BigInteger))  # NULL: a failed one waits for somebody
    unsettled = sa.text("estado = 'fallido' AND resuelto_en IS NULL")
    op.create_index(
        "tickets_sin_resolver", "tickets", ["cerrado_en"], sqlite_where=unsettled, postgresql_where=unsettled
    )
    op.add_column("cambios", sa.Column("antes", sa.Text))  # JSON, of a change to a closed one
