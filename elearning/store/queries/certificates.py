"""Certificate numbers, and what a certificate is issued from."""

from fractions import Fraction

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from elearning.store.models.learning import Attempt, Certificate, CertificateCounter


def next_number(session: Session, year: int) -> int:
    """The next number of a year, taken in this transaction: if it is rolled back, the number is free again."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(CertificateCounter).values(year=year, last=1)
    step = first.on_conflict_do_update(index_elements=["year"], set_={"last": CertificateCounter.last + 1})
    number: int = session.scalars(step.returning(CertificateCounter.last)).one()
    return number


_OF_ROUND = select(Certificate.code).where(
    Certificate.person_id == bindparam("person"),
    Certificate.course_id == bindparam("course"),
    Certificate.round == bindparam("round"),
)


def of_round(session: Session, person: int, course: int, round_: int) -> str | None:
    """The code of the certificate of a person for a course and round."""
    return session.scalar(_OF_ROUND, {"person": person, "course": course, "round": round_})


_SHARES = (
    select(Attempt.share_num, Attempt.share_den)
    .where(
        Attempt.person_id == bindparam("person"),
        Attempt.course_id == bindparam("course"),
        Attempt.quiz == bindparam("quiz"),
        Attempt.share_den.is_not(None),
    )
    .order_by(Attempt.number)
)


def shares(session: Session, person: int, course: int, quiz: str) -> list[Fraction]:
    """The exact results of the finished attempts at a quiz, oldest first."""
    rows = session.execute(_SHARES, {"person": person, "course": course, "quiz": quiz})
    return [Fraction(num or 0, den or 1) for num, den in rows]
