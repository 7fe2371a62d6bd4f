"""The door: who comes in, who does not and what they are told, how long a session lives, and how it ends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from elearning.domain.signing_in import FREE_FAILURES, IDLE, LONGEST
from elearning.services import passwords
from elearning.services.work import NOBODY, House
from elearning.store.models.person import BrowserSession, Person, SignInFailure
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.web.proofreading import ProofReader, hidden, page, words
from tests.web.sitting import everything

PASSWORD = "một câu dễ nhớ 2026"


@pytest.fixture
def someone(make_person: Callable[..., Someone]) -> Someone:
    return make_person(password=PASSWORD, identifier="ngoc.anh@ankhue.example")


def sign_in(browser: ProofReader, identifier: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Fill in the form at the door."""
    browser.get("/login")
    return browser.send("/login", {"identifier": identifier, "password": password, **more})


def mistakes(answer: TestResponse) -> str:
    """What the page says was wrong."""
    return "".join(next(s for s in page(answer).iter("section") if "data-mistakes" in s.attrib).itertext())


def test_the_right_password_lets_in(someone: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client()
    entered = sign_in(browser, someone.identifier)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/learn")
    assert browser.get("/learn").status_code == 200
    for address in ("/", "/login"):
        assert browser.get(address).headers["Location"] == "/learn"


@pytest.mark.parametrize("typed", ["NGOC.ANH@AnKhue.example", "  ngoc.anh@ankhue.example "])
def test_capitals_and_blanks_around_the_name_do_not_matter(
    typed: str, someone: Someone, client: Callable[..., ProofReader]
) -> None:
    assert sign_in(client(), typed).status_code == 303


@pytest.mark.parametrize("typed", ["0912345678", "+84912345678", "84 912.345.678", "(0912) 345-678"])
def test_one_phone_has_many_spellings(
    typed: str, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    make_person(password=PASSWORD, identifier="0912 345 678")
    assert sign_in(client(), typed).status_code == 303


def test_a_wrong_password_and_an_unknown_name_are_told_alike(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    wrong = sign_in(client(), someone.identifier, "not the password")
    unknown = sign_in(client(), "khong.ai@ankhue.example", "not the password")
    assert wrong.status_code == unknown.status_code == 422
    assert mistakes(wrong) == mistakes(unknown)
    assert hidden(wrong, "identifier") == someone.identifier
    assert "not the password" not in wrong.get_data(as_text=True)


def test_an_account_without_a_password_cannot_be_entered(
    make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    nobody = make_person(identifier="chua-co@ankhue.example")
    for tried in ("", " ", "anything at all"):
        assert sign_in(client(), nobody.identifier, tried).status_code == 422


def test_an_empty_form_says_what_to_enter(client: Callable[..., ProofReader], house: House) -> None:
    answer = sign_in(client(), "", "")
    assert answer.status_code == 422
    assert len(list(next(s for s in page(answer).iter("section") if "data-mistakes" in s.attrib).iter("a"))) == 2


@pytest.mark.parametrize("typed", ["a" * 200, "'; DROP TABLE person; --", "٠٩١٢٣٤٥٦٧٨", "\u202e@x", "%00"])
def test_odd_names_are_simply_unknown(typed: str, client: Callable[..., ProofReader], house: House) -> None:
    assert sign_in(client(), typed).status_code == 422


def test_a_closed_account_is_told_so_only_with_the_right_password(
    someone: Someone, client: Callable[..., ProofReader], house: House, clock: Clock
) -> None:
    with house.writing(NOBODY) as work:
        work.session.get_one(Person, someone.id).disabled = clock.now
    assert sign_in(client(), someone.identifier).status_code == 403
    assert sign_in(client(), someone.identifier, "wrong").status_code == 422


def test_closing_an_account_ends_its_sessions(
    someone: Someone, client: Callable[..., ProofReader], house: House, clock: Clock
) -> None:
    browser = client(someone)
    with house.writing(NOBODY) as work:
        work.session.get_one(Person, someone.id).disabled = clock.now
    assert browser.get("/learn").status_code == 303


def test_after_five_wrong_passwords_the_name_waits_even_with_the_right_one(
    someone: Someone, client: Callable[..., ProofReader], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(FREE_FAILURES):
        assert sign_in(client(), someone.identifier, "wrong").status_code == 422
    waiting = sign_in(client(), someone.identifier)
    assert waiting.status_code == 429
    assert "09:01, 23/11/2026" in words(waiting)
    monkeypatch.setattr(passwords, "fits", lambda kept, typed: pytest.fail("verifying costs and is not done"))
    assert sign_in(client(), someone.identifier).status_code == 429
    monkeypatch.undo()
    clock.forward(minutes=1)
    assert sign_in(client(), someone.identifier).status_code == 303


def test_an_unknown_name_waits_like_a_known_one(client: Callable[..., ProofReader], house: House) -> None:
    for _ in range(FREE_FAILURES):
        sign_in(client(), "khong.ai@ankhue.example", "wrong")
    assert sign_in(client(), "khong.ai@ankhue.example", "wrong").status_code == 429


def test_the_right_password_forgets_the_wrong_ones(
    someone: Someone, client: Callable[..., ProofReader], house: House
) -> None:
    for _ in range(FREE_FAILURES - 1):
        sign_in(client(), someone.identifier, "wrong")
    sign_in(client(), someone.identifier)
    assert everything(house, SignInFailure) == []


def test_wrong_passwords_at_once_are_all_counted(
    someone: Someone, client: Callable[..., ProofReader], house: House
) -> None:
    browsers = [client() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: sign_in(one, someone.identifier, "wrong").status_code, browsers))
    assert answers == [422] * 4
    assert [row.count for row in everything(house, SignInFailure)] == [4]


def test_a_session_ends_after_a_week_of_silence(
    someone: Someone, client: Callable[..., ProofReader], clock: Clock
) -> None:
    browser = client(someone)
    clock.forward(seconds=IDLE.total_seconds())
    assert browser.get("/learn").status_code == 200
    clock.forward(seconds=IDLE.total_seconds() + 1)
    assert browser.get("/learn").status_code == 303


def test_a_session_ends_after_a_month_however_busy(
    someone: Someone, client: Callable[..., ProofReader], clock: Clock
) -> None:
    browser, days = client(someone), 0
    while browser.get("/learn").status_code == 200:
        clock.forward(days=1)
        days += 1
    assert timedelta(days=days) == LONGEST + timedelta(days=1)


def test_that_somebody_is_here_is_written_down_every_few_minutes_only(
    someone: Someone, client: Callable[..., ProofReader], clock: Clock, statements: Callable[..., object]
) -> None:
    browser = client(someone)
    browser.get("/account")
    with statements() as seen:  # type: ignore[attr-defined]
        browser.get("/account")
        clock.forward(minutes=4, seconds=59)
        browser.get("/account")
    assert seen.writes == []
    clock.forward(seconds=1)
    with statements() as seen:  # type: ignore[attr-defined]
        browser.get("/account")
    assert len(seen.writes) == 1


def test_signing_out_kills_every_copy_of_the_cookie(
    someone: Someone, client: Callable[..., ProofReader], house: House
) -> None:
    browser = client(someone)
    cookie = browser.get_cookie("phatngon")
    assert cookie is not None
    thief = client()
    thief.set_cookie("phatngon", cookie.value)
    assert thief.get("/learn").status_code == 200
    browser.get("/learn")
    left = browser.send("/logout")
    assert (left.status_code, left.headers["Location"]) == (303, "/login")
    assert left.headers["Clear-Site-Data"]
    assert thief.get("/learn").status_code == 303


def test_signing_out_needs_the_token(someone: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client(someone)
    assert browser.post("/logout").status_code == 400
    assert browser.get("/logout").status_code == 405
    assert browser.get("/learn").status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43, "x" * 101, "' OR 1=1 --" + "x" * 20, "\u00e9" * 30])
def test_a_cookie_that_we_did_not_give_is_nobodys(
    cookie: str, someone: Someone, client: Callable[..., ProofReader], house: House
) -> None:
    browser = client()
    browser.set_cookie("phatngon", cookie)
    assert browser.get("/learn").status_code == 303


def test_the_page_that_was_wanted_opens_after_signing_in(someone: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client()
    asked = browser.get("/courses?page=2")
    assert asked.headers["Location"] == "/login?next=/courses?page%3D2"
    wanted = hidden(browser.get(asked.headers["Location"]), "next")
    assert sign_in(browser, someone.identifier, next=wanted).headers["Location"] == "/courses?page=2"


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "javascript:x()",
     "/\t/elsewhere.example", "/x\r\nSet-Cookie: a=b", "elsewhere.example", "/" + "x" * 600, "///elsewhere.example"],
)  # fmt: skip
def test_no_address_elsewhere_is_opened_after_signing_in(
    wanted: str, someone: Someone, client: Callable[..., ProofReader]
) -> None:
    assert sign_in(client(), someone.identifier, next=wanted).headers["Location"] == "/learn"


def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    entered = sign_in(client(), someone.identifier)
    given = next(line for line in entered.headers.getlist("Set-Cookie") if line.startswith("phatngon="))
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given
    assert "Path=/" in given


def test_every_sign_in_gives_a_new_token_and_a_new_session(
    someone: Someone, client: Callable[..., ProofReader], house: House
) -> None:
    browser = client()
    browser.get("/login")
    before = browser.token
    sign_in(browser, someone.identifier)
    browser.get("/learn")
    assert browser.token != before
    assert sign_in(client(), someone.identifier).status_code == 303
    assert len({row.token for row in everything(house, BrowserSession)}) == 2


def test_a_session_that_was_ended_in_the_database_is_over_at_once(
    someone: Someone, client: Callable[..., ProofReader], house: House, clock: Clock
) -> None:
    browser = client(someone)
    with house.writing(NOBODY) as work:
        work.session.execute(update(BrowserSession).values(ended=clock.now))
    assert browser.get("/learn").status_code == 303


def test_signing_out_asks_the_browser_to_keep_nothing(
    house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person())
    assert "data-forget=" in browser.get("/account").get_data(as_text=True)
    assert '"storage"' in browser.send("/logout").headers["Clear-Site-Data"]


def test_the_empty_door_has_the_fields_of_the_form_that_comes_back(client: Callable[..., ProofReader]) -> None:
    browser = client()

    def fields(answer: TestResponse) -> list[dict[str, str]]:
        said = {"id", "value", "aria-invalid", "aria-describedby"}
        return [{k: v for k, v in one.attrib.items() if k not in said} for one in page(answer).iter("input")]

    empty, back = fields(browser.get("/login?next=/learn")), fields(sign_in(browser, "", ""))
    assert {one["name"] for one in empty} == {"csrf_token", "identifier", "password", "next"}
    assert len(empty) == len(back)
    assert all(one in back for one in empty)
    assert hidden(browser.get("/login?next=/learn%22%3E"), "next") == '/learn">'
    assert "Đăng nhập" in words(browser.get("/login"))
