"""Promotions and coupons, what of them a cart was shown and a pedido got."""

import sqlalchemy as sa
from alembic import op

from belgrano.database.migrations import big_id

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No promotion rules at first; a cart of before was shown none."""
    op.create_table(
        "promociones",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("version", sa.BigInteger, nullable=False, server_default="1"),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("tipo", sa.Text, nullable=False),
        sa.Column("alcance", sa.Text, nullable=False),
        sa.Column("cuales", sa.Text, nullable=False),  # JSON: ids of what `alcance` says
        sa.Column("lleva", sa.BigInteger),
        sa.Column("paga", sa.BigInteger),
        sa.Column("por_ciento", sa.BigInteger),
        sa.Column("monto_centavos", sa.BigInteger),
        sa.Column("desde", sa.BigInteger),
        sa.Column("hasta", sa.BigInteger),
        sa.Column("dias", sa.Text, nullable=False),  # JSON: 1 is Monday
        sa.Column("medios", sa.Text, nullable=False),  # JSON: ways to pay
        sa.Column("sobre_ofertas", sa.Boolean, nullable=False),
        sa.Column("codigo", sa.Text, nullable=False),  # '': whoever buys gets it
        sa.Column("usos", sa.BigInteger),
        sa.Column("por_cliente", sa.BigInteger),
        sa.Column("minimo_centavos", sa.BigInteger, nullable=False),
        sa.Column("activa", sa.Boolean, nullable=False),
        sa.CheckConstraint("tipo IN ('nxm', 'segunda', 'porcentaje', 'monto')", name="promociones_tipo"),
        sqlite_autoincrement=True,
    )
    coded = sa.text("codigo <> ''")
    op.create_index(
        "promociones_codigo", "promociones", ["codigo"], unique=True, sqlite_where=coded, postgresql_where=coded
    )
    op.create_table(
        "pedido_descuentos",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("pedido_id", sa.BigInteger, sa.ForeignKey("pedidos.id"), nullable=False),
        sa.Column("promocion_id", sa.BigInteger, sa.ForeignKey("promociones.id"), nullable=False),
        sa.Column("producto_id", sa.BigInteger, nullable=False),
        sa.Column("nombre", sa.Text, nullable=False),
        sa.Column("texto", sa.Text, nullable=False),
        sa.Column("monto_centavos", sa.BigInteger, nullable=False),
        sa.Column("codigo", sa.Text, nullable=False),  # of the coupon; '': none
        sqlite_autoincrement=True,
    )
    op.create_index("pedido_descuentos_pedido", "pedido_descuentos", ["pedido_id"])
    op.create_index("pedido_descuentos_promocion", "pedido_descuentos", ["promocion_id"])
    op.add_column("carritos", sa.Column("cupon", sa.Text, nullable=False, server_default=""))
    op.add_column("carritos", sa.Column("visto_descuento_centavos", sa.BigInteger, nullable=False, server_default="0"))
