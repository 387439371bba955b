"""Two more roles for who works here, and what each product has cost."""

import sqlalchemy as sa
from alembic import op

from belgrano.database.migrations import big_id

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROLES = "rol IN ('cliente', 'comerciante', 'admin', 'encargado', 'armador')"


def upgrade() -> None:
    """Let the roles in, and make the history of prices, which begins with today's."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:  # the table is made anew there, and would forget which ids were given
        given = op.get_bind().scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'usuarios'"))
    with op.batch_alter_table("usuarios", table_kwargs={"sqlite_autoincrement": True}) as usuarios:
        usuarios.drop_constraint("usuarios_rol", type_="check")
        usuarios.create_check_constraint("usuarios_rol", ROLES)
    if sqlite and given is not None:
        op.execute(f"UPDATE sqlite_sequence SET seq = {int(given)} WHERE name = 'usuarios'")  # noqa: S608
    op.create_table(
        "precio_cambios",
        sa.Column("id", big_id(), primary_key=True, autoincrement=True),
        sa.Column("producto_id", sa.BigInteger, sa.ForeignKey("productos.id"), nullable=False),
        sa.Column("en", sa.BigInteger, nullable=False),
        sa.Column("quien_id", sa.BigInteger),  # NULL: the shop by itself
        sa.Column("quien_nombre", sa.Text, nullable=False),
        sa.Column("lote", sa.Text),  # NULL: this product alone; else the clave of what changed many at once
        sa.Column("antes_centavos", sa.BigInteger),  # NULL: it was new
        sa.Column("despues_centavos", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("precio_cambios_producto", "precio_cambios", ["producto_id", "id"])
    op.create_index("precio_cambios_lote", "precio_cambios", ["lote"])
