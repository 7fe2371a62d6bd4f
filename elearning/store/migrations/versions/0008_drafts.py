"""Drafts that the editor saves by itself, texts kept beside a draft until they are merged, and comments on lines."""

import sqlalchemy as sa
from alembic import op

from elearning.store.base import Moment

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("save", sa.Column("auto", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "side_save",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Integer(), nullable=True),
        sa.Column("settled", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["digest"], ["text_bytes.digest"], name=op.f("fk_side_save_digest_text_bytes")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_side_save_author_id_person")),
        sa.ForeignKeyConstraint(["made_on"], ["save.id"], name=op.f("fk_side_save_made_on_save")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side_save")),
    )
    op.create_index("ix_side_save_path", "side_save", ["path", "author_id"])
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("save_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("settled", Moment(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["save_id"], ["save.id"], name=op.f("fk_remark_save_id_save")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_remark_author_id_person")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_remark_settled_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index("ix_remark_path", "remark", ["path"])
