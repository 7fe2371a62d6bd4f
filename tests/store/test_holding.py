"""Who has a database open: nobody beside whoever has it alone, and sessions that are just leaving are waited for."""

import threading

import pytest
from sqlalchemy import text

from elearning.services.work import NOBODY
from elearning.store import holding
from elearning.store.holding import InUse
from tests.conftest import build_test_house
from tests.services.clock import Clock
from tests.services.keeping import bare, opened_at
from tests.store.databases import ON_POSTGRESQL, Databases


def test_nobody_can_open_the_database_while_it_is_held_alone(databases: Databases) -> None:
    url = bare(databases, "alone")
    with opened_at(url) as mover, opened_at(url) as server:
        house = build_test_house(server, Clock())
        with mover.alone(), pytest.raises(Exception, match="moved or restored"), house.reading(NOBODY) as work:
            work.session.execute(text("SELECT 1"))
        with house.reading(NOBODY) as work:
            assert work.session.scalar(text("SELECT 1")) == 1


@pytest.mark.skipif(not ON_POSTGRESQL, reason="a file is let go of at once")
def test_a_session_that_is_just_leaving_is_waited_for_and_one_that_stays_is_not(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = bare(databases, "leaving")
    with opened_at(url) as mover, opened_at(url) as server:
        with server.engine.connect() as stays:
            leaves = threading.Timer(0.4, stays.invalidate)
            leaves.start()
            try:
                with mover.alone():
                    assert not leaves.is_alive()
            finally:
                leaves.join()
        monkeypatch.setattr(holding, "LEAVING", 0.2)
        with server.engine.connect(), pytest.raises(InUse), mover.alone():
            raise AssertionError("it was not alone")
