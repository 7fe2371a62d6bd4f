"""Hand-outs and forms as learners fetch them: in their language, with pictures, and only where the lessons are open."""

from collections.abc import Callable

import pytest

from elearning.services import handouts
from elearning.services.work import House
from tests.services.cast import Someone
from tests.services.texts import lesson, small_course
from tests.web.proofreading import ProofReader, page

LESSON = "courses/luyen-tap/mo-dau.md"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1" width="4" height="1"><rect width="4" height="1"/></svg>'
)
TEXT = 'Xem hình.\n\n![Một hình chữ nhật nằm ngang](media/hinh.svg)\n\n!!! template "Mẫu một"\n    Họ tên: ………'
HANDOUT, FORMS = "/courses/luyen-tap/modules/phan-mot.pdf", "/courses/luyen-tap/mo-dau/forms.pdf"


@pytest.fixture
def learner(
    publish_texts: Callable[..., object], make_person: Callable[..., Someone], enrol: Callable[..., None]
) -> Someone:
    drawn = {LESSON: lesson("Mở đầu", TEXT).encode(), "courses/luyen-tap/media/hinh.svg": DRAWING}
    publish_texts(small_course() | drawn)
    someone = make_person(language="vi")
    enrol(someone, "luyen-tap")
    return someone


def links(browser: ProofReader, address: str) -> list[str]:
    return [str(a.get("href")) for a in page(browser.get(address)).iter("a") if str(a.get("href")).endswith(".pdf")]


def test_the_outline_and_the_lesson_lead_to_the_papers(learner: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client(learner)
    assert links(browser, "/courses/luyen-tap") == [HANDOUT]
    assert links(browser, "/courses/luyen-tap/mo-dau") == [FORMS, HANDOUT]
    assert links(browser, "/courses/luyen-tap/thuc-hanh") == [HANDOUT]
    for address in (HANDOUT, FORMS):
        answer = browser.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.data.startswith(b"%PDF")


def test_a_hand_out_holds_its_lessons_with_their_pictures_and_no_questions(learner: Someone, house: House) -> None:
    with house.reading(learner.actor) as work:
        printed = handouts.module_handout(work, "luyen-tap", "phan-mot")
    assert [(one.number, one.title) for one in printed.lessons] == [("1.1", "Mở đầu"), ("1.2", "Thực hành")]
    assert [one.data for one in printed.pictures] == [DRAWING]
    assert printed.day == house.clock().astimezone(house.platform.zone).date()


@pytest.mark.parametrize("address", ["/courses/luyen-tap/modules/khac.pdf", "/courses/luyen-tap/thuc-hanh/forms.pdf"])
def test_there_is_no_paper_of_what_is_not_there(
    address: str, learner: Someone, client: Callable[..., ProofReader]
) -> None:
    assert client(learner).get(address).status_code == 404


def test_there_is_no_hand_out_of_lessons_that_are_not_open_yet(
    publish_texts: Callable[..., object],
    make_person: Callable[..., Someone],
    enrol: Callable[..., None],
    client: Callable[..., ProofReader],
) -> None:
    publish_texts(small_course(order="strict"))
    someone = make_person()
    enrol(someone, "luyen-tap")
    browser = client(someone)
    assert links(browser, "/courses/luyen-tap") == []
    assert browser.get(HANDOUT).status_code == 403
    browser.send("/courses/luyen-tap/mo-dau/complete")
    assert browser.get(HANDOUT).status_code == 200


def test_a_drawing_runs_and_loads_nothing_even_when_it_is_opened_by_itself(
    learner: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client(learner)
    (address,) = [str(img.get("src")) for img in page(browser.get("/courses/luyen-tap/mo-dau")).iter("img")]
    answer = browser.get(address)
    assert (answer.mimetype, answer.data) == ("image/svg+xml", DRAWING)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox")
