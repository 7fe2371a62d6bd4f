"""How much a page may ask of the database, whatever has happened before: DESIGN, section 7."""

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select

from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Answer, AttemptSlot
from tests.services.cast import Cast, Someone
from tests.services.texts import lesson, publish, small_course
from tests.store.databases import ON_POSTGRESQL, Seen
from tests.web.proofreading import ProofReader
from tests.web.sitting import QUIZ_ADDRESS, begin, complete, everything, hand_in, right_answers, row_of, save

COURSE = "/courses/khung-phap-ly"
QUIZ = f"{COURSE}/quizzes/kiem-tra-cuoi-khoa"
PAGES = ("/learn", "/courses", COURSE, f"{COURSE}/khi-nao-dong-ho-bat-dau", QUIZ, "/certificates", "/laws/nd-244-2026")
MOST_ON_A_PAGE, MOST_ON_SAVING, MOST_ON_BEGINNING, MOST_BYTES = 4, 3, 12, 50_000
Counting = Callable[[], AbstractContextManager[Seen]]


@pytest.fixture
def learner(platform: House, cast: Cast) -> Someone:
    someone = cast.person(unit="Xã Mộc Lâm")
    cast.enrol(someone)
    return someone


@pytest.fixture
def browser(learner: Someone, client: Callable[..., ProofReader]) -> ProofReader:
    return client(learner)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_a_learner_costs_at_most_four_statements_and_writes_nothing(
    address: str, browser: ProofReader, statements: Counting
) -> None:
    browser.get(address)
    with statements() as seen:
        assert browser.get(address).status_code == 200
    assert len(seen.statements) <= MOST_ON_A_PAGE, seen.statements
    assert seen.writes == []


@pytest.mark.parametrize("address", [*PAGES, "/courses/khong-co", "/khong-co", "/account", "/static/page.js"])
def test_a_page_reads_who_asks_and_what_they_see_in_one_view_and_gives_its_line_back(
    address: str, platform: House, browser: ProofReader
) -> None:
    browser.get(address)
    begun: list[object] = []
    note = begun.append
    event.listen(platform.store.engine, "begin", note)
    browser.get(address)
    event.remove(platform.store.engine, "begin", note)
    assert len(begun) <= 1
    assert platform.store.engine.pool.status().count("Current Checked out connections: 0") == 1


def test_a_lesson_that_explains_its_words_costs_no_more_than_any_other_page(
    practice: House,
    make_person: Callable[..., Someone],
    enrol: Callable[..., None],
    client: Callable[..., ProofReader],
    statements: Counting,
) -> None:
    term = {"courses/glossary.md": "## một từ {#tu}\nNghĩa.\n{: }\n".encode()}
    text = {"courses/luyen-tap/mo-dau.md": lesson("Mở đầu", "[một từ](term:tu)").encode()}
    publish(practice, {**small_course(), **term, **text})
    someone = make_person()
    enrol(someone, "luyen-tap")
    browser = client(someone)
    for address in ("/courses/luyen-tap/mo-dau", "/glossary", "/glossary/tu"):
        browser.get(address)
        with statements() as seen:
            assert browser.get(address).status_code == 200
        assert len(seen.statements) <= MOST_ON_A_PAGE, seen.statements
        assert seen.writes == []


@pytest.mark.parametrize("rest", ["", "?page=3", "/submit"])
def test_a_page_of_an_attempt_costs_at_most_four_statements(
    rest: str, browser: ProofReader, statements: Counting
) -> None:
    attempt = begin(browser, QUIZ)
    save(browser, attempt, {"1": "a"})
    browser.get(attempt)
    with statements() as seen:
        assert browser.get(f"{attempt}{rest}").status_code == 200
    assert len(seen.statements) <= MOST_ON_A_PAGE, seen.statements


def test_the_result_costs_no_more_the_more_attempts_there_are(
    practice: House, cast: Cast, client: Callable[..., ProofReader], statements: Counting
) -> None:
    browser = client(cast.person())
    counts = []
    for _ in range(4):
        attempt = begin(browser)
        hand_in(browser, attempt)
        browser.get(f"{attempt}/result")
        with statements() as seen:
            browser.get(f"{attempt}/result")
        counts.append(len(seen.statements))
    assert len(set(counts)) == 1


def test_beginning_forty_questions_costs_at_most_twelve_statements_and_one_commit(
    house: House, cast: Cast, client: Callable[..., ProofReader], statements: Counting
) -> None:
    ask = "## Câu {n}? {{#cau-{n}}}\n\n- [ ] Một\n- [x] Hai\n\n{{: points=1 }}\n"
    publish(house, small_course(questions={f"cau-{n}": ask.format(n=n) for n in range(40)}, shuffle=True))
    browsers = [client(cast.person()) for _ in range(2)]
    for browser in browsers:
        browser.send("/courses/luyen-tap/enrol")
    browsers[0].send(QUIZ_ADDRESS)
    with statements() as seen:
        assert browsers[1].send(QUIZ_ADDRESS).status_code == 303
    assert len(seen.statements) <= MOST_ON_BEGINNING, seen.statements
    assert seen.commits == 1
    assert len(everything(house, AttemptSlot)) == 80


def test_saving_costs_at_most_three_statements_of_which_one_writes(browser: ProofReader, statements: Counting) -> None:
    attempt = begin(browser, QUIZ)
    save(browser, attempt, {"1": "a"})
    for seq, letter in ((2, "b"), (3, "c")):
        with statements() as seen:
            assert save(browser, attempt, {"1": letter, "2": letter, "3": letter}, seq=seq, base=9).status_code == 200
        assert len(seen.statements) <= MOST_ON_SAVING, seen.statements
        # To PostgreSQL it is a statement by itself, which is kept without a commit.
        assert (seen.commits, len(seen.writes)) == (0 if ON_POSTGRESQL else 1, 1)


def test_saving_costs_the_same_after_a_thousand_saves(browser: ProofReader, house: House, statements: Counting) -> None:
    attempt = begin(browser, QUIZ)
    row = row_of(house, attempt)
    with house.writing(NOBODY) as work:
        many = [
            {"attempt_id": row.id, "slot": 9, "tab": "first-tab", "seq": n + 1_000, "base": n, "version": n + 1,
             "value": "a", "at": row.began, "late": False, "chosen": False}
            for n in range(1_000)
        ]  # fmt: skip
        work.session.execute(insert(Answer), many)
    save(browser, attempt, {"1": "a"}, seq=5_000, base=1_000)
    with statements() as seen:
        assert save(browser, attempt, {"1": "b"}, seq=5_001, base=1_001).get_json()["version"] == 1_002
    assert len(seen.statements) <= MOST_ON_SAVING


def test_handing_in_and_all_that_follows_is_one_commit(
    practice: House, cast: Cast, client: Callable[..., ProofReader], statements: Counting
) -> None:
    browser = client(cast.person())
    complete(practice, browser)
    attempt = begin(browser)
    save(browser, attempt, right_answers(practice, attempt))
    with statements() as seen:
        hand_in(browser, attempt)
    assert seen.commits == 1


@pytest.mark.parametrize("address", ["/healthz", "/login", "/", "/robots.txt"])
def test_open_pages_cost_nothing(
    address: str, house: House, client: Callable[..., ProofReader], statements: Counting
) -> None:
    with statements() as seen:
        client().get(address)
    assert seen.statements == []


def test_a_page_with_its_styles_and_scripts_weighs_less_than_50_kilobytes(browser: ProofReader) -> None:
    attempt = begin(browser, QUIZ)
    packed = {"Accept-Encoding": "gzip"}
    scripts = [
        "attempt",
        "answers",
        "queue",
        "countdown",
        "strip",
        "pages",
        "line",
        "door",
        "told",
        "lookover",
        "sealing",
        "page",
    ]
    files = ("tokens.css", "components.css", "icons.svg", *(f"{name}.js" for name in scripts))
    cookie = browser.get_cookie("phatngon")
    assert cookie is not None
    # The proof-reader cannot read what is packed.
    bare = FlaskClient(browser.application, browser.application.response_class)
    bare.set_cookie("phatngon", cookie.value)
    folder = Path(str(browser.application.static_folder))
    shared = sum(len(gzip.compress((folder / name).read_bytes(), 5)) for name in files)
    for address in (*PAGES, attempt):
        with bare.get(address, headers=packed) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert len(answer.data) + shared < MOST_BYTES, address


def test_the_list_of_people_costs_the_same_for_one_and_for_forty(
    house: House, cast: Cast, client: Callable[..., ProofReader], statements: Counting
) -> None:
    admin = client(cast.person("admin"))
    counts = []
    for more in (1, 40):
        for _ in range(more):
            cast.person(unit=f"Xã {cast.count}")
        admin.get("/admin/people")
        with statements() as seen:
            admin.get("/admin/people")
        counts.append(len(seen.statements))
    assert counts[0] == counts[1]


def test_the_completions_report_costs_the_same_for_few_and_for_many_units(
    practice: House, cast: Cast, client: Callable[..., ProofReader], statements: Counting
) -> None:
    cast.unit("Tỉnh An Khuê")
    coordinator = client(cast.person("coordinator", unit="Tỉnh An Khuê"))
    counts = []
    for more in (2, 20):
        for _ in range(more):
            cast.unit(f"Xã {cast.count}", above="Tỉnh An Khuê")
            cast.enrol(cast.person(unit=f"Xã {cast.count}"), "luyen-tap")
        coordinator.get("/admin/reports/completions")
        with statements() as seen:
            coordinator.get("/admin/reports/completions")
        counts.append(len(seen.statements))
    assert counts[0] == counts[1]


def test_the_counter_of_these_tests_counts(house: House, statements: Counting) -> None:
    with statements() as seen, house.reading(NOBODY) as work:
        work.session.execute(select(Answer.id))
    assert (len(seen.statements), seen.writes, seen.commits) == (1, [], 0)
