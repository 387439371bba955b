"""Lines of what is sold by weight: their quantity is grams."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of each line whether it is grams, which may be more than 999."""
    with op.batch_alter_table("carrito_items") as items:
        items.drop_constraint("carrito_items_cantidad", type_="check")
        items.add_column(_por_peso())
        items.create_check_constraint(
            "carrito_items_cantidad", "cantidad BETWEEN 1 AND CASE WHEN por_peso THEN 999000 ELSE 999 END"
        )
    op.add_column("pedido_items", _por_peso())


def _por_peso() -> "sa.Column[bool]":
    return sa.Column("por_peso", sa.Boolean, nullable=False, server_default=sa.false())
