"""Lists through the browser: sent, looked at, put in, and the bad rows taken away to be corrected."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from elearning.exchange.people_table import read_list
from elearning.services import working
from elearning.services.work import House
from tests.services.cast import Cast, Someone
from tests.web.proofreading import OURS, ProofReader, page, words

PATH = "/admin/people/import"
LIST = "Họ và tên;Đơn vị;Mã cán bộ\nTrần Thị Ánh;Tỉnh An Khuê > Sở Nội vụ;CB1\nLê An;Tỉnh An Khuê;\n"


@pytest.fixture
def browser(make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    return client(make_person("admin"))


def send(browser: ProofReader, data: bytes = LIST.encode(), name: str = "Danh sách.csv") -> TestResponse:
    browser.get(PATH)
    # Made here and not by the client, which would put a large body into a file and leave that open.
    fields = {"csrf_token": browser.token, "file": FileStorage(BytesIO(data), name)}
    boundary, body = encode_multipart(fields)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.post(PATH, data=body, content_type=kind, headers={"Origin": OURS})


def sent(browser: ProofReader, data: bytes = LIST.encode(), name: str = "Danh sách.csv") -> str:
    response = send(browser, data, name)
    assert response.status_code == 303
    return str(response.headers["Location"])


def test_the_form_says_what_a_list_must_have(browser: ProofReader) -> None:
    said = words(browser.get(PATH))
    for column in ("Họ và tên", "Đơn vị", "Chức vụ", "Nhiệm vụ", "E-mail", "Điện thoại", "Mã cán bộ", "Liên hệ"):
        assert column in said


def test_a_list_is_shown_before_anything_is_written_then_put_in_and_its_bad_rows_fetched(
    browser: ProofReader, house: House
) -> None:
    address = sent(browser)
    before = browser.get(address)
    assert "1 of 2 rows can go in" in words(before)
    assert "Nothing has been written yet." in words(before)
    assert "to sign in with" in words(before)
    applied = browser.send(f"{address}/apply")
    assert applied.status_code == 303
    waiting = browser.get(applied.headers["Location"])
    assert "The list is being brought in" in words(waiting)
    assert working.run_next(house) is True
    after = browser.get(applied.headers["Location"])
    assert "1 person was added" in words(after)
    assert "Trần Thị Ánh" in words(browser.get("/admin/people"))
    back = browser.get(f"{applied.headers['Location']}/output")
    assert back.mimetype == "text/csv"
    assert "Danh_sach-dong-loi.csv" in back.headers["Content-Disposition"]
    assert "Write an e-mail address, a telephone number or a staff code" in back.get_data(as_text=True)
    assert [dict(line.values)["name"] for line in read_list(back.get_data()).lines] == ["Lê An"]
    assert "You have brought in this list already." in words(browser.get(address))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_of_an_import_can_be_opened_in_both_languages(
    language: str, make_person: Callable[..., Someone], client: Callable[..., ProofReader], house: House
) -> None:
    browser = client(make_person("admin", language=language))
    address = sent(browser)
    applied = browser.send(f"{address}/apply").headers["Location"]
    for path in (PATH, address, applied):
        assert page(browser.get(path)).get("lang") == language
    working.run_next(house)
    assert browser.get(applied).status_code == 200


def zeros() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 50_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00", "This is not a spreadsheet."),
        ("Tên sách;Tác giả\nA;B\n".encode(), "No heading was found."),
        (zeros(), "unpacks to far more"),
        (b"x" * 21_000_000, "larger than 20 MB"),
    ],
)
def test_what_is_no_list_is_refused_beside_the_field(data: bytes, said: str, browser: ProofReader) -> None:
    refused = send(browser, data)
    assert refused.status_code == 422
    assert said in words(refused)
    assert [field.get("aria-describedby") for field in page(refused).iter("input") if field.get("id") == "file"] == [
        "file-hint file-error"
    ]


def test_a_form_without_a_file_asks_for_one(browser: ProofReader) -> None:
    browser.get(PATH)
    refused = browser.send(PATH)
    assert refused.status_code == 422
    assert "Choose the file with the list." in words(refused)


def test_far_too_much_is_refused_before_it_is_read(browser: ProofReader) -> None:
    refused = send(browser, b"x" * 25_000_001)
    assert refused.status_code == 422
    assert "larger than 20 MB" in words(refused)


def test_only_the_page_for_lists_takes_more_than_other_pages(browser: ProofReader) -> None:
    browser.get("/account")
    assert browser.send("/account/language", {"language": "vi", "next": "x" * 1_100_000}).status_code == 413


def test_a_list_without_a_token_is_not_taken(browser: ProofReader) -> None:
    refused = browser.post(PATH, data={"file": (BytesIO(LIST.encode()), "a.csv")})
    assert refused.status_code == 400


def test_the_list_of_somebody_else_is_not_there(
    cast: Cast, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    owner = client(make_person("coordinator", unit="Xã Mộc Lâm"))
    other = client(make_person("coordinator", unit="Xã Mộc Lâm"))
    address = sent(owner, "Họ và tên;Đơn vị;Mã cán bộ\nAn;Xã Mộc Lâm;CB1\nBình;Xã Lạ;CB2\n".encode())
    for path in (address, f"{address}/output"):
        assert other.get(path).status_code == 404
        assert owner.get(path).status_code == 200
    assert other.send(f"{address}/apply").status_code == 404
    assert owner.get("/admin/jobs/khong-co").status_code == 404


@pytest.mark.parametrize("role", ["learner", "trainer"])
def test_lists_are_for_those_who_look_after_people(
    role: str, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person(role))
    assert browser.get(PATH).status_code == 404
    assert browser.send(PATH, {"file": (BytesIO(LIST.encode()), "a.csv")}).status_code == 404


def test_a_long_list_shows_how_far_it_is_and_a_broken_one_says_why(
    browser: ProofReader, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    heading = "Họ và tên;Đơn vị;Mã cán bộ\n"
    address = sent(browser, (heading + "An;Xã A;CB1\n" * 2_001).encode())
    waiting = browser.get(address)
    assert "The list is being looked at" in words(waiting)
    assert [str(s.get("src")).partition("?")[0] for s in page(waiting).iter("script")][-1] == "/static/job.js"
    working.run_next(house)
    assert "No row of this list can go in" in words(browser.get(address))
    broken = sent(browser, (heading + "An;Xã A;CB1\n" * 50_001).encode())
    working.run_next(house)
    assert "more than 50000 rows" in words(browser.get(broken))


def test_the_sample_is_a_list_that_can_be_brought_in(browser: ProofReader) -> None:
    sample = browser.get(f"{PATH}/sample.xlsx")
    table = read_list(sample.data)
    assert (table.kind, len(table.lines)) == ("people", 2)
    address = sent(browser, sample.data, "danh-sach-mau.xlsx")
    assert "2" in words(browser.get(address))
    assert "Reason" not in words(browser.get(address))
