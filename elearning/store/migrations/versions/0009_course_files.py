"""Files that authors send for a course, part by part."""

import sqlalchemy as sa
from alembic import op

from elearning.store.base import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course_file",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("public", sa.String(length=22), nullable=False),
        sa.Column("course", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("made", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_course_file_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_file")),
        sa.UniqueConstraint("public", name=op.f("uq_course_file_public")),
    )
