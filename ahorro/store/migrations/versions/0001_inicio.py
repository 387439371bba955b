"""The shop's first schema: catalogue, accounts, carts, pedidos, paquetes, recovery, and the ground's tables.

Instants are BIGINT milliseconds UTC (`…_en`), dates are TEXT 'YYYY-MM-DD' of Buenos Aires (`…_el`), money is
BIGINT centavos.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from belgrano.accounts import sessions
from belgrano.outbox import outgoing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Ordered byte by byte on both databases, so that a cursor means the same on both.
ORDENADO = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _usuarios()
    _catalogo()
    _carritos()
    _pedidos()
    _paquetes()
    sessions.create_tables(op)
    outgoing.create_tables(op)


def _table(name: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(name, *columns, sqlite_autoincrement=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", ID, primary_key=True, autoincrement=True)


def _usuarios() -> None:
    _table(
        "usuarios",
        _id(),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False, unique=True),  # lower case
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("rol", sa.Text, nullable=False),
        sa.Column("telefono", sa.Text, nullable=False, server_default=""),
        sa.Column("direccion", sa.Text, nullable=False, server_default=""),
        sa.Column("activo", sa.Boolean, nullable=False),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.CheckConstraint("rol IN ('cliente', 'comerciante', 'admin')", name="usuarios_rol"),
    )
    op.create_table(
        "comercios",
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), primary_key=True),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("cuit", sa.Text, nullable=False),
        sa.Column("direccion", sa.Text, nullable=False),
        sa.Column("telefono", sa.Text, nullable=False),
        sa.Column("tipo", sa.Text, nullable=False),
    )
    op.create_table(
        "recuperaciones",
        sa.Column("token_hash", sa.Text, primary_key=True),
        # NULL: asked for an address without an account; the row is there so that both take as long.
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id")),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.Column("vence_en", sa.BigInteger, nullable=False),
        sa.Column("usado_en", sa.BigInteger),
    )
    op.create_index("recuperaciones_usuario", "recuperaciones", ["usuario_id"])


def _catalogo() -> None:
    _table(
        "negocios",
        _id(),
        sa.Column("clave", sa.Text, nullable=False, unique=True),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("descripcion", sa.Text, nullable=False, server_default=""),
        sa.Column("logo", sa.Text),
        sa.Column("color", sa.Text),
        sa.Column("orden", sa.BigInteger, nullable=False, server_default="0"),
    )
    _table(
        "sucursales",
        _id(),
        sa.Column("negocio_id", sa.BigInteger, sa.ForeignKey("negocios.id"), nullable=False),
        sa.Column("clave", sa.Text, nullable=False, unique=True),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("direccion", sa.Text, nullable=False, server_default=""),
        sa.Column("telefono", sa.Text, nullable=False, server_default=""),
        sa.Column("horarios", sa.Text, nullable=False, server_default=""),
        sa.Column("orden", sa.BigInteger, nullable=False, server_default="0"),
    )
    _table(
        "categorias",
        _id(),
        sa.Column("clave", sa.Text, nullable=False, unique=True),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("descripcion", sa.Text, nullable=False, server_default=""),
        sa.Column("icono", sa.Text),
        sa.Column("orden", sa.BigInteger, nullable=False, server_default="0"),
    )
    _table(
        "productos",
        _id(),
        sa.Column("clave", sa.Text, nullable=False, unique=True),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("buscado", ORDENADO, nullable=False),  # the name, folded by belgrano.words.text
        sa.Column("descripcion", sa.Text, nullable=False, server_default=""),
        sa.Column("unidad", sa.Text),
        sa.Column("contenido", sa.BigInteger),
        sa.Column("medida", sa.Text),
        sa.Column("precio_centavos", sa.BigInteger, nullable=False),
        sa.Column("oferta_centavos", sa.BigInteger),  # NULL: no offer
        sa.Column("stock", sa.BigInteger),  # NULL: nobody counts it
        sa.Column("imagen", sa.Text),
        sa.Column("destacado", sa.Boolean, nullable=False),
        sa.Column("activo", sa.Boolean, nullable=False),
        sa.Column("negocio_id", sa.BigInteger, sa.ForeignKey("negocios.id"), nullable=False),
        sa.Column("categoria_id", sa.BigInteger, sa.ForeignKey("categorias.id"), nullable=False),
        sa.CheckConstraint("precio_centavos > 0", name="productos_precio"),
        sa.CheckConstraint("oferta_centavos > 0 AND oferta_centavos < precio_centavos", name="productos_oferta"),
        sa.CheckConstraint("stock >= 0", name="productos_stock"),
        sa.CheckConstraint("medida IN ('g', 'ml', 'un')", name="productos_medida"),
    )
    op.create_index("productos_categoria", "productos", ["categoria_id"])
    op.create_index("productos_negocio", "productos", ["negocio_id"])
    op.create_table(
        "producto_sucursales",
        sa.Column("producto_id", sa.BigInteger, sa.ForeignKey("productos.id"), primary_key=True),
        sa.Column("sucursal_id", sa.BigInteger, sa.ForeignKey("sucursales.id"), primary_key=True),
    )


def _carritos() -> None:
    _table(
        "carritos",
        _id(),
        sa.Column("token_hash", sa.Text, unique=True),  # its session; NULL: left behind by one that ended
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id")),  # NULL: a guest's
        sa.Column("tocado_en", sa.BigInteger, nullable=False),
    )
    op.create_index("carritos_usuario", "carritos", ["usuario_id"])
    op.create_table(
        "carrito_items",
        sa.Column("carrito_id", sa.BigInteger, sa.ForeignKey("carritos.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("producto_id", sa.BigInteger, sa.ForeignKey("productos.id"), primary_key=True),
        sa.Column("cantidad", sa.BigInteger, nullable=False),
        sa.Column("agregado_en", sa.BigInteger, nullable=False),
        sa.CheckConstraint("cantidad BETWEEN 1 AND 999", name="carrito_items_cantidad"),
    )


def _pedidos() -> None:
    _table(
        "pedidos",
        _id(),
        sa.Column("numero", sa.Text, nullable=False, unique=True),
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("clave", sa.Text, nullable=False),
        sa.Column("huella", sa.Text, nullable=False),  # hash of what came with the clave
        sa.Column("cliente_nombre", sa.Text, nullable=False),
        sa.Column("cliente_email", sa.Text, nullable=False),
        sa.Column("tipo_cliente", sa.Text, nullable=False),
        sa.Column("direccion", sa.Text, nullable=False),
        sa.Column("telefono", sa.Text, nullable=False),
        sa.Column("metodo_pago", sa.Text, nullable=False),
        sa.Column("notas", sa.Text, nullable=False),
        sa.Column("total_centavos", sa.BigInteger, nullable=False),
        sa.Column("paquete_id", sa.BigInteger),
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        # What Ticketera reported last; epoca and version are NULL until it has said anything.
        sa.Column("estado", sa.Text, nullable=False),
        sa.Column("repartidor_nombre", sa.Text),
        sa.Column("motivo", sa.Text),
        sa.Column("estado_en", sa.BigInteger),
        sa.Column("epoca", sa.Text),
        sa.Column("ticket_version", sa.BigInteger),
        # Counts every report applied in this shop, so that a page can ask for what came after; 0: none yet.
        sa.Column("cambio", sa.BigInteger, nullable=False, server_default="0"),
        sa.UniqueConstraint("usuario_id", "clave", name="pedidos_clave"),
        sa.CheckConstraint(
            "estado IN ('pendiente', 'asignado', 'en_camino', 'entregado', 'fallido', 'cancelado')",
            name="pedidos_estado",
        ),
    )
    op.create_index("pedidos_usuario", "pedidos", ["usuario_id", "id"])
    op.create_index("pedidos_cambio", "pedidos", ["cambio"])
    op.create_index("pedidos_cambio_usuario", "pedidos", ["usuario_id", "cambio"])
    _table(
        "pedido_items",
        _id(),
        sa.Column("pedido_id", sa.BigInteger, sa.ForeignKey("pedidos.id"), nullable=False),
        sa.Column("producto_id", sa.BigInteger, nullable=False),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("negocio", sa.Text, nullable=False),
        sa.Column("categoria", sa.Text, nullable=False),
        sa.Column("cantidad", sa.BigInteger, nullable=False),
        sa.Column("precio_centavos", sa.BigInteger, nullable=False),
    )
    op.create_index("pedido_items_pedido", "pedido_items", ["pedido_id"])
    op.create_table(
        "avisos_recibidos",  # the webhook-ids that were applied: a repeat of one never undoes what came after it
        sa.Column("webhook_id", sa.Text, primary_key=True),
        sa.Column("recibido_en", sa.BigInteger, nullable=False),
    )
    op.create_index("avisos_recibidos_en", "avisos_recibidos", ["recibido_en"])


def _paquetes() -> None:
    _table(
        "paquetes",
        _id(),
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("frecuencia", sa.Text, nullable=False),
        sa.Column("proxima_el", sa.Text, nullable=False),
        sa.Column("dia", sa.BigInteger, nullable=False),
        sa.Column("activo", sa.Boolean, nullable=False),
        sa.Column("direccion", sa.Text, nullable=False),
        sa.Column("telefono", sa.Text, nullable=False),
        sa.Column("metodo_pago", sa.Text, nullable=False),
        sa.Column("notas", sa.Text, nullable=False),
        sa.Column("ultimo_numero", sa.Text),
        sa.Column("aviso", sa.Text),  # why the last run made nothing; NULL: it did
        sa.Column("creado_en", sa.BigInteger, nullable=False),
        sa.CheckConstraint("frecuencia IN ('semanal', 'quincenal', 'mensual')", name="paquetes_frecuencia"),
    )
    op.create_index("paquetes_usuario", "paquetes", ["usuario_id"])
    op.create_table(
        "paquete_items",
        sa.Column("paquete_id", sa.BigInteger, sa.ForeignKey("paquetes.id"), primary_key=True),
        sa.Column("producto_id", sa.BigInteger, sa.ForeignKey("productos.id"), primary_key=True),
        sa.Column("cantidad", sa.BigInteger, nullable=False),
        sa.CheckConstraint("cantidad BETWEEN 1 AND 999", name="paquete_items_cantidad"),
    )
