"""Answers that were judged while the attempt ran, how sure the learner was, and grades that wait for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answer", sa.Column("checked", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("answer", sa.Column("certainty", sa.Integer(), nullable=True))
    op.add_column("grade", sa.Column("waits", sa.Boolean(), server_default=sa.false(), nullable=False))
