"""Tickets, people, and the numbered changes that board and phones follow."""

import secrets

import sqlalchemy as sa
from alembic import op

from belgrano.accounts import sessions
from belgrano.database.migrations import big_id
from belgrano.outbox import outgoing

revision = "0001"
down_revision = None

# Compared byte by byte, whatever the database's language.
BYTES = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create everything."""
    usuarios()
    tickets()
    cambios()
    recuerdos()
    sessions.create_tables(op)
    outgoing.create_tables(op)


def usuarios() -> None:
    """People, settings, and the tablero's own counter."""
    op.create_table(
        "usuarios",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False, unique=True),  # in lower case
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("rol", sa.Text, sa.CheckConstraint("rol IN ('admin', 'repartidor')"), nullable=False),
        sa.Column("activo", sa.Boolean, nullable=False),
        sa.Column("telefono", sa.Text, nullable=False),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        # From here on it is about repartidores.
        sa.Column("seq", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("en_turno", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("turno_desde", sa.BigInteger),  # NULL: off duty
        sa.Column("tickets_abiertos", sa.Integer, nullable=False, server_default="0"),
        sa.Column("ultimo_dado", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("senal_en", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("linea_hasta", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("lat", sa.Float(53)),
        sa.Column("lng", sa.Float(53)),
        sa.Column("precision_m", sa.Float(53)),
        sa.Column("ubicado_en", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    # The order of the rule's choice, over those who can be chosen.
    op.create_index(
        "usuarios_turno",
        "usuarios",
        ["tickets_abiertos", "ultimo_dado", "id"],
        sqlite_where=sa.text("activo AND en_turno"),
        postgresql_where=sa.text("activo AND en_turno"),
    )
    op.create_table(
        "configuracion",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
        sa.Column("modo_asignacion", sa.Text, nullable=False),
        sa.Column("max_tickets_por_repartidor", sa.Integer, nullable=False),
        sa.Column("minutos_respeto", sa.Integer, nullable=False),
        sa.Column("minutos_sin_senal", sa.Integer, nullable=False),
    )
    op.execute("INSERT INTO configuracion VALUES (1, 'automatico', 10, 10, 10)")
    op.create_table(
        "tablero",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("epoca", sa.Text, nullable=False),
        sa.Column("podado_hasta", sa.BigInteger, nullable=False),  # the newest cambio whose ticket was dropped
    )
    op.execute(f"INSERT INTO tablero VALUES (1, 0, '{secrets.token_hex(8)}', 0)")  # noqa: S608


def tickets() -> None:
    """The deliveries, and who had them before."""
    op.create_table(
        "tickets",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("numero", sa.Text, nullable=False, unique=True),
        sa.Column("huella", sa.Text, nullable=False),
        sa.Column(
            "estado",
            sa.Text,
            sa.CheckConstraint("estado IN ('pendiente','asignado','en_camino','entregado','fallido','cancelado')"),
            nullable=False,
        ),
        sa.Column("prioridad", sa.SmallInteger, nullable=False),  # 0 baja … 3 urgente
        sa.Column("tipo_cliente", sa.Text, nullable=False),
        sa.Column("cliente_nombre", sa.Text, nullable=False),
        sa.Column("cliente_direccion", sa.Text, nullable=False),
        sa.Column("cliente_telefono", sa.Text, nullable=False),
        sa.Column("cliente_email", sa.Text, nullable=False),
        sa.Column("cliente_lat", sa.Float(53)),
        sa.Column("cliente_lng", sa.Float(53)),
        sa.Column("productos", sa.Text, nullable=False),  # JSON, as received
        sa.Column("total", sa.BigInteger, nullable=False),  # centavos
        sa.Column("metodo_pago", sa.Text, nullable=False),
        sa.Column("indicaciones", sa.Text, nullable=False),
        sa.Column("buscable", sa.Text, nullable=False),  # what `q` looks in, without accents, in lower case
        sa.Column("repartidor_id", sa.BigInteger, sa.ForeignKey("usuarios.id")),  # NULL: in nobody's hands
        sa.Column("lugar", BYTES, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("intento", sa.Integer, nullable=False),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.Column("asignado_en", sa.BigInteger),
        sa.Column("dado_seq", sa.BigInteger),
        sa.Column("recibido_en", sa.BigInteger),
        sa.Column("visto_en", sa.BigInteger),
        sa.Column("en_camino_en", sa.BigInteger),
        sa.Column("llego_en", sa.BigInteger),
        sa.Column("cerrado_en", sa.BigInteger),  # NULL: open
        sa.Column("cerrado_por", sa.BigInteger),
        sa.Column("estado_previo", sa.Text),
        sa.Column("motivo", sa.Text),
        sa.Column("nota", sa.Text),
        sa.Column("cobrado", sa.BigInteger),  # centavos
        sa.Column("apartado_en", sa.BigInteger),
        sa.Column("cambio_por", sa.BigInteger),
        sa.Column("cambio_por_nombre", sa.Text),
        sa.CheckConstraint("(cerrado_en IS NULL) = (estado IN ('pendiente', 'asignado', 'en_camino'))"),
        sa.CheckConstraint("cerrado_en IS NOT NULL OR (repartidor_id IS NULL) = (estado = 'pendiente')"),
        sqlite_autoincrement=True,
    )
    opened = sa.text("cerrado_en IS NULL")
    # A column of the board in its order; no two of its tickets can be at the same place.
    op.create_index(
        "tickets_columna",
        "tickets",
        [sa.text("COALESCE(repartidor_id, 0)"), "lugar"],
        unique=True,
        sqlite_where=opened,
        postgresql_where=opened,
    )
    waiting = sa.text("estado = 'pendiente'")
    op.create_index(
        "tickets_en_espera",
        "tickets",
        [sa.text("prioridad DESC"), "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    closed = sa.text("cerrado_en IS NOT NULL")
    op.create_index("tickets_cerrados", "tickets", ["cerrado_en"], sqlite_where=closed, postgresql_where=closed)
    op.create_table(
        "tenencias",  # who held a ticket before, and until when
        sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey("tickets.id"), nullable=False),
        sa.Column("repartidor_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("desde", sa.BigInteger, nullable=False),
        sa.Column("hasta", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "repartidor_id"),
        sqlite_with_rowid=False,
    )


def cambios() -> None:
    """Every change once, with the ticket as it left it; and its number for each listener."""
    op.create_table(
        "cambios",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey("tickets.id"), nullable=False),
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.Column("ocurrido_en", sa.BigInteger),  # NULL: when it arrived
        sa.Column("quien_id", sa.BigInteger),  # NULL: the shop or the rule
        sa.Column("quien_nombre", sa.Text, nullable=False),
        sa.Column("quien_rol", sa.Text, nullable=False),
        sa.Column("que", sa.Text, nullable=False),
        sa.Column("de", sa.Text),
        sa.Column("a", sa.Text, nullable=False),
        sa.Column("repartidor_de", sa.Text),
        sa.Column("repartidor_a", sa.Text),
        sa.Column("detalle", sa.Text),  # JSON of what else changed
        sa.Column("clave", sa.Text),  # of the mudanza
        sa.Column("conflicto", sa.Text),  # JSON, of a change that is about one
        sa.Column("ticket", sa.Text),  # JSON; NULL after 7 days
        sqlite_autoincrement=True,
    )
    op.create_index("cambios_de_ticket", "cambios", ["ticket_id"])
    op.create_table(
        "novedades",
        sa.Column("oyente", sa.BigInteger, nullable=False),  # 0: the tablero; else a repartidor
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("tipo", sa.Text, nullable=False),
        sa.Column("cambio_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("oyente", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conflictos",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey("tickets.id"), nullable=False),
        sa.Column("repartidor_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("accion", sa.Text, nullable=False),
        sa.Column("motivo", sa.Text),
        sa.Column("nota", sa.Text),
        sa.Column("cobrado", sa.BigInteger),
        sa.Column("ocurrido_en", sa.BigInteger, nullable=False),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.Column("decision", sa.Text),  # NULL: open
        sa.Column("resuelto_por", sa.BigInteger),
        sa.Column("resuelto_en", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    undecided = sa.text("decision IS NULL")
    op.create_index(
        "conflictos_abiertos",
        "conflictos",
        ["ticket_id", "repartidor_id"],
        unique=True,
        sqlite_where=undecided,
        postgresql_where=undecided,
    )


def recuerdos() -> None:
    """Answers kept for repeats: of acts by their actor, of mudanzas by their clave."""
    op.create_table(
        "respuestas",
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("accion_id", sa.Text, nullable=False),
        sa.Column("huella", sa.Text, nullable=False),
        sa.Column("codigo", sa.Text),  # NULL: it was done
        sa.Column("cuerpo", sa.Text, nullable=False),
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("actor", "accion_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("respuestas_en", "respuestas", ["en"])
    op.create_table(
        "mudanzas",
        sa.Column("clave", sa.Text, primary_key=True),
        sa.Column("huella", sa.Text, nullable=False),
        sa.Column("codigo", sa.Text),
        sa.Column("cuerpo", sa.Text, nullable=False),
        sa.Column("deshacer", sa.Text, nullable=False),  # JSON: where each moved ticket came from
        sa.Column("deshecha_codigo", sa.Text),
        sa.Column("deshecha", sa.Text),  # the answer of the undo; NULL: not undone
        sa.Column("en", sa.BigInteger, nullable=False),
    )
    op.create_index("mudanzas_en", "mudanzas", ["en"])
