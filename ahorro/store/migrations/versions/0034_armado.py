"""From the order to the bag: how far the shop has come with a pedido, what was packed, who did it, and the money."""

import sqlalchemy as sa
from alembic import op

from belgrano.database.migrations import big_id

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ABIERTOS = sa.text("estado IN ('pendiente', 'asignado', 'en_camino')")


def upgrade() -> None:
    """Nobody has packed what there is; its books begin with what was asked for and what the door brought."""
    op.add_column("pedidos", sa.Column("etapa", sa.Text, nullable=False, server_default="recibido"))
    for name in ("revision", "mostrado_centavos", "pagado_centavos"):
        op.add_column("pedidos", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    op.execute("UPDATE pedidos SET mostrado_centavos = total_centavos")
    op.add_column("pedido_items", sa.Column("armado", sa.BigInteger))  # NULL: nobody has packed it
    op.add_column("pedido_items", sa.Column("en_lugar_de", sa.BigInteger))  # the producto_id of what was asked for
    op.add_column("pedido_descuentos", sa.Column("pedido_centavos", sa.BigInteger, nullable=False, server_default="0"))
    op.execute("UPDATE pedido_descuentos SET pedido_centavos = monto_centavos")
    _actos()
    _libro()
    _indexes()


def _actos() -> None:
    op.create_table(
        "pedido_actos",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("pedido_id", sa.BigInteger, sa.ForeignKey("pedidos.id"), nullable=False),
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("quien", sa.Text, nullable=False),
        sa.Column("accion", sa.Text, nullable=False),
        sa.Column("accion_id", sa.Text, nullable=False),
        sa.Column("huella", sa.Text, nullable=False),  # hash of what was sent
        sa.Column("detalle", sa.Text, nullable=False),
        sa.Column("respuesta", sa.Text, nullable=False),  # JSON; '': too long ago, or forgotten
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("usuario_id", "accion_id", name="pedido_actos_accion_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("pedido_actos_pedido", "pedido_actos", ["pedido_id", "id"])
    kept = sa.text("respuesta <> ''")
    op.create_index("pedido_actos_respuesta", "pedido_actos", ["en"], sqlite_where=kept, postgresql_where=kept)


def _libro() -> None:
    """Charges are above 0, payments below; `devuelto` is a charge again."""
    op.create_table(
        "pedido_libro",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("pedido_id", sa.BigInteger, sa.ForeignKey("pedidos.id"), nullable=False),
        sa.Column("que", sa.Text, nullable=False),
        sa.Column("monto_centavos", sa.BigInteger, nullable=False),
        sa.Column("medio", sa.Text, nullable=False),
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.Column("quien", sa.Text, nullable=False),
        sa.CheckConstraint(
            "que IN ('pedido', 'descuento', 'envio', 'armado', 'pago', 'puerta', 'devuelto')", name="pedido_libro_que"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("pedido_libro_pedido", "pedido_libro", ["pedido_id", "id"])
    op.execute(
        """
        INSERT INTO pedido_libro (pedido_id, que, monto_centavos, medio, en, quien)
        SELECT p.id, 'pedido',
               p.total_centavos - p.envio_centavos
                   + COALESCE((SELECT sum(d.monto_centavos) FROM pedido_descuentos d WHERE d.pedido_id = p.id), 0),
               '', p.creado_en, ''
          FROM pedidos p
        """
    )
    op.execute(
        """
        INSERT INTO pedido_libro (pedido_id, que, monto_centavos, medio, en, quien)
        SELECT p.id, 'descuento', -sum(d.monto_centavos), '', p.creado_en, ''
          FROM pedidos p
          JOIN pedido_descuentos d ON d.pedido_id = p.id
         GROUP BY p.id, p.creado_en
        """
    )
    op.execute(
        """
        INSERT INTO pedido_libro (pedido_id, que, monto_centavos, medio, en, quien)
        SELECT id, 'envio', envio_centavos, '', creado_en, '' FROM pedidos WHERE envio_centavos <> 0
        """
    )
    op.execute(
        """
        INSERT INTO pedido_libro (pedido_id, que, monto_centavos, medio, en, quien)
        SELECT id, 'puerta', -cobrado_centavos, COALESCE(medio, metodo_pago), COALESCE(estado_en, creado_en),
               COALESCE(repartidor_nombre, '')
          FROM pedidos
         WHERE cobrado_centavos > 0
        """
    )


def _indexes() -> None:
    """Those that answer alone have the new columns, too."""
    op.drop_index("pedidos_abiertos", "pedidos")
    op.create_index(
        "pedidos_abiertos",
        "pedidos",
        ["usuario_id", "estado", "metodo_pago", "etapa", "pagado_centavos", "total_centavos"],
        sqlite_where=ABIERTOS,
        postgresql_where=ABIERTOS,
    )
    op.drop_index("pedidos_ventas", "pedidos")
    op.create_index(
        "pedidos_ventas",
        "pedidos",
        ["creado_en", "id", "estado", "etapa", "total_centavos", "metodo_pago", "barrio", "usuario_id"],
    )
    op.drop_index("pedido_items_ventas", "pedido_items")
    op.create_index(
        "pedido_items_ventas",
        "pedido_items",
        ["pedido_id", "producto_id", "cantidad", "armado", "precio_centavos", "por_peso"],
    )
