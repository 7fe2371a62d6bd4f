"""Whether the platform can work: the database answers and has the newest tables."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from elearning.services.work import House
from elearning.store.migrating import is_current


def is_ready(house: House) -> bool:
    """Whether requests can be served now."""
    try:
        with house.store.reading() as session:
            session.execute(text("SELECT 1"))
        return is_current(house.store)
    except SQLAlchemyError:
        return False
