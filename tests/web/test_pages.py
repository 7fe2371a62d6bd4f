"""Every page of a learner's way through a course, opened once; the client proof-reads each of them."""

from collections.abc import Callable
from datetime import date

import pytest

from elearning.services.work import House
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import small_course
from tests.web.proofreading import ProofReader, page, words

COURSE = "/courses/khung-phap-ly"
LESSON = f"{COURSE}/khi-nao-dong-ho-bat-dau"


@pytest.fixture
def learner(platform: House, make_person: Callable[..., Someone], enrol: Callable[..., None]) -> Someone:
    someone = make_person(unit="Xã Mộc Lâm", name="Trần Thị Ngọc Ánh")
    enrol(someone, due=date(2026, 11, 30))
    return someone


def lessons_of(browser: ProofReader, course: str = COURSE) -> list[str]:
    links = [str(a.get("href")) for a in page(browser.get(course)).iter("a")]
    return list(
        dict.fromkeys(
            href
            for href in links
            if href.startswith(f"{course}/") and "/quizzes/" not in href and not href.endswith(".pdf")
        )
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_a_learner_can_be_opened_in_both_languages(
    language: str,
    platform: House,
    make_person: Callable[..., Someone],
    enrol: Callable[..., None],
    client: Callable[..., ProofReader],
) -> None:
    someone = make_person(language=language, unit="Xã Mộc Lâm")
    enrol(someone)
    browser = client(someone)
    addresses = ["/learn", "/courses", COURSE, *lessons_of(browser), f"{COURSE}/quizzes/kiem-tra-cuoi-khoa",
                 "/certificates", "/account", "/laws/nd-244-2026", "/laws/nd-244-2026?at=7.3", "/glossary", "/verify"]  # fmt: skip
    assert len(addresses) == 16
    for address in addresses:
        response = browser.get(address)
        assert response.status_code == 200, address
        assert page(response).get("lang") == language


def test_the_start_page_names_the_one_next_thing_and_when_it_is_due(
    learner: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client(learner)
    first = browser.get("/learn")
    assert [a.get("href") for a in page(first).iter("a") if a.get("class") == "button"] == [
        f"{COURSE}/ba-loai-nguoi-phat-ngon"
    ]
    assert "30/11/2026" in words(first)
    browser.send(f"{COURSE}/ba-loai-nguoi-phat-ngon/complete")
    following = [a.get("href") for a in page(browser.get("/learn")).iter("a") if a.get("class") == "button"]
    assert following == [f"{COURSE}/cong-khai-dau-moi"]


def test_a_running_attempt_comes_before_everything_else(learner: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client(learner)
    address = browser.send(f"{COURSE}/quizzes/kiem-tra-cuoi-khoa").headers["Location"]
    assert [a.get("href") for a in page(browser.get("/learn")).iter("a") if a.get("class") == "button"] == [address]


def test_somebody_without_a_course_is_shown_the_way_to_the_open_ones(
    platform: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    start = client(make_person()).get("/learn")
    assert [a.get("href") for a in page(start).iter("a") if a.get("class") == "button"] == ["/courses"]


def test_the_catalogue_shows_open_courses_to_everybody_and_listed_ones_to_those_on_the_list(
    platform: House,
    publish_texts: Callable[..., object],
    make_person: Callable[..., Someone],
    enrol: Callable[..., None],
    client: Callable[..., ProofReader],
) -> None:
    publish_texts(small_course(enrol="by-list"))
    someone, listed = make_person(), make_person()
    enrol(listed, "luyen-tap")
    assert "Luyện tập" not in words(client(someone).get("/courses"))
    assert "Luyện tập" in words(client(listed).get("/courses"))
    assert client(someone).get("/courses/luyen-tap").status_code == 404
    assert client(listed).get("/courses/luyen-tap").status_code == 200


def test_the_outline_shows_every_activity_and_counts_what_is_done(
    learner: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client(learner)
    outline = page(browser.get(COURSE))
    assert sum(1 for li in outline.iter("li") if (li.get("class") or "").startswith("is-")) == 9
    browser.send(f"{LESSON}/complete")
    after = page(browser.get(COURSE))
    assert sum(1 for li in after.iter("li") if li.get("class") == "is-done") == 1


def test_a_lesson_shows_its_citations_with_the_documents_in_force_today(
    learner: Someone, client: Callable[..., ProofReader], clock: Clock
) -> None:
    browser = client(learner)
    lesson = page(browser.get(LESSON))
    links = {a.get("href") for a in lesson.iter("a") if (a.get("href") or "").startswith("/laws/nd-244-2026")}
    assert any("7.3" in str(link) for link in links)
    sheets = {section.get("id"): "".join(section.itertext()) for section in lesson.iter("section")}
    assert "In force today" in sheets["law-nd-244-2026"]
    assert "No longer in force; the last day was 30/06/2026" in sheets["law-nd-09-2017"]
    assert "Clause 3, Article 7" in sheets["law-nd-244-2026"]


def test_a_law_is_in_force_through_its_last_day_and_not_after_it(
    learner: Someone, client: Callable[..., ProofReader], clock: Clock
) -> None:
    address = "/laws/nd-09-2017"
    # 30/06/2026 in Viet Nam ends at 17:00 in UTC.
    clock.now = clock.now.replace(month=6, day=30, hour=16, minute=59)
    browser = client(learner)
    assert "In force today" in words(browser.get(address))
    clock.forward(minutes=2)
    assert "No longer in force; the last day was 30/06/2026" in words(browser.get(address))


def test_a_law_whose_number_the_register_does_not_know_is_called_by_its_title(
    learner: Someone, client: Callable[..., ProofReader]
) -> None:
    read = page(client(learner).get("/laws/luat-bao-ve-moi-truong-2020"))
    (heading,) = read.iter("h1")
    assert "".join(heading.itertext()).strip() == "Luật Bảo vệ môi trường năm 2020"


def test_a_law_that_is_not_in_force_yet_says_so(
    learner: Someone, client: Callable[..., ProofReader], clock: Clock
) -> None:
    clock.now = clock.now.replace(month=6, day=30, hour=16)
    browser = client(learner)
    assert "Not in force yet; from 01/07/2026" in words(browser.get("/laws/nd-244-2026"))


def test_joining_twice_is_joining_once(
    platform: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person())
    refused = browser.get(LESSON)
    assert refused.status_code == 403
    for _ in range(2):
        assert browser.send(f"{COURSE}/enrol").status_code == 303
    assert browser.get(LESSON).status_code == 200


def test_finishing_a_lesson_leads_to_the_next_and_twice_keeps_the_first_date(
    learner: Someone, client: Callable[..., ProofReader], clock: Clock
) -> None:
    browser = client(learner)
    first = browser.send(f"{LESSON}/complete")
    assert (first.status_code, first.headers["Location"]) == (303, f"{COURSE}/thong-tin-ban-dau")
    clock.forward(hours=2)
    assert browser.send(f"{LESSON}/complete").headers["Location"] == first.headers["Location"]
    assert "Finished at 09:00, 23/11/2026" in words(browser.get(LESSON))


def test_a_strict_course_opens_one_activity_after_the_other(
    house: House,
    publish_texts: Callable[..., object],
    make_person: Callable[..., Someone],
    client: Callable[..., ProofReader],
) -> None:
    publish_texts(small_course(order="strict"))
    browser = client(make_person())
    browser.send("/courses/luyen-tap/enrol")
    later = "/courses/luyen-tap/thuc-hanh"
    assert browser.get(later).status_code == 403
    assert browser.send(f"{later}/complete").status_code == 403
    assert browser.get("/courses/luyen-tap/quizzes/thu-tai").status_code == 403
    assert browser.send("/courses/luyen-tap/quizzes/thu-tai").status_code == 403
    browser.send("/courses/luyen-tap/mo-dau/complete")
    assert browser.get(later).status_code == 200
    browser.send(f"{later}/complete")
    assert browser.get("/courses/luyen-tap/quizzes/thu-tai").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/courses/khong-co", f"{COURSE}/khong-co", f"{COURSE}/quizzes/khong-co", "/attempts/khong-co", "/laws/khong-co",
     "/attempts/khong-co/submit", "/attempts/khong-co/result", "/certificates/khong-co.pdf", "/khong-co"],
)  # fmt: skip
def test_what_does_not_exist_is_a_page_that_says_so(
    address: str, learner: Someone, client: Callable[..., ProofReader]
) -> None:
    missing = client(learner).get(address)
    assert missing.status_code == 404
    assert "There is no such page." in words(missing)


def test_a_quiz_page_states_its_rules(learner: Someone, client: Callable[..., ProofReader]) -> None:
    said = words(client(learner).get(f"{COURSE}/quizzes/kiem-tra-cuoi-khoa"))
    assert "10 questions, 10 points in all" in said
    assert "Attempts: 0 of 3 used." in said
    assert "20 minutes from the moment you begin." in said
