"""Papers as a job: for those who write alone, judged anew when it is done, and begun anew when it was broken off."""

from collections.abc import Callable
from zipfile import ZipFile

import pytest
from sqlalchemy import update

from elearning.documents.exam_words import WORDS
from elearning.domain.errors import NotFound
from elearning.services import paper_making, publishing, working
from elearning.services.paper_making import Wanted
from elearning.services.work import NOBODY, House
from elearning.store.models.person import Grant
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.test_exam_papers import files

WANTED = Wanted(3, 301, "9", kind="docx")


@pytest.fixture
def trainer(house: House, make_person: Callable[..., Someone], monkeypatch: pytest.MonkeyPatch) -> Someone:
    """A trainer for whom papers wait for the worker."""
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, dict(files()))
    monkeypatch.setattr(paper_making, "AT_ONCE", 0)
    return make_person("trainer")


@pytest.mark.parametrize("role", ["learner", "coordinator"])
def test_papers_hold_the_key_and_are_not_for_those_who_may_not_write(
    house: House, trainer: Someone, make_person: Callable[..., Someone], role: str
) -> None:
    other = make_person(role, unit="Xã Mộc Lâm")
    with pytest.raises(NotFound):
        paper_making.make(house, other.actor, "kt", WANTED, WORDS)
    job = paper_making.make(house, trainer.actor, "kt", WANTED, WORDS)
    working.run_next(house)
    for asked in (paper_making.made_page, paper_making.made_file):
        with pytest.raises(NotFound), house.reading(other.actor) as work:
            asked(work, "kt", job)


def test_whoever_may_no_longer_write_gets_no_papers_from_the_worker(house: House, trainer: Someone) -> None:
    job = paper_making.make(house, trainer.actor, "kt", WANTED, WORDS)
    with house.writing(NOBODY) as work:
        work.session.execute(update(Grant).where(Grant.person_id == trainer.id).values(until=work.now))
    assert working.run_next(house)
    with house.reading(trainer.actor) as work:
        page = working.job_page(work, job)
    assert (page.state, page.has_output) == ("failed", False)


def test_papers_that_were_broken_off_are_begun_anew_and_whole(
    house: House, trainer: Someone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = paper_making.make(house, trainer.actor, "kt", WANTED, WORDS)
    real, calls = working.advance, []

    def killed(*args: object) -> None:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as broke:
        broke.setattr(working, "advance", killed)
        with pytest.raises(KeyboardInterrupt):
            working.run_next(house)
    clock.forward(minutes=5)
    assert working.run_next(house)
    with house.writing(trainer.actor) as work:
        path, name = paper_making.made_file(work, "kt", job)
    assert name == "kt-9.zip"
    with ZipFile(path) as archive:
        assert sorted(archive.namelist()) == ["dap-an.docx", "de-301.docx", "de-302.docx", "de-303.docx"]
