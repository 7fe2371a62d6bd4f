"""Questions from other platforms: files, items, what came along, and where each question came from; papers by question."""

import sqlalchemy as sa
from alembic import op

from elearning.store.base import Moment

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _files()
    _items()
    _origins()
    op.create_index("ix_attempt_slot_question", "attempt_slot", ["bank", "question"])


def _files() -> None:
    op.create_table(
        "question_file",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("public", sa.String(length=22), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=30), nullable=False),
        sa.Column("family", sa.String(length=240), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_question_file_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_file")),
        sa.UniqueConstraint("public", name=op.f("uq_question_file_public")),
    )
    op.create_index("ix_question_file_by", "question_file", ["by_id", "id"])


def _items() -> None:
    op.create_table(
        "question_item",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("degree", sa.String(length=6), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("item_digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("mended", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(length=8), nullable=False),
        sa.Column("bank", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kept", Moment(), nullable=True),
        sa.CheckConstraint("degree IN ('whole', 'part', 'not', 'beside')", name=op.f("ck_question_item_degree")),
        sa.CheckConstraint("standing IN ('new', 'same', 'update', 'touched')", name=op.f("ck_question_item_standing")),
        sa.ForeignKeyConstraint(["file_id"], ["question_file.id"], name=op.f("fk_question_item_file_id_question_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_item")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_question_item_file_id_number")),
    )
    op.create_index("ix_question_item_degree", "question_item", ["file_id", "degree", "number"])
    op.create_table(
        "question_medium",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["question_item.id"], name=op.f("fk_question_medium_item_id_question_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_medium")),
        sa.UniqueConstraint("item_id", "path", name=op.f("uq_question_medium_item_id_path")),
    )


def _origins() -> None:
    op.create_table(
        "question_origin",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("family", sa.String(length=240), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("item_digest", sa.String(length=64), nullable=False),
        sa.Column("bank", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_origin")),
        sa.UniqueConstraint("family", "item", name=op.f("uq_question_origin_family_item")),
    )
    op.create_index("ix_question_origin_digest", "question_origin", ["item_digest"])
