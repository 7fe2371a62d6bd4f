"""The attempts that are not graded yet, of which there are few: what is asked every minute need not go through all that ever were."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0014"
branch_labels = None
depends_on = None
WHERE = sa.text("state <> 'graded'")


def upgrade() -> None:
    op.create_index("ix_attempt_unfinished", "attempt", ["state", "closes"], sqlite_where=WHERE, postgresql_where=WHERE)
