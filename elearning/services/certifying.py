"""Issuing certificates, once for each completion, and handing them to those who may have them."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select

from elearning.domain.attempt import counted_share
from elearning.domain.certificate import (
    BITS,
    CertificatePrint,
    code_of,
    is_well_typed,
    months_later,
    normal_code,
    number_words,
    spelled,
    state_on,
)
from elearning.domain.edition import Compiled
from elearning.domain.permission import Subject, may
from elearning.domain.questions.number import number_words as decimal
from elearning.services import noticing
from elearning.services.auditing import record
from elearning.services.work import Work, not_here
from elearning.store.models.learning import Certificate, Completion
from elearning.store.models.person import Person
from elearning.store.queries import certificates, learning, units


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as its holder sees it in a list."""

    code: str
    title: str
    issued_on: date
    valid_until: date | None
    state: str
    number: str


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    """All certificates of the actor."""

    rows: tuple[CertificateRow, ...]


def issue(work: Work, completion: Completion, compiled: Compiled) -> Certificate | None:
    """Issue the certificate that a completed course gives; None where it gives none, or where it was issued before."""
    rule = compiled.course.certificate
    if rule is None or certificates.of_round(
        work.session, completion.person_id, completion.course_id, completion.round
    ):
        return None
    person = work.session.get_one(Person, completion.person_id)
    course = compiled.course_in(person.language)[0]
    words = course.certificate or rule
    row = Certificate(
        code=_code(work), year=work.today.year, number=certificates.next_number(work.session, work.today.year),
        person_id=person.id, course_id=completion.course_id, round=completion.round, edition_id=completion.edition_id,
        completion_id=completion.id, holder=person.name, unit_id=completion.unit_id, unit_name=completion.unit_name,
        course_title=course.title, certificate_title=words.title, hours=course.hours,
        score=_score(work, completion, compiled), language=person.language, issuer=work.platform.issuer,
        issued=work.now, issued_on=work.today,
        valid_until=months_later(work.today, rule.valid_months) if rule.valid_months else None,
    )  # fmt: skip
    work.session.add(row)
    record(work, "issue certificate", "certificate", row.code)
    noticing.tell(
        work, [person.id], "certificate", f"{compiled.course.key}:{row.round}", {"course": compiled.course.key}
    )
    return row


def _code(work: Work) -> str:
    """A code whose check character is a letter or digit, so that all of it can be read aloud."""
    while not (code := code_of(work.chance.bits(BITS)))[-1].isalnum():
        continue
    return code


def _score(work: Work, completion: Completion, compiled: Compiled) -> str:
    """The result of the course's examination, in words; empty where there is none."""
    exams = [quiz for quiz in compiled.quizzes.values() if quiz.rules.kind == "exam"]
    if not exams:
        return ""
    work.session.flush()
    shares = certificates.shares(work.session, completion.person_id, completion.course_id, exams[-1].key)
    share = counted_share(exams[-1].rules.grade, shares)
    return f"{decimal(Fraction(round(share * 1000), 10))} %" if share is not None else ""


def held(work: Work) -> CertificatesPage:
    """The certificates of the actor, newest first."""
    rows = learning.certificates(work.session, work.actor.id)
    return CertificatesPage(tuple(certificate_row(work, row) for row in rows))


def certificate_row(work: Work, row: learning.Held) -> CertificateRow:
    """One certificate for a list, with its state today."""
    state = state_on(work.today, row.valid_until, row.withdrawn is not None)
    return CertificateRow(
        row.code, row.title, row.issued_on, row.valid_until, state, number_words(row.number, row.year)
    )


def printed(work: Work, code: str) -> CertificatePrint:
    """What is printed on a certificate, for its holder and for staff. Raises NotFound for everybody else."""
    row = work.session.scalar(select(Certificate).where(Certificate.code == normal_code(code)))
    if row is None:
        raise not_here()
    above = units.above(work.session, row.unit_id) if row.person_id != work.actor.id and row.unit_id else frozenset()
    if not may(work.actor, "see certificate", Subject(frozenset(above) or frozenset({-1}), row.person_id)):
        raise not_here()
    return CertificatePrint(
        row.code, row.number, row.year, row.holder, row.unit_name, row.course_title, row.certificate_title, row.hours,
        row.score, row.issued_on, row.valid_until, row.issuer, f"{work.platform.public_url}/verify/{row.code}",
        row.language,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class VerifyAnswer:
    """What anyone is told about a code. For unknown and mistyped ones all but state and code is empty."""

    state: str
    code: str
    number: str = ""
    holder: str = ""
    course: str = ""
    hours: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    withdrawn_on: datetime | None = None
    withdrawn_reason: str = ""


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """What was asked, and the answer once something was."""

    asked: str
    answer: VerifyAnswer | None


def verify(work: Work, typed: str) -> VerifyPage:
    """What anyone may know of a certificate: name, number, course, date, hours and state; nothing else."""
    if not typed.strip():
        return VerifyPage("", None)
    code = normal_code(typed[:60])
    row = work.session.scalar(select(Certificate).where(Certificate.code == code))
    if row is None:
        state = "unknown" if is_well_typed(code) else "mistyped"
        return VerifyPage(typed, VerifyAnswer(state, spelled(code)))
    return VerifyPage(
        typed,
        VerifyAnswer(
            state_on(work.today, row.valid_until, row.withdrawn is not None), spelled(row.code),
            number_words(row.number, row.year), row.holder, row.course_title, row.hours, row.issued_on, row.valid_until,
            row.withdrawn, row.withdrawn_why,
        ),
    )  # fmt: skip
