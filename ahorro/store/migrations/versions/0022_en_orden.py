"""Indexes that lists and counts of many products are read from, without the products themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

A_LA_VENTA = sa.text("activo")


def _index(name: str, *columns: str) -> None:
    op.create_index(name, "productos", list(columns), sqlite_where=A_LA_VENTA, postgresql_where=A_LA_VENTA)


def upgrade() -> None:
    """Make them: what is on sale by shelf, by price and by name, and what stands in the window."""
    _index("productos_en_gondola", "categoria_id", "id")
    _index("productos_por_precio", "categoria_id", "vigente_centavos", "id")
    _index("productos_por_nombre", "buscado", "id", "categoria_id", "contenido", "medida")
    destacados = sa.text("activo AND destacado")
    op.create_index("productos_destacados", "productos", ["id"], sqlite_where=destacados, postgresql_where=destacados)
    ofertas = sa.text("activo AND vigente_centavos < precio_centavos")
    op.create_index("productos_ofertas", "productos", ["id"], sqlite_where=ofertas, postgresql_where=ofertas)
