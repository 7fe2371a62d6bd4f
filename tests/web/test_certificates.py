"""Certificates as files, who may have them, and the public check of a code."""

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from elearning.domain.certificate import spelled
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Certificate
from elearning.store.models.person import Person
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock
from tests.web.proofreading import ProofReader, page, words
from tests.web.sitting import complete

COMMUNE, OTHER, PROVINCE = "Xã Mộc Lâm", "Xã Đồng Hạ", "Tỉnh An Khuê"
NAME = "Trần Thị Ngọc Ánh"


@pytest.fixture
def holder(practice: House, cast: Cast) -> Someone:
    cast.unit(PROVINCE)
    cast.unit(COMMUNE, above=PROVINCE)
    cast.unit(OTHER, above=PROVINCE)
    return cast.person(name=NAME, unit=COMMUNE)


@pytest.fixture
def code(holder: Someone, client: Callable[..., ProofReader], house: House) -> str:
    return complete(house, client(holder))


def test_the_holder_downloads_a_pdf_and_the_same_one_each_time(
    holder: Someone, code: str, client: Callable[..., ProofReader], clock: Clock
) -> None:
    first = client(holder).get(f"/certificates/{code}.pdf")
    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    assert first.data.startswith(b"%PDF")
    assert 'filename="chung-nhan-2026-000001.pdf"' in first.headers["Content-Disposition"]
    clock.forward(days=3)
    assert client(holder).get(f"/certificates/{code}.pdf").data == first.data


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_with_marks_is_printed_right_however_it_was_typed(
    form: str, practice: House, cast: Cast, client: Callable[..., ProofReader], tmp_path: Path
) -> None:
    someone = cast.person(name=unicodedata.normalize(form, NAME), unit=COMMUNE)
    browser = client(someone)
    code = complete(practice, browser)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(browser.get(f"/certificates/{code}.pdf").data)
    assert shutil.which("pdftotext"), "pdftotext is not installed (Debian: poppler-utils)"
    said = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    assert NAME in unicodedata.normalize("NFC", said)
    assert browser.get(f"/certificates/{code}.json").get_json()["holder"] == NAME


@pytest.mark.parametrize(
    ("role", "unit", "status"),
    [("learner", COMMUNE, 404), ("trainer", COMMUNE, 404), ("coordinator", COMMUNE, 200), ("coordinator", PROVINCE, 200),
     ("coordinator", OTHER, 404), ("admin", OTHER, 200)],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["pdf", "json"])
def test_a_certificate_is_for_its_holder_and_the_staff_above(
    role: str, unit: str, status: int, kind: str, code: str, cast: Cast, client: Callable[..., ProofReader]
) -> None:
    assert client(cast.person(role, unit=unit)).get(f"/certificates/{code}.{kind}").status_code == status  # type: ignore[arg-type]


def test_signed_out_nobody_gets_the_file(code: str, client: Callable[..., ProofReader]) -> None:
    assert client().get(f"/certificates/{code}.pdf").headers["Location"].startswith("/login?next=")


def test_the_json_says_what_is_printed(holder: Someone, code: str, client: Callable[..., ProofReader]) -> None:
    said = client(holder).get(f"/certificates/{code}.json").get_json()
    assert (said["holder"], said["unit"], said["number"]) == (NAME, COMMUNE, "000001/2026")
    assert (said["issued_on"], said["valid_until"], said["score"]) == ("2026-11-23", "2027-11-23", "100 %")
    assert (said["code"], said["verify"]) == (spelled(code), f"http://localhost/verify/{code}")


def test_a_certificate_that_does_not_exist_is_refused_in_json_too(
    holder: Someone, client: Callable[..., ProofReader], practice: House
) -> None:
    missing = client(holder).get("/certificates/00000000000000000.json")
    assert missing.status_code == 404
    assert missing.get_json()["message"]


def answer_class(browser: ProofReader, code: str, status: int = 200) -> str:
    """How the answer about a code is shown."""
    checked = browser.get(f"/verify/{code}")
    assert checked.status_code == status
    sections = [s.get("class") or "" for s in page(checked).iter("section")]
    return next(name for name in sections if name.startswith("answer")).removeprefix("answer answer--")


def test_anybody_can_check_a_valid_certificate_and_learns_no_more_than_it_says(
    code: str, client: Callable[..., ProofReader]
) -> None:
    browser = client()
    assert answer_class(browser, code) == "good"
    said = words(browser.get(f"/verify/{code}"))
    for shown in (NAME, "Luyện tập", "000001/2026", "23/11/2026", spelled(code)):
        assert shown in said
    assert COMMUNE not in said
    assert "@" not in said


@pytest.mark.parametrize(
    "spelling",
    [
        str.lower,
        spelled,
        lambda code: f"  {code[:5]} {code[5:]} ",
        lambda code: code.replace("0", "O").replace("1", "l"),
    ],
)
def test_a_code_can_be_typed_in_many_ways(
    spelling: Callable[[str], str], code: str, client: Callable[..., ProofReader]
) -> None:
    checked = client().get("/verify", query_string={"code": spelling(code)})
    assert checked.status_code == 200
    assert NAME in words(checked)


def test_a_certificate_is_valid_through_its_last_day_and_expired_after_it(
    code: str, client: Callable[..., ProofReader], clock: Clock
) -> None:
    browser = client()
    clock.now = clock.now.replace(year=2027, month=11, day=23, hour=16, minute=59)
    assert answer_class(browser, code) == "good"
    clock.forward(minutes=1)
    assert answer_class(browser, code) == "warn"
    assert NAME in words(browser.get(f"/verify/{code}"))


def test_a_withdrawn_certificate_says_since_when_and_why(
    holder: Someone, code: str, client: Callable[..., ProofReader], house: House, clock: Clock
) -> None:
    with house.writing(NOBODY) as work:
        work.session.execute(update(Certificate).values(withdrawn=clock.now, withdrawn_why="Cấp nhầm người"))
    browser = client()
    assert answer_class(browser, code) == "warn"
    said = words(browser.get(f"/verify/{code}"))
    assert "Cấp nhầm người" in said
    assert "23/11/2026" in said
    assert client(holder).get("/certificates").status_code == 200


def test_a_code_that_was_never_issued_is_told_from_one_that_was_mistyped(
    code: str, client: Callable[..., ProofReader]
) -> None:
    browser = client()
    assert answer_class(browser, "0" * 17, 404) == "none"
    unknown = words(browser.get("/verify/" + "0" * 17))
    mistyped = words(browser.get(f"/verify/{code[:-1]}{'0' if code[-1] != '0' else '1'}"))
    assert unknown != mistyped
    assert NAME not in unknown + mistyped


@pytest.mark.parametrize("typed", ["", " ", "x", "<script>alert(1)</script>", "%", "Ánh", "0" * 5_000, "🙂" * 17])
def test_whatever_is_typed_gets_an_answer(typed: str, client: Callable[..., ProofReader], house: House) -> None:
    assert client().get("/verify", query_string={"code": typed}).status_code == 200


def test_the_list_of_ones_certificates_follows_their_state(
    holder: Someone, code: str, client: Callable[..., ProofReader], clock: Clock
) -> None:
    assert "Valid until 23/11/2027" in words(client(holder).get("/certificates"))
    clock.forward(days=400)
    assert "Expired" in words(client(holder).get("/certificates"))


def test_a_name_that_is_changed_later_does_not_change_what_was_issued(
    holder: Someone, code: str, client: Callable[..., ProofReader], house: House
) -> None:
    with house.writing(NOBODY) as work:
        work.session.get_one(Person, holder.id).name = "Tên Khác"
    assert NAME in words(client().get(f"/verify/{code}"))
