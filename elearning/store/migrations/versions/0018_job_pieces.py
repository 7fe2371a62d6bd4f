"""The files of jobs out of the rows of their jobs, which are written anew at each step, and into pieces of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
PIECE = 256 * 1024
# So many pieces are cut together, because SQLite reads a file whole each time that something is cut off it.
AT_ONCE = 32
FILES = ("data", "output")
JOB = sa.table("job", sa.column("id"), *(sa.column(file, sa.LargeBinary) for file in FILES))
PIECES = sa.table(
    "job_piece",
    sa.column("job_id"), sa.column("file", sa.String), sa.column("number", sa.Integer), sa.column("piece", sa.LargeBinary),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "job_piece",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("piece", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("file IN ('data', 'output')", name=op.f("ck_job_piece_file")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_job_piece_job_id_job")),
        sa.PrimaryKeyConstraint("job_id", "file", "number", name=op.f("pk_job_piece")),
    )
    for file in FILES:
        _cut(file)
        op.drop_column("job", file)


def _cut(file: str) -> None:
    """Move a file of all jobs into pieces, some megabytes of one file after the other."""
    there, kept = op.get_bind(), JOB.c[file]
    sizes = there.execute(sa.select(JOB.c.id, sa.func.length(kept)).where(kept.is_not(None))).all()
    for job, size in sizes:
        for start in range(0, max(1, size), AT_ONCE * PIECE):
            asked = sa.select(sa.func.substr(kept, start + 1, AT_ONCE * PIECE)).where(JOB.c.id == job)
            # Of what is empty SQLite cuts nothing at all, not something empty.
            data = there.scalar(asked) or b""
            pieces = [data[at : at + PIECE] for at in range(0, max(1, len(data)), PIECE)]
            rows = [
                {"job_id": job, "file": file, "number": number, "piece": piece}
                for number, piece in enumerate(pieces, start // PIECE)
            ]
            there.execute(PIECES.insert(), rows)
        there.execute(JOB.update().where(JOB.c.id == job).values({file: None}))


def downgrade() -> None:
    for file in FILES:
        op.add_column("job", sa.Column(file, sa.LargeBinary(), nullable=True))
        _join(file)
    op.drop_table("job_piece")


def _join(file: str) -> None:
    """Put the pieces together again, one file of one job after the other."""
    there = op.get_bind()
    for job in there.scalars(sa.select(PIECES.c.job_id).where(PIECES.c.file == file).distinct()).all():
        of_job = (PIECES.c.job_id == job, PIECES.c.file == file)
        pieces = there.scalars(sa.select(PIECES.c.piece).where(*of_job).order_by(PIECES.c.number))
        there.execute(JOB.update().where(JOB.c.id == job).values({file: b"".join(pieces)}))
