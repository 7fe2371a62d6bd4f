"""Demonstration people: one of each role and some colleagues, in an invented province. Every name is made up."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, insert, select

from elearning.domain.names import collation_key, fold, sort_key
from elearning.domain.person import Role, Scope
from elearning.domain.signing_in import sign_in_name
from elearning.services.work import Work
from elearning.store.models.learning import Enrolment
from elearning.store.models.person import Grant, Person, SignInName
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit, UnitLink, UnitTree

PROVINCE = "Ủy ban nhân dân tỉnh An Khuê"
DEPARTMENT = "Sở Văn hóa, Thể thao và Du lịch tỉnh An Khuê"
COMMUNES = ("Ủy ban nhân dân xã Mộc Lâm", "Ủy ban nhân dân xã Đồng Hạ", "Ủy ban nhân dân phường Bến Thượng")
ACCOUNTS: tuple[tuple[Role, str, str, str, str], ...] = (
    ("admin", "quan-tri@ankhue.example", "Vũ Thị Hồng Diễm", "Chuyên viên, quản trị nền tảng", DEPARTMENT),
    ("coordinator", "dau-moi@ankhue.example", "Phạm Văn Đạt", "Cán bộ đầu mối", COMMUNES[0]),
    ("trainer", "giang-vien@ankhue.example", "Lê Quốc Ẩn", "Giảng viên", DEPARTMENT),
    ("learner", "hoc-vien@ankhue.example", "Trần Thị Ngọc Ánh", "Phó Chủ tịch", COMMUNES[0]),
)
COLLEAGUES = (
    ("Nguyễn Văn Ân", "Chủ tịch", 0), ("Đặng Thị Ý Nhi", "Công chức văn hóa - xã hội", 0), ("Hoàng Đức Ba", "Văn phòng", 0),
    ("Đỗ Thị Bắc", "Phó Chủ tịch", 1), ("Bùi Quang Đông", "Công chức văn hóa - xã hội", 1), ("Ngô Thị Ế", "Văn phòng", 1),
    ("Dương Văn Ổn", "Chủ tịch", 2), ("Lý Thị Ưng", "Phó Chủ tịch", 2), ("Mai Xuân Ước", "Văn phòng", 2),
    ("Trịnh Thị Ơn", "Công chức tư pháp - hộ tịch", 2), ("Phan Văn Ửng", "Văn phòng", 1), ("Cao Thị Ất", "Văn phòng", 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demonstration account with its fresh password."""

    role: Role
    identifier: str
    password: str


def is_empty(work: Work) -> bool:
    """Whether the platform has nobody yet."""
    return not work.session.scalar(select(func.count(Person.id)))


def add_people(work: Work, passwords: dict[Role, tuple[str, str]]) -> list[DemoAccount]:
    """Add units and people, enrolled in every course, due in three weeks. `passwords` are (plain, hashed) by role."""
    units = _units(work)
    people = [_person(work, name, title, units[unit], passwords[role][1]) for role, _, name, title, unit in ACCOUNTS]
    for person, (role, identifier, *_) in zip(people, ACCOUNTS, strict=True):
        name = sign_in_name(identifier)
        work.session.add(SignInName(person_id=person.id, kind=name.kind, normal=name.normal, shown=identifier))
        scope: Scope = "unit" if role == "coordinator" else "all"
        work.session.add(
            Grant(
                person_id=person.id,
                role=role,
                scope=scope,
                scope_id=units[COMMUNES[0]].id if scope == "unit" else 0,
                since=work.now,
            )
        )
    people += [_person(work, name, title, units[COMMUNES[place]], "") for name, title, place in COLLEAGUES]
    _enrol(work, [person.id for person in people if person is not people[0]])
    return [DemoAccount(role, identifier, passwords[role][0]) for role, identifier, *_ in ACCOUNTS]


def _units(work: Work) -> dict[str, Unit]:
    names = (PROVINCE, DEPARTMENT, *COMMUNES)
    units = {
        name: Unit(
            public=work.chance.token(16)[:22], name=name, sort_key=collation_key(name), search_key=fold(name), kind=""
        )
        for name in names
    }
    work.session.add_all(units.values())
    work.session.flush()
    top = units[PROVINCE]
    rows = [UnitTree(above_id=unit.id, unit_id=unit.id, steps=0) for unit in units.values()]
    below = [unit for unit in units.values() if unit is not top]
    rows += [UnitTree(above_id=top.id, unit_id=unit.id, steps=1) for unit in below]
    work.session.add_all(rows)
    work.session.add_all(UnitLink(unit_id=unit.id, parent_id=top.id, since=work.today) for unit in below)
    return units


def _person(work: Work, name: str, title: str, unit: Unit, password: str) -> Person:
    person = Person(
        public=work.chance.token(16)[:22], name=name, sort_key=sort_key(name), search_key=fold(name), title=title,
        password=password, created=work.now,
    )  # fmt: skip
    work.session.add(person)
    work.session.flush()
    work.session.add(Placement(person_id=person.id, unit_id=unit.id, since=work.today, running=1))
    return person


def _enrol(work: Work, people: list[int]) -> None:
    due = work.today + timedelta(days=21)
    courses = work.session.scalars(select(Course.id).where(Course.live_id.is_not(None))).all()
    rows = [
        {"person_id": p, "course_id": c, "reason": "demonstration", "since": work.now, "due": due}
        for p in people
        for c in courses
    ]
    if rows:
        work.session.execute(insert(Enrolment), rows)
