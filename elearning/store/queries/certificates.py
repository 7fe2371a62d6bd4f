"""Certificate numbers, and what a certificate is issued from."""

from fractions import Fraction

from sqlalchemy import select
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


def of_round(session: Session, person: int, course: int, round_: int) -> str | None:
    """The code of the certificate of a person for a course and round."""
    return session.scalar(
        select(Certificate.code).where(
            Certificate.person_id == person, Certificate.course_id == course, Certificate.round == round_
        )
    )


def shares(session: Session, person: int, course: int, quiz: str) -> list[Fraction]:
    """The exact results of the finished attempts at a quiz, oldest first."""
    rows = session.execute(
        select(Attempt.share_num, Attempt.share_den)
        .where(
            Attempt.person_id == person,
            Attempt.course_id == course,
            Attempt.quiz == quiz,
            Attempt.share_den.is_not(None),
        )
        .order_by(Attempt.number)
    )
    return [Fraction(num or 0, den or 1) for num, den in rows]
