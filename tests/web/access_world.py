"""Long because it is one world, in which access is tried: a unit with one above, one beside and one below, each with things of every kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from elearning.documents.exam_words import WORDS
from elearning.domain.certificate import number_words
from elearning.exchange.zipped import write_zip
from elearning.services import (
    accounts,
    course_files,
    drafting,
    importing,
    law_watch,
    paper_making,
    planning,
    publishing,
    question_editing,
    question_files,
    question_items,
    question_keeping,
    remarks,
    taking_in,
    uploading,
    word_lessons,
    working,
)
from elearning.services.paper_making import Wanted
from elearning.services.passwords import hashed
from elearning.services.question_items import Pick
from elearning.services.work import NOBODY, House
from elearning.store.files.folder import Folder
from elearning.store.models.arrangement import Arrangement
from elearning.store.models.learning import Answer, Attempt, Certificate
from elearning.store.models.notice import Notice, SavedView
from elearning.store.models.person import BrowserSession, Grant, Person
from elearning.store.models.text import Course, EditionText, Remark
from elearning.store.models.unit import Unit
from elearning.store.queries import jobs
from tests.services.cast import Cast, Someone
from tests.services.texts import QUESTIONS, lesson, publish, small_course
from tests.store.databases import Rows, rows_of
from tests.web.proofreading import ProofReader
from tests.web.sitting import begin, complete, hand_in, save

SOUND = b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(range(256))
FORM = '\n!!! template "Mẫu"\n    Họ tên: ………\n'
CHECK = """
### Chọn một? {#mot .question}

- [ ] Sáng
- [x] Trưa

{: points=1 }
"""
RUBRIC = """
| Tiêu chí | 0 | 1 |
|---|---|---|
| Rõ ràng | không | đủ |
"""
OPEN = {
    "mot": f"## Trả lời phóng viên {{#mot}}\n{RUBRIC}\n{{: type=recording seconds=60 points=2 }}\n",
    "ngan": f"## Viết thông cáo {{#ngan}}\n{RUBRIC}\n{{: type=statement words=3-50 points=4 }}\n",
}
PASSWORD = "một câu dài dễ nhớ"
UNITS = {"above": "Tỉnh Trên", "home": "Xã Nhà", "away": "Xã Bên", "below": "Thôn Dưới"}
OVER = {"home": "Tỉnh Trên", "away": "Tỉnh Trên", "below": "Xã Nhà"}
BY_LIST = "noi-bo"
LAWS = """# Văn bản

## Nghị định 1/2026/NĐ-CP {#nd-1-2026}
Một nghị định.
{: number="1/2026/NĐ-CP" issuer="Chính phủ" from=2026-07-01 verified=V source="https://example.com/" }

## Nghị định 2/2020/NĐ-CP {#nd-2-2020}
Một nghị định đã hết hiệu lực.
{: number="2/2020/NĐ-CP" until=2026-06-30 }
"""
WRITTEN = "moi-viet"
WAITING = {
    "key": "bai", "title": "Bài chờ", "minutes": 2, "words": 1, "tables": 0, "pictures": 0, "footnotes": 0, "source": "", "remarks": [],
}  # fmt: skip
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
Things = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """The database, the uploaded files, the cookies of everybody, and the things.

    `things` holds, by kind and place, what addresses and forms need to name a thing; `mark` is what shows it on a page.
    """

    rows: Rows
    files: Folder
    cookies: Mapping[str, str]
    things: Mapping[str, Mapping[str, Things]]

    def named(self, about: str, place: str) -> dict[str, str]:
        """What names a thing of one place; and for all else the things of home, the plain ones before the special ones."""
        merged = {name: value for places in [*self.things.values()][::-1] for name, value in places["home"].items()}
        if about == "-":
            return {**merged, "mark": ""}
        places = self.things[about]
        return {**merged, "mark": "", **places.get(place, places["home"])}


class Founder:
    """Makes the world in an empty house."""

    def __init__(self, app: Flask, house: House) -> None:
        app.extensions["house"] = house
        self.app, self.house, self.cast = app, house, Cast(house)
        self.cookies: dict[str, str] = {}
        self.things: dict[str, dict[str, Things]] = {}

    def found(self) -> World:
        """Make everything."""
        self._texts()
        for place, name in UNITS.items():
            self.cast.unit(name, OVER.get(place))
        for place in UNITS:
            self._learner(place)
            self._unit(place)
            self._speaker(place)
            self._latecomer(place)
            self._clerk(place)
            self._others(place)
        self._actors()
        with self.house.writing(NOBODY) as work:
            work.session.execute(update(Person).values(password=hashed(PASSWORD)))
        return World(rows_of(self.house.store), self.house.files, self.cookies, self.things)

    def _texts(self) -> None:
        """An open course with a picture, a law and a term of the same key, and a course for those on a list only; the first
        lesson of each has a form to fill in.
        """
        open_, listed = small_course(), small_course(enrol="by-list", questions={**QUESTIONS, **OPEN})
        open_["courses/luyen-tap/mo-dau.md"] += f"\n![Một điểm](media/diem.png)\n{FORM}{CHECK}".encode()
        listed["courses/luyen-tap/mo-dau.md"] += f"{FORM}{CHECK}".encode()
        open_ |= {"courses/luyen-tap/media/diem.png": POINT, "courses/laws.md": LAWS.encode()}
        open_["courses/glossary.md"] = b"## Nga {#nd-1-2026}\nNga.\n{: }\n"
        publish(self.house, open_)
        publish(self.house, as_another(listed), BY_LIST)
        digest = self._one(select(EditionText.digest).where(EditionText.path.endswith("diem.png")))
        self._thing(
            "text",
            lesson="mo-dau",
            module="phan-mot",
            question="mot",
            key="nd-1-2026",
            digest=digest,
            name="diem.png",
            filename="page.js",
        )
        self._thing("course", course="luyen-tap", quiz="thu-tai", mark="Luyện tập")
        self._thing("by-list", course=BY_LIST, quiz="thu-rieng", mark="Nội bộ")

    def _one(self, statement: Any) -> Any:
        with self.house.reading(NOBODY) as work:
            return work.session.scalars(statement).one()

    def _public(self, kind: Any, number: int) -> str:
        return str(self._one(select(kind.public).where(kind.id == number)))

    def _add(self, row: Any) -> str:
        """Put a row in; its number."""
        with self.house.writing(NOBODY) as work:
            work.session.add(row)
            work.session.flush()
            return str(row.id)

    def _thing(self, about: str, place: str = "home", **named: str) -> None:
        self.things.setdefault(about, {})[place] = named

    def _browser(self, cookie: str) -> ProofReader:
        made = self.app.test_client()
        assert isinstance(made, ProofReader)
        made.set_cookie("phatngon", cookie)
        return made

    def _person(self, place: str, name: str, role: Any = "learner") -> Someone:
        return self.cast.person(role, unit=UNITS[place], name=f"{name} {UNITS[place]}")

    def _learner(self, place: str) -> None:
        """A learner with all that a learner can have."""
        owner = self._person(place, "Lê Văn Chủ")
        self.cast.enrol(owner, BY_LIST)
        cookie = self.cast.browser(owner)
        self.cookies.setdefault("owner", cookie) if place == "home" else None
        person = self._public(Person, owner.id)
        self._thing("person", place, person=person, identifier=owner.identifier, mark=owner.name)
        self._learning(place, owner, self._browser(cookie))
        notice = Notice(
            person_id=owner.id, kind="result", about="x", values={"course": "luyen-tap"}, at=self.house.clock()
        )
        self._thing("notice", place, notice=self._add(notice), mark="has changed")
        address = f"203.0.113.{len(self.things['notice'])}"
        device = BrowserSession(
            token=place, person_id=owner.id, created=self.house.clock(), seen=self.house.clock(), address=address
        )
        self._thing("device", place, device=self._add(device), mark=address)
        with self.house.writing(NOBODY) as work:
            self._thing("code", place, code=accounts.make_code(work, owner.id), mark=owner.name)

    def _learning(self, place: str, owner: Someone, browser: ProofReader) -> None:
        """A certificate, an attempt with its result, and another that runs."""
        code = complete(self.house, browser)
        result = str(self._one(select(Attempt.public).where(Attempt.person_id == owner.id)))
        running = begin(browser)
        save(browser, running, {"1": "b"})
        self._thing("attempt", place, attempt=running.rsplit("/", 1)[-1])
        self._thing("result", place, attempt=result)
        row = self._one(select(Certificate).where(Certificate.code == code))
        self._thing("certificate", place, code=code, mark=number_words(row.number, row.year))

    def _speaker(self, place: str) -> None:
        """A learner with work that waits to be marked, a recording, and another that was only announced."""
        speaker = self._person(place, "Lê Văn Nói")
        self.cast.enrol(speaker, BY_LIST)
        cookie = self.cast.browser(speaker)
        if place == "home":
            self.cookies["speaker"] = cookie
        browser, quiz = self._browser(cookie), f"/courses/{BY_LIST}/quizzes/thu-rieng"
        waits = begin(browser, quiz)
        save(browser, waits, {"3": f"Một lời nói đầu ở {UNITS[place]}."})
        hand_in(browser, waits)
        self._thing("waiting", place, attempt=waits.rsplit("/", 1)[-1])
        running = begin(browser, quiz)
        self._thing("spoken", place, attempt=running.rsplit("/", 1)[-1])
        for about, is_sent in (("announced", False), ("recording", True)):
            sent = browser.send_json(f"{running}/uploads", {"slot": 1, "name": "a.wav", "size": len(SOUND)})
            upload = str(sent.get_json()["id"])
            self._thing(about, place, upload=upload)
            if is_sent:
                uploading.add_part(self.house, speaker.actor, upload, 0, SOUND)

    def _latecomer(self, place: str) -> None:
        """A learner whose attempt failed, with an answer that came after the end; and a row of what is arranged for the unit."""
        person = self._person(place, "Lê Văn Muộn")
        self.cast.enrol(person, BY_LIST)
        browser, quiz = self._browser(self.cast.browser(person)), {"course": BY_LIST, "quiz": "thu-rieng"}
        attempt = begin(browser, f"/courses/{BY_LIST}/quizzes/thu-rieng")
        hand_in(browser, attempt)
        public = attempt.rsplit("/", 1)[-1]
        number = self._one(select(Attempt.id).where(Attempt.public == public))
        self._add(Answer(attempt_id=number, slot=2, tab="some-tab-9", seq=1, base=0, version=1, value=["a"],
                         at=self.house.clock(), late=True))  # fmt: skip
        self._thing("late", place, attempt=public, version="1", identifier=person.identifier, mark=person.name, **quiz)
        unit = self.cast.unit(UNITS[place])
        course = self._one(select(Course.id).where(Course.key == BY_LIST))
        row = Arrangement(
            kind="dates", course_id=course, quiz=quiz["quiz"], scope="unit", scope_id=unit, reason=f"Lúa {place}",
            closes=self.house.clock() + timedelta(days=900), made=self.house.clock(),
        )  # fmt: skip
        self._thing("arranged", place, row=self._add(row), mark=f"Lúa {place}", **quiz)

    def _unit(self, place: str) -> None:
        unit = UNITS[place]
        self._thing("unit", place, unit=self._public(Unit, self.cast.unit(unit)), mark=unit)
        empty = self.cast.unit(f"Tổ Trống {unit}", unit)
        self._thing("empty-unit", place, unit=self._public(Unit, empty))
        closed = self.cast.unit(f"Tổ Đã Đóng {unit}", unit)
        self._thing("closed-unit", place, unit=self._public(Unit, closed))
        with self.house.writing(NOBODY) as work:
            work.session.execute(update(Unit).where(Unit.id == closed).values(closed=work.today))

    def _clerk(self, place: str) -> None:
        """A coordinator with a list sent in, a saved view, and a role that could be ended."""
        clerk = self._person(place, "Lê Văn Thư", "coordinator")
        if place == "home":
            self.cookies["clerk"] = self.cast.browser(clerk)
        path = " > ".join(dict.fromkeys([UNITS["above"], *([UNITS["home"]] if place == "below" else []), UNITS[place]]))
        data = f"Họ và tên;Đơn vị;Mã cán bộ\nTrần Thị Mới;{path};MOI-{place}\nLê Hỏng {place};;\n".encode()
        job = importing.upload(self.house, clerk.actor, f"ds-{place}.csv", data)
        self._thing("job", place, job=job, mark=f"Lê Hỏng {place}")
        view = f"Cách xem {place}"
        self._add(SavedView(person_id=clerk.id, name=view, path="/admin/reports/completions", made=self.house.clock()))
        self._thing("view", place, view=view, mark=view)
        grant = self._one(select(Grant.id).where(Grant.person_id == clerk.id))
        self._thing("clerk", place, person=self._public(Person, clerk.id), grant=str(grant))

    def _others(self, place: str) -> None:
        """An account to be merged with another, one that was closed, and an administrator."""
        second = self._person(place, "Lê Văn Hai")
        self._thing("second", place, other=second.identifier)
        closed = self.cast.person(unit=UNITS[place], name="Lê Văn Khép", disabled=self.house.clock())
        self._thing("closed", place, person=self._public(Person, closed.id))
        officer = self._person(place, "Lê Thị Sếp", "admin")
        self._thing("officer", place, person=self._public(Person, officer.id), identifier=officer.identifier)

    def _actors(self) -> None:
        people = {
            role: self._person("home", "Trần Văn Hỏi", role) for role in ("learner", "trainer", "coordinator", "admin")
        }
        self.cookies |= {role: self.cast.browser(one) for role, one in people.items()}
        self._drafts(people["trainer"], people["admin"])
        self._questions()
        self._written(people["trainer"])

    def _questions(self) -> None:
        """A bank, and a file with questions of which one was kept, sent by a trainer of its own."""
        writer = self._person("home", "Lê Văn Viết", "trainer")
        self.cookies["writer"] = self.cast.browser(writer)
        with self.house.reading(writer.actor) as work:
            base = question_editing.opened(work, "thu-tai", "mot").base
        self._thing("bank", bank="thu-tai", base=base, kind="one", chosen="gift", mark="Thử tài")
        data = "::x::Câu đã gửi? {=a ~b}\n\n::y::Câu nữa? {=a ~b}\n".encode()
        file = question_files.upload(self.house, writer.actor, "gui.gift", BytesIO(data))
        with self.house.reading(writer.actor) as work:
            state = question_items.item_opened(work, file, 2).base
        job = question_keeping.keep(self.house, writer.actor, file, Pick("chosen", (1,)), "thu-tai")
        self._thing("questions", file=file, item="2", job=job, state=state, mark="gui.gift")
        papers = paper_making.make(self.house, writer.actor, "thu-tai", Wanted(1, seed="lua-77", kind="docx"), WORDS)
        with self.house.writing(writer.actor) as work:
            hand_out = working.add(
                work, word_lessons.LOOK, {"course": "luyen-tap", "module": "", "digest": ""}, "phat-tay.docx"
            )
            row, _ = working.job_for(work, hand_out)
            jobs.keep_file(work.session, row.id, "output", BytesIO(write_zip({"bai.md": b"Lua."})))
            row.state = "done"
            row.result = {"title": "Lúa", "lessons": [WAITING], "remarks": []}
        self._thing("hand-out", course="luyen-tap", file=hand_out, mark="phat-tay.docx")
        self._thing("papers", quiz="thu-tai", job=papers, mark="lua-77")

    def _drafts(self, *writers: Someone) -> None:
        """A draft with a comment, a text that was removed, and words of each writer beside a draft that somebody else saved."""
        path, other, gone = (f"courses/luyen-tap/{name}.md" for name in ("mo-dau", "thuc-hanh", "bo"))
        for one in writers:
            with self.house.writing(one.actor) as work:
                drafting.save_draft(work, other, f"---\ntitle: Lời của {one.id}\n---\nKhác.\n", None)
        with self.house.writing(writers[0].actor) as work:
            drafting.save_draft(work, gone, "---\ntitle: Bỏ\n---\nBỏ.\n", None)
            drafting.remove(work, gone)
            there, met = drafting.draft(work, path), drafting.draft(work, other)
            remarks.remark(work, path, there.save_id, 1, "Cần xem lại")
            outline = drafting.draft(work, "courses/luyen-tap/course.md").save_id
            sent = course_files.begin(work, "luyen-tap", "am.mp3", 500)
        number = self._one(select(Remark.id))
        self._thing("draft", path=path, save=str(there.save_id), remark=str(number), mark="Mở đầu")
        self._thing("beside", path=other, on=str(met.save_id), mark="Khác.")
        self._thing("gone", path=gone, mark="Bỏ")
        self._thing("outline", course="luyen-tap", outline=str(outline), mark="Luyện tập")
        self._thing("sent", upload=sent.id)

    def _written(self, trainer: Someone) -> None:
        """A course with two editions, drafts that differ, a plan, and a lesson with an English translation; a zip that was sent; an
        approval that another course waits for; and a document that has ended.
        """
        files = as_written()
        publish(self.house, files, WRITTEN)
        folder = f"courses/{WRITTEN}"
        publish(
            self.house, {f"{folder}/mo-dau.md": lesson("Mở đầu", "Theo [Điều 1](law:nd-2-2020#1).").encode()}, WRITTEN
        )
        outline = files[f"{folder}/course.md"].replace(b"(mo-dau.md)", b"(khoi-dong.md)")
        other = drafted_course(self.house, BY_LIST).replace(b"hours: 1", b"hours: 1\napproval: [legal]")
        english = b"---\ntitle: Practice\nof: 000000000000\n---\nText.\n"
        with self.house.writing(trainer.actor) as work:
            publishing.import_texts(work, {
                f"{folder}/khoi-dong.md": files[f"{folder}/mo-dau.md"], f"{folder}/course.md": outline,
                f"{folder}/thuc-hanh.en.md": english, f"courses/{BY_LIST}/course.md": other,
            })  # fmt: skip
        with self.house.writing(trainer.actor) as work:
            shown = publishing.drafted(work, WRITTEN)
            planning.plan(work, WRITTEN, shown.digest, work.now + timedelta(days=9), "")
            plan = planning.plan_rows(work, WRITTEN, shown.digest)[0].public
            taking = taking_in.send_zip(work, "khoa-hoc.zip", BytesIO(write_zip(small_course())))
            asked, law = publishing.drafted(work, BY_LIST), law_watch.law_watch_page(work, "nd-2-2020")
        working.run(self.house, taking)
        self._thing(
            "written", course=WRITTEN, plan=plan, number="1", which="draft", day="2026-11-23", lesson="thuc-hanh",
            quiz="thu-viet", seed="1", digest=shown.digest, mark="Mới viết",
        )  # fmt: skip
        self._thing("approval", course=BY_LIST, digest=asked.digest)
        self._thing("taking", taking=taking, mark="khoa-hoc.zip")
        self._thing("law", key="nd-2-2020", was=law.was, mark="2/2020/NĐ-CP")


def drafted_course(house: House, course: str) -> bytes:
    """The outline of a course as it is drafted."""
    with house.reading(NOBODY) as work:
        return publishing.export_texts(work)[f"courses/{course}/course.md"]


def as_written() -> dict[str, bytes]:
    """The small course as a third one, for those on a list: `moi-viet`, whose quiz is `thu-viet`."""
    files = small_course(enrol="by-list")
    files["courses/luyen-tap/thuc-hanh.md"] += CHECK.encode()
    return {_third(path): _third(text.decode()).encode() for path, text in files.items()}


def _third(text: str) -> str:
    for one, other in (("luyen-tap", WRITTEN), ("thu-tai", "thu-viet"), ("title: Luyện tập", "title: Mới viết")):
        text = text.replace(one, other)
    return text


def as_another(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The small course as another one: `noi-bo`, whose quiz is `thu-rieng`."""
    return {_another(path): _another(text.decode()).encode() for path, text in files.items()}


def _another(text: str) -> str:
    for one, other in (("luyen-tap", BY_LIST), ("thu-tai", "thu-rieng"), ("title: Luyện tập", "title: Nội bộ")):
        text = text.replace(one, other)
    return text
