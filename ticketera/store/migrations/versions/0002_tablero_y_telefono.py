"""What the board and the phone need besides: the franja and place of a ticket, proofs, money handed in, invitations."""

import sqlalchemy as sa
from alembic import op

from belgrano.database.migrations import big_id

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and make the tables."""
    tickets()
    usuarios()
    ajustes()
    pruebas()
    plata()
    lugares()
    avisos()


def tickets() -> None:
    """When and where to exactly, whose shop it comes from, and how its delivery was proved."""
    for name in ("cliente_piso", "cliente_barrio", "negocio"):
        op.add_column("tickets", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("franja_desde", sa.BigInteger))
    op.add_column("tickets", sa.Column("franja_hasta", sa.BigInteger))
    op.add_column("tickets", sa.Column("medio", sa.Text))  # how `cobrado` was paid
    op.add_column("tickets", sa.Column("prueba", sa.Text))  # JSON; NULL: nothing was asked or given
    op.add_column("tickets", sa.Column("rendicion_id", sa.BigInteger))  # NULL: the money was not handed in
    # Holds all that reports read, so that they never touch the rows.
    op.drop_index("tickets_cerrados", "tickets")
    closed = sa.text("cerrado_en IS NOT NULL")
    op.create_index(
        "tickets_cerrados",
        "tickets",
        [
            "cerrado_en", "estado", "repartidor_id", "negocio", "motivo", "creado_en", "asignado_en", "recibido_en",
            "visto_en", "franja_hasta", "cobrado", "medio",
        ],
        sqlite_where=closed,
        postgresql_where=closed,
    )  # fmt: skip
    for name in ("medio", "prueba"):
        op.add_column("conflictos", sa.Column(name, sa.Text))


def usuarios() -> None:
    """How a repartidor goes about, and what the phone reports; invitations; what an admin's board remembers."""
    op.add_column("usuarios", sa.Column("vehiculo", sa.Text, nullable=False, server_default=""))
    op.add_column("usuarios", sa.Column("capacidad", sa.Integer))  # NULL: the configured one
    op.add_column("usuarios", sa.Column("zona", sa.Text, nullable=False, server_default=""))  # barrios, by commas
    op.add_column("usuarios", sa.Column("negocio", sa.Text, nullable=False, server_default=""))  # whose orders it takes
    op.add_column("usuarios", sa.Column("permisos", sa.Text, nullable=False, server_default="{}"))  # JSON
    op.add_column("usuarios", sa.Column("fondo", sa.BigInteger, nullable=False, server_default="0"))  # centavos
    op.create_table(
        "invitaciones",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("vence_en", sa.BigInteger, nullable=False),
        sa.Column("usada_en", sa.BigInteger),  # NULL: it still opens
    )
    op.create_table(
        "preferencias",
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), primary_key=True, autoincrement=False),
        sa.Column("datos", sa.Text, nullable=False),  # JSON
    )


def ajustes() -> None:
    """The settings that no hot query reads are one JSON object; and who changed what."""
    op.add_column("configuracion", sa.Column("ajustes", sa.Text, nullable=False, server_default="{}"))
    op.create_table(
        "configuracion_cambios",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.Column("quien_id", sa.BigInteger),
        sa.Column("quien_nombre", sa.Text, nullable=False),
        sa.Column("campo", sa.Text, nullable=False),
        sa.Column("de", sa.Text, nullable=False),  # JSON
        sa.Column("a", sa.Text, nullable=False),  # JSON
        sqlite_autoincrement=True,
    )


def pruebas() -> None:
    """Photos and signatures, taken by a phone, looked at by admins and that repartidor, and gone after a while."""
    op.create_table(
        "fotos",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey("tickets.id"), nullable=False),
        sa.Column("repartidor_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("foto_id", sa.Text, nullable=False),  # the phone's own name for it
        sa.Column("tipo", sa.Text, sa.CheckConstraint("tipo IN ('foto', 'firma')"), nullable=False),
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.Column("datos", sa.LargeBinary, nullable=False),  # JPEG or PNG, as we encoded it
        sa.UniqueConstraint("ticket_id", "foto_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("fotos_en", "fotos", ["en"])


def plata() -> None:
    """What a repartidor handed in, counted with an admin. Centavos."""
    op.create_table(
        "rendiciones",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("repartidor_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("clave", sa.Text, nullable=False, unique=True),
        sa.Column("esperado", sa.BigInteger, nullable=False),
        sa.Column("contado", sa.BigInteger, nullable=False),
        sa.Column("nota", sa.Text, nullable=False),
        sa.Column("por_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("en", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("rendiciones_de", "rendiciones", ["repartidor_id", "en"])
    op.create_table(
        "contraasientos",  # what was handed in and corrected since: `monto` goes back to whoever handed it in
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("repartidor_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey("tickets.id"), nullable=False),
        sa.Column("monto", sa.BigInteger, nullable=False),
        sa.Column("medio", sa.Text, nullable=False),
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.Column("rendicion_id", sa.BigInteger),  # NULL: not settled yet
        sqlite_autoincrement=True,
    )
    unsettled = sa.text("rendicion_id IS NULL")
    op.create_index(
        "contraasientos_abiertos",
        "contraasientos",
        ["repartidor_id"],
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
    owed = sa.text("cobrado IS NOT NULL AND rendicion_id IS NULL")
    op.create_index("tickets_por_rendir", "tickets", ["repartidor_id"], sqlite_where=owed, postgresql_where=owed)


def lugares() -> None:
    """Where an address is, as a geocoder said, so that it is asked once."""
    op.create_table(
        "direcciones",
        sa.Column("texto", sa.Text, primary_key=True),
        sa.Column("lat", sa.Float(53)),  # NULL: it knew no such place
        sa.Column("lng", sa.Float(53)),
        sa.Column("en", sa.BigInteger, nullable=False),  # when it was asked last
        sa.Column("vence_en", sa.BigInteger, nullable=False),  # until when it need not be asked again
    )
    op.create_index("direcciones_en", "direcciones", ["en"])


def avisos() -> None:
    """Where a phone is told of a ticket while its screen is off; as good as the session that asked for it."""
    op.create_table(
        "suscripciones",
        sa.Column("endpoint", sa.Text, primary_key=True),
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False),  # of the session
        sa.Column("p256dh", sa.Text, nullable=False),
        sa.Column("auth", sa.Text, nullable=False),
        sa.Column("en", sa.BigInteger, nullable=False),
    )
    op.create_index("suscripciones_de", "suscripciones", ["usuario_id", "en"])
