"""Names sort by given name, then family, then middle names, each with its tones: the keys are worked out anew."""

import sqlalchemy as sa
from alembic import op

from elearning.domain.names import collation_key, sort_key

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
MANY = 5_000


def upgrade() -> None:
    for table, key in (("person", sort_key), ("unit", collation_key)):
        rows = sa.table(
            table, sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("sort_key", sa.String)
        )
        connection, last = op.get_bind(), 0
        change = rows.update().where(rows.c.id == sa.bindparam("row")).values(sort_key=sa.bindparam("key"))
        while True:
            part = connection.execute(
                sa.select(rows.c.id, rows.c.name).where(rows.c.id > last).order_by(rows.c.id).limit(MANY)
            ).all()
            if not part:
                break
            connection.execute(change, [{"row": one.id, "key": key(one.name)} for one in part])
            last = part[-1].id


def downgrade() -> None:
    """Nothing: the older version reads the new keys as well, and writes its own with the next change of a name."""
