"""Approvals of a state of a course, and editions that are to be published at a set time."""

import sqlalchemy as sa
from alembic import op

from elearning.store.base import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("course", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_approval_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("course", "digest", "step", name=op.f("uq_approval_course_digest_step")),
    )
    _planned()


def _planned() -> None:
    op.create_table(
        "planned_edition",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("public", sa.String(length=22), nullable=False),
        sa.Column("course", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("due", Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("made", Moment(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("said", sa.JSON(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("ended", Moment(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'failed', 'withdrawn')", name=op.f("ck_planned_edition_state")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_planned_edition_by_id_person")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_planned_edition_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_edition")),
        sa.UniqueConstraint("public", name=op.f("uq_planned_edition_public")),
    )
    op.create_index("ix_planned_edition_state", "planned_edition", ["state", "due"])
    op.create_index("ix_planned_edition_course", "planned_edition", ["course", "id"])
