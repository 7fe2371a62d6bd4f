"""A fictional province to practise on: units, people, enrolments, attempts in all states, certificates; one seed, one province.

Passwords are the only chance that does not come of the seed: what a person signs in with is never to be guessed.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select, update

from elearning.domain import fiction
from elearning.domain.certificate import months_later
from elearning.domain.errors import Refused
from elearning.domain.fictional_course import Outcome, outcomes
from elearning.domain.message import message
from elearning.domain.person import Role
from elearning.services import demonstration, fictional_enrolment, fictional_growth, organising
from elearning.services.auditing import record
from elearning.services.demonstration import ACCOUNTS, DemoAccount
from elearning.services.fictional_learning import close_diary, issue_certificates, live, open_diary
from elearning.services.fictional_people import Census, Kept, Named, Place, Resident, add_residents, residents
from elearning.services.passwords import hashed
from elearning.services.work import NOBODY, Chance, House, Work
from elearning.store.models.learning import Certificate
from elearning.store.models.notice import Notice
from elearning.store.models.person import Person, SignInName
from elearning.store.queries import bulk, texts

OPENED = timedelta(days=150)
GROWTH = 20_000
STARTER = "khung-phap-ly"
TRIAL_DAYS, TRIAL_SHARE, WITHDRAWN_SHARE = 35, 0.012, 0.006
WITHDRAWN_WHY = ("Họ tên in trên chứng nhận không đúng; người học sẽ được cấp lại.", "Cấp nhầm cho người trùng họ tên.")


@dataclass(frozen=True, slots=True)
class Wish:
    """How large a province is to be, and from which seed."""

    people: int = 1700
    units: int = 118
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Province:
    """The accounts with passwords of their own, and the one password that all others share."""

    named: tuple[DemoAccount, ...]
    shared: str
    people: int
    units: int


def ensure_nobody(house: House) -> None:
    """Raises Refused when the platform has people already: made-up people are never mixed with real ones."""
    with house.reading(NOBODY) as work:
        _refuse_people(work)


def _refuse_people(work: Work) -> None:
    if not demonstration.is_empty(work):
        raise Refused(
            message(
                "This platform has people already. Made-up people go only into an empty one: set PHATNGON_DATA_DIR to another folder."
            )
        )


def found(house: House, wish: Wish, now: datetime) -> Province:
    """Found the province as it stands at `now`, in one transaction.

    Raises Refused when there are people already, Mistaken for a size that cannot be.
    """
    rng = Random(f"{wish.seed}")  # noqa: S311  the same seed must give the same province; nothing here is secret
    with house.writing(NOBODY, now=now) as real:
        _refuse_people(real)
        work = replace(real, chance=_seeded(rng))
        places = _places(work, rng, wish)
        census = _census(work, places)
        accounts = tuple(DemoAccount(one.role, one.identifier, house.chance.token(9)) for one in census.named)
        shared = house.chance.token(9)
        kept = Kept({one.identifier: hashed(one.password) for one in accounts}, hashed(shared))
        everybody = residents(work, rng, census)
        if wish.people > GROWTH:
            add_residents(work, rng, census, everybody, kept)
            fictional_growth.add_learning(work, rng)
        else:
            people = list(everybody)
            add_residents(work, rng, census, people, kept)
            _learn(work, rng, places, people)
        bulk.move_sequences(work.session, (Person,))
        record(work, "found fictional province", "platform", "", f"{wish.people} · {wish.units} · {wish.seed}")
        work.session.flush()
        # Nobody reads the mail of people who do not exist.
        work.session.execute(update(Notice).values(mail="none"))
    return Province(accounts, shared, wish.people, wish.units)


def _seeded(rng: Random) -> Chance:
    def token(size: int) -> str:
        return base64.urlsafe_b64encode(rng.randbytes(size)).rstrip(b"=").decode()

    return Chance(token, rng.getrandbits)


def _places(work: Work, rng: Random, wish: Wish) -> list[Place]:
    """The province first, then what is right below it, added as an administrator would have, when the platform opened."""
    drawn = fiction.units(rng, wish.units)
    counts = fiction.heads(rng, wish.people - 1, drawn)
    early = replace(work, now=work.now - OPENED)
    top = organising.add_unit(early, fiction.PROVINCE, None)
    below = [organising.add_unit(early, unit.name, top) for unit in drawn]
    organising.rebuild_tree(early)
    first = Place(top.id, top.name, "department", 1)
    rows = zip(below, drawn, counts, strict=True)
    return [first, *(Place(unit.id, unit.name, one.kind, count) for unit, one, count in rows)]


def _census(work: Work, places: Sequence[Place]) -> Census:
    """Who is named, and where: a coordinator and a learner in the first commune, which nobody joins or leaves."""
    commune = next(place for place, unit in enumerate(places) if unit.kind == "commune")
    named = [
        Named(
            role, identifier, name, title, commune if role in ("coordinator", "learner") else 1, role == "coordinator"
        )
        for role, identifier, name, title, _ in ACCOUNTS
    ]
    province = Named(
        "coordinator", f"dau-moi-tinh@{fiction.DOMAIN}", "Đinh Thị Thanh Nhàn", "Cán bộ đầu mối cấp tỉnh", 0, True
    )
    opened = (work.now - OPENED).astimezone(work.platform.zone).date()
    return Census(places, (*named, province), frozenset({0, commune}), opened, bulk.next_id(work.session, Person))


def _learn(work: Work, rng: Random, places: Sequence[Place], people: Sequence[Resident]) -> None:
    """Enrol people and let them learn: everybody in the starter course, one in three in each other course."""
    live_courses = [course for course in texts.live_courses(work.session) if course.archived is None]
    live_courses.sort(key=lambda course: (course.key != STARTER, course.key))
    shares = fiction.rates(rng, [place.heads for place in places])
    admin = next(one for one in people if one.named and one.named.role == "admin")
    diaries = []
    for rank, course in enumerate(live_courses):
        learners = [one for one in people if one is not admin and (rank == 0 or rng.random() < 1 / 3)]
        diary = open_diary(work, rng, course, places)
        wanted = _wanted(rng, learners, shares if rank == 0 else [share * 0.8 for share in shares])
        if diary.compiled.course.requires:
            wanted = dict.fromkeys(wanted, "untouched")
        began = {one.id: live(diary, one, wanted[one.id]) for one in learners}
        fictional_enrolment.add(work, rng, course.course_id, learners, began, admin.id)
        close_diary(diary)
        diaries.append(diary)
    _age(work, rng, issue_certificates(diaries), admin.id)


def _wanted(rng: Random, learners: Sequence[Resident], shares: Sequence[float]) -> dict[int, Outcome]:
    """For each learner what becomes of them, unit by unit; the named learner is in the middle of it."""
    found: dict[int, Outcome] = {}
    for place, share in enumerate(shares):
        of_unit = [one for one in learners if one.place == place]
        found |= dict(zip((one.id for one in of_unit), outcomes(rng, len(of_unit), share), strict=True))
    return found | {one.id: "running" for one in learners if one.named and one.named.role == "learner"}


def _age(work: Work, rng: Random, issued: Sequence[Certificate], admin: int) -> None:
    """Some certificates are withdrawn; those of a first trial were valid for a month only, and are over."""
    old = [row for row in issued if work.now - row.issued > timedelta(days=TRIAL_DAYS)]
    for row in old[: round(len(issued) * TRIAL_SHARE)]:
        row.valid_until = months_later(row.issued_on, 1)
    for row in rng.sample(list(issued), round(len(issued) * WITHDRAWN_SHARE)):
        row.withdrawn = row.issued + (work.now - row.issued) * rng.uniform(0.2, 0.9)
        row.withdrawn_by, row.withdrawn_why = admin, rng.choice(WITHDRAWN_WHY)


def accounts(house: House, province: Province) -> Iterator[DemoAccount]:
    """Everybody who can sign in, named accounts first, all others by their staff codes; streamed."""
    yield from province.named
    own = select(SignInName.person_id).where(SignInName.normal.in_([one.identifier for one in province.named]))
    others = (
        select(SignInName.shown)
        .join(Person, Person.id == SignInName.person_id)
        .where(SignInName.kind == "code", Person.left.is_(None), Person.disabled.is_(None), Person.id.not_in(own))
        .order_by(Person.id)
    )
    role: Role = "learner"
    with house.reading(NOBODY) as work:
        for code in work.session.scalars(others.execution_options(yield_per=1000)):
            yield DemoAccount(role, code, province.shared)
