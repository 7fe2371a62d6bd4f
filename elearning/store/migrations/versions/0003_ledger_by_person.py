"""The ledger by person with all that reports ask of it, in place of an index by course that nothing asks for."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_completion_person", "completion", ["person_id", "course_id", "round", "kind", "at", "item"])
    op.drop_index("ix_completion_course", "completion")


def downgrade() -> None:
    op.create_index("ix_completion_course", "completion", ["course_id", "kind", "at"])
    op.drop_index("ix_completion_person", "completion")
