"""Enrolling in the browser: a file becomes the list on the page, then the list is enrolled."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Enrolment
from tests.services.cast import Cast, Someone
from tests.web.proofreading import OURS, ProofReader, words

PATH = "/admin/enrolments"


@pytest.fixture
def browser(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    return client(make_person("admin", unit="Tỉnh An Khuê"))


def look(browser: ProofReader, data: bytes) -> TestResponse:
    browser.get(PATH)
    fields = {
        "csrf_token": browser.token, "course": "luyen-tap", "unit": "", "go": "look",
        "file": FileStorage(BytesIO(data), "danh-sach.csv"),
    }  # fmt: skip
    boundary, body = encode_multipart(fields)
    return browser.post(
        PATH, data=body, content_type=f'multipart/form-data; boundary="{boundary}"', headers={"Origin": OURS}
    )


def test_a_file_is_read_into_the_list_and_the_list_is_enrolled(
    browser: ProofReader, practice: House, cast: Cast
) -> None:
    an, binh = (cast.person(unit="Xã Mộc Lâm", name=name) for name in ("Lê Văn An", "Lê Thị Bình"))
    seen = look(browser, f"E-mail\n{an.identifier}\n{binh.identifier}\nkhong-ai@ankhue.example\n".encode())
    assert "2 people would be new" in words(seen)
    assert "khong-ai@ankhue.example" in words(seen)
    assert an.identifier in seen.get_data(as_text=True)
    form = {"course": "luyen-tap", "unit": "", "names": f"{an.identifier}\n{binh.identifier}", "go": "enrol"}
    assert browser.send(PATH, form).status_code == 303
    with practice.reading(NOBODY) as work:
        assert set(work.session.scalars(select(Enrolment.person_id))) == {an.id, binh.id}


def test_a_file_that_is_no_list_is_told_beside_its_field(browser: ProofReader) -> None:
    answer = look(browser, b"PK\x03\x04 no workbook at all")
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.get_data(as_text=True)
