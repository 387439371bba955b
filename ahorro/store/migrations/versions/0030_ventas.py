"""Sales are summed from indexes alone, without the pedidos and lines; what has to come back is counted from one."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

POR_VOLVER = sa.text("estado = 'fallido' AND stock_devuelto_en IS NULL")


def upgrade() -> None:
    """Each takes the place of one that begins like it."""
    op.create_index(
        "pedidos_ventas",
        "pedidos",
        ["creado_en", "id", "estado", "total_centavos", "metodo_pago", "barrio", "usuario_id"],
    )
    op.drop_index("pedidos_creado", "pedidos")
    op.create_index(
        "pedido_items_ventas", "pedido_items", ["pedido_id", "producto_id", "cantidad", "precio_centavos", "por_peso"]
    )
    op.drop_index("pedido_items_pedido", "pedido_items")
    op.create_index(
        "pedidos_por_volver", "pedidos", ["estado_en", "id"], sqlite_where=POR_VOLVER, postgresql_where=POR_VOLVER
    )
