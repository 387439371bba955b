"""All that a product's owner says of it, offers with dates, its pictures, and the version that an edit starts from.

`vigente_centavos` is what it costs now. Whether an offer with dates runs at this moment is `oferta_rige`, which the
shop turns by itself: so the present price is a column, with an index.
"""

import sqlalchemy as sa
from alembic import op

from belgrano.database.migrations import big_id

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

VIGENTE = "CASE WHEN oferta_centavos IS NOT NULL AND oferta_rige THEN oferta_centavos ELSE precio_centavos END"


def upgrade() -> None:
    """Columns for the product, versions for what it is filed under, and its pictures."""
    _productos()
    for table in ("negocios", "sucursales", "categorias"):
        op.add_column(table, sa.Column("version", sa.BigInteger, nullable=False, server_default="1"))
    # Two levels: a category without one stands at the top.
    op.add_column("categorias", sa.Column("padre_id", sa.BigInteger))
    _imagenes()


def _productos() -> None:
    for column in (
        sa.Column("codigo_barras", sa.Text),
        sa.Column("estante", sa.Text, nullable=False, server_default=""),  # where it stands in the storeroom
        sa.Column("ingredientes", sa.Text, nullable=False, server_default=""),
        sa.Column("advertencias", sa.Text, nullable=False, server_default=""),
        sa.Column("por_peso", sa.Boolean, nullable=False, server_default=sa.false()),  # its price is a kilo's
        sa.Column("mayores", sa.Boolean, nullable=False, server_default=sa.false()),  # for adults only
        sa.Column("internos_por_mil", sa.BigInteger, nullable=False, server_default="0"),  # internal taxes
        sa.Column("costo_centavos", sa.BigInteger),  # NULL: nobody said
        sa.Column("stock_minimo", sa.BigInteger),  # NULL: the shop's own
        sa.Column("oferta_desde", sa.BigInteger),  # NULL: since ever
        sa.Column("oferta_hasta", sa.BigInteger),  # NULL: for ever; the instant at which it is over
        sa.Column("oferta_rige", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("version", sa.BigInteger, nullable=False, server_default="1"),
    ):
        op.add_column("productos", column)
    # SQLite adds a column that is counted when it is read, PostgreSQL one that is stored.
    kind = "STORED" if op.get_bind().dialect.name == "postgresql" else "VIRTUAL"
    op.execute(f"ALTER TABLE productos ADD COLUMN vigente_centavos BIGINT GENERATED ALWAYS AS ({VIGENTE}) {kind}")
    op.create_index("productos_vigente", "productos", ["vigente_centavos", "id"])
    op.create_index("productos_codigo_barras", "productos", ["codigo_barras"])
    con_fechas = sa.text("oferta_desde IS NOT NULL OR oferta_hasta IS NOT NULL")
    op.create_index(
        "productos_oferta_con_fechas", "productos", ["id"], sqlite_where=con_fechas, postgresql_where=con_fechas
    )


def _imagenes() -> None:
    op.create_table(
        "imagenes",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("producto_id", sa.BigInteger, sa.ForeignKey("productos.id"), nullable=False),
        sa.Column("orden", sa.BigInteger, nullable=False),
        sa.Column("huella", sa.Text, nullable=False),  # of what was uploaded, cleaned: its name in addresses
        sa.Column("ancho", sa.BigInteger, nullable=False),  # of the largest size, in px
        sa.Column("alto", sa.BigInteger, nullable=False),
        sa.Column("creada_en", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("imagenes_producto", "imagenes", ["producto_id", "orden"])
    op.create_table(
        "imagen_archivos",
        sa.Column("huella", sa.Text, primary_key=True),
        sa.Column("lado", sa.BigInteger, primary_key=True),  # the longer side asked for, in px
        sa.Column("formato", sa.Text, primary_key=True),  # jpeg, webp, avif
        sa.Column("datos", sa.LargeBinary, nullable=False),
    )
