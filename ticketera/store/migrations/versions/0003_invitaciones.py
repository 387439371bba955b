"""An invitation that was used is deleted: no row says any more when that was."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forget the used ones, and the column."""
    op.execute(sa.text("DELETE FROM invitaciones WHERE usada_en IS NOT NULL"))
    op.drop_column("invitaciones", "usada_en")
