"""What customers saw, wished for and got back: prices shown, cancellations, stock; IVA and approvals.

What stands keeps its meaning: a cart's and a paquete's lines count as seen at today's prices, what is cancelled has
given its stock back, and the comerciantes who are in already are approved.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PRECIO = "(SELECT COALESCE(p.oferta_centavos, p.precio_centavos) FROM productos p WHERE p.id = producto_id)"


def upgrade() -> None:
    """Columns for all of it, filled in from what is known."""
    op.add_column("productos", sa.Column("iva_por_mil", sa.BigInteger, nullable=False, server_default="210"))
    for table in ("carrito_items", "paquete_items"):
        # What the line cost when its owner last saw it; NULL in a cart: that it is off sale was seen.
        op.add_column(table, sa.Column("visto_centavos", sa.BigInteger))
        op.execute(f"UPDATE {table} SET visto_centavos = {PRECIO}")  # noqa: S608
    # The date that the rhythm goes by, while proxima_el is a day on which it is tried again.
    op.add_column("paquetes", sa.Column("ritmo_el", sa.Text))
    op.add_column("pedidos", sa.Column("cancelacion_en", sa.BigInteger))  # when its customer did not want it any more
    op.execute(
        """
        UPDATE pedidos
           SET cancelacion_en = (SELECT o.created_at FROM outgoing o WHERE o.key = 'cancelar:' || pedidos.numero)
        """
    )
    op.add_column("pedidos", sa.Column("stock_devuelto_en", sa.BigInteger))  # NULL: it has what it took
    op.execute("UPDATE pedidos SET stock_devuelto_en = COALESCE(estado_en, creado_en) WHERE estado = 'cancelado'")
    op.add_column("comercios", sa.Column("aprobado_en", sa.BigInteger))  # NULL: nobody has looked at it yet
    op.execute("UPDATE comercios SET aprobado_en = (SELECT u.creado_en FROM usuarios u WHERE u.id = usuario_id)")
    op.create_index("comercios_cuit", "comercios", ["cuit"])
    op.create_index("arrepentimientos_compra", "arrepentimientos", ["numero", "email"])
