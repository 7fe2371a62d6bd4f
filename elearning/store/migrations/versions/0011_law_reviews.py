"""Texts that cite a changed legal document, looked at again: by whom, when and why they may stand."""

import sqlalchemy as sa
from alembic import op

from elearning.store.base import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "law_review",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("law", sa.String(length=120), nullable=False),
        sa.Column("change", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_law_review_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_review")),
        sa.UniqueConstraint("law", "change", "path", "item", name=op.f("uq_law_review_law_change_path_item")),
    )
