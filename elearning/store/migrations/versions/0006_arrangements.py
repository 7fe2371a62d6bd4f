"""Dates, passwords and what persons are granted beside the rules of a quiz; late answers that were accepted."""

import sqlalchemy as sa
from alembic import op

from elearning.store.base import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _arrangement()
    op.add_column("attempt", sa.Column("reopened", Moment(), nullable=True))
    op.create_table(
        "acceptance",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_acceptance_answer_id_answer")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_acceptance_by_id_person")),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_acceptance")),
    )


def _arrangement() -> None:
    op.create_table(
        "arrangement",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("quiz", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("opens", Moment(), nullable=True),
        sa.Column("closes", Moment(), nullable=True),
        sa.Column("password", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made", Moment(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("ended", Moment(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('dates', 'password', 'extra time', 'extra attempts', 'time share')",
            name=op.f("ck_arrangement_kind"),
        ),
        sa.CheckConstraint("scope IN ('all', 'unit', 'class', 'person')", name=op.f("ck_arrangement_scope")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_arrangement_course_id_course")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_arrangement_made_by_person")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_arrangement_ended_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement")),
    )
    op.create_index("ix_arrangement_quiz", "arrangement", ["course_id", "quiz", "scope"])
    op.create_index("ix_arrangement_scope", "arrangement", ["scope", "scope_id"])
