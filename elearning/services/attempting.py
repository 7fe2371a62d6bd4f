"""Before and at the start of an attempt: the rules in plain words, earlier attempts, and the paper that is drawn once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from hmac import compare_digest
from random import Random

from elearning.domain.arrangement import Arrangement, Terms, closing_time, terms_of
from elearning.domain.attempt import Past, attempts_allowed, counted_share, why_not_start
from elearning.domain.attempt_states import OPEN
from elearning.domain.behaviour import CERTAINTIES, asks_certainty, sure_words
from elearning.domain.completion import shut, why_shut
from elearning.domain.course import Activity
from elearning.domain.drawing import fits
from elearning.domain.errors import Closed, Mistaken, Refused
from elearning.domain.message import Message, message
from elearning.domain.names import fold
from elearning.domain.paper import draw_paper
from elearning.domain.questions import TYPES
from elearning.domain.questions.number import number_words
from elearning.domain.quiz import Behaviour, Quiz, Rules
from elearning.services.outline import module_of
from elearning.services.review_words import ReviewLine, in_short, line_by_line
from elearning.services.standing import Enrolled, enrolled_course
from elearning.services.work import Work
from elearning.store.queries import arrangements, attempt_writing
from elearning.store.queries.attempts import PastRow

BEHAVIOUR_WORDS: dict[Behaviour, Message] = {
    "immediate": message("You may check each answer at once; after that it stays as it is."),
    "tries": message("You may check an answer and try again; each further try earns less, and a hint may help."),
    "practice": message("For practice: check and change answers as often as you like; nothing counts."),
    "certainty": message("With each answer you say how sure you are; the table below shows what that is worth."),
}


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An earlier attempt."""

    id: str
    number: int
    began: datetime
    ended: datetime | None
    share: Fraction | None
    passed: bool | None
    state: str


@dataclass(frozen=True, slots=True)
class CertaintyRow:
    """What an answer given with this certainty is worth, as a share of the points."""

    words: Message
    right: Fraction
    wrong: Fraction


@dataclass(frozen=True, slots=True)
class QuizPage:
    """The rules of a quiz as they hold for the actor, and what the actor has made of it so far. `minutes` holds all the time
    they have, `more_minutes` what of it was granted to them; `password` says that one is asked for.
    """

    course: str
    course_title: str
    key: str
    title: str
    kind: str
    introduction: str
    questions: int
    points: str
    pass_share: Fraction | None
    minutes: int | None
    more_minutes: int
    attempts_allowed: int | None
    attempts_used: int
    wait_hours: int | None
    grade: str
    review_rule: Message | None
    review: tuple[ReviewLine, ...]
    opens: datetime | None
    closes: datetime | None
    password: bool
    behaviour: Message | None
    certainties: tuple[CertaintyRow, ...]
    may_start: bool
    why_not: Message | None
    running: str | None
    running_until: datetime | None
    attempts: tuple[AttemptRow, ...]
    passed: bool
    best: Fraction | None
    refused: Message | None = None


def share_of(row: PastRow) -> Fraction | None:
    """The exact result of an attempt; None while it has none."""
    return Fraction(row.share_num or 0, row.share_den) if row.share_den else None


def past_of(rows: Sequence[PastRow]) -> list[Past]:
    """Earlier attempts as the rules see them."""
    return [Past("graded" if row.ended else "in_progress", row.began, row.ended, share_of(row)) for row in rows]


def _found(work: Work, course: str, quiz: str) -> Enrolled:
    found = enrolled_course(work, course)
    activity = Activity("quiz", quiz)
    module_of(found.compiled, activity)
    if activity in shut(found.compiled.course, found.standing):
        raise Refused(why_shut())
    return found


def quiz_page(work: Work, course: str, quiz: str) -> QuizPage:
    """The rules and earlier attempts. Raises NotFound where there is no such quiz, Refused where it is not open yet."""
    found = _found(work, course, quiz)
    return rules_page(
        work, found, quiz, *arrangements.past_and_rules(work.session, work.actor.id, found.row.course_id, quiz)
    )


def rules_page(
    work: Work, found: Enrolled, quiz: str, rows: Sequence[PastRow], arranged: Sequence[Arrangement]
) -> QuizPage:
    """The same for a course that was found already, with the attempts and arrangements that count."""
    shown = found.compiled.quiz_in(quiz, work.actor.language)[0]
    rules = shown.rules
    terms = terms_of(arranged)
    running = next((row for row in rows if row.state in OPEN), None)
    shares = [share for row in rows if (share := share_of(row)) is not None]
    why = None if running else why_not_start(rules, terms, past_of(rows), work.now)
    more = terms.more_minutes(rules) if rules.minutes else 0
    return QuizPage(
        found.row.key, found.compiled.course_in(work.actor.language)[0].title, quiz, rules.title, rules.kind,
        shown.introduction, *_size(found, shown), rules.pass_share, rules.minutes and rules.minutes + more, more,
        attempts_allowed(rules, terms), len(rows), rules.wait_hours or None, rules.grade, in_short(rules.review),
        line_by_line(rules), terms.opens, terms.closes_for(rules), bool(terms.password), BEHAVIOUR_WORDS.get(rules.behaviour),
        _certainties(rules), why is None, why,
        running.public if running else None, running.closes if running else None,
        tuple(AttemptRow(r.public, r.number, r.began, r.ended, share_of(r), r.passed, r.state) for r in rows),
        any(row.passed for row in rows), counted_share(rules.grade, shares),
    )  # fmt: skip


def _certainties(rules: Rules) -> tuple[CertaintyRow, ...]:
    if not asks_certainty(rules):
        return ()
    return tuple(CertaintyRow(sure_words(sure), right, wrong) for sure, (right, wrong) in CERTAINTIES.items())


def _size(found: Enrolled, quiz: Quiz) -> tuple[int, str]:
    """How many questions a paper asks, texts between them left out; and its points where every paper has the same, otherwise
    empty.
    """
    count, points, sure = 0, Fraction(0), True
    for draw in (draw for section in quiz.sections for draw in section.draws):
        fitting = [question for question in found.compiled.banks[draw.bank].values() if fits(question, draw)]
        worth = {q.points if TYPES[q.type].MARKED != "never" else Fraction(0) for q in fitting}
        asked = any(TYPES[q.type].held(q.body) != "nothing" for q in fitting)
        count += draw.count if asked else 0
        points += draw.count * max(worth, default=Fraction(0))
        sure = sure and len(worth) == 1
    return count, number_words(points) if sure and points else ""


def start(work: Work, course: str, quiz: str, password: str = "") -> str:
    """Begin an attempt, or take up the one that runs; its address.

    The paper is drawn once, from a seed that is kept. Two requests at the same time begin one attempt: the number of
    an attempt is unique. Raises Closed where the rules allow no further attempt, Mistaken for a wrong password.
    """
    found = _found(work, course, quiz)
    rows, arranged = arrangements.past_and_rules(work.session, work.actor.id, found.row.course_id, quiz)
    running = next((row for row in rows if row.state in OPEN), None)
    if running is not None:
        return running.public
    compiled, terms = found.compiled.quizzes[quiz], terms_of(arranged)
    refusal = why_not_start(compiled.rules, terms, past_of(rows), work.now)
    if refusal is not None:
        raise Closed(refusal)
    _ensure_password(terms, password)
    public, seed = work.chance.token(16)[:22], work.chance.token(16)[:22]
    attempt = attempt_writing.begin(
        work.session,
        {
            "public": public, "person_id": work.actor.id, "course_id": found.row.course_id, "edition_id": found.row.edition_id,
            "quiz": quiz, "round": 1, "number": len(rows) + 1, "state": "in_progress", "seed": seed, "began": work.now,
            "closes": closing_time(compiled.rules, terms, work.now),
        },
    )  # fmt: skip
    _draw(work, attempt, seed, compiled, found)
    return public


def _ensure_password(terms: Terms, typed: str) -> None:
    """Raises Mistaken where the quiz asks for a password and another was typed; spaces around it and case do not matter."""
    if terms.password and not compare_digest(fold(typed).encode(), fold(terms.password).encode()):
        raise Mistaken(
            message("This is not the password of the quiz. Whoever runs the examination says it; type it again.")
        )


def _draw(work: Work, attempt: int, seed: str, quiz: Quiz, found: Enrolled) -> None:
    paper = draw_paper(quiz, found.compiled.banks, Random(seed))  # noqa: S311  a paper must be drawn again from its seed
    attempt_writing.add_slots(
        work.session,
        [
            {
                "attempt_id": attempt, "number": slot.number, "bank": slot.bank, "question": slot.question,
                "version": slot.digest, "order": list(slot.order), "points_num": slot.points.numerator,
                "points_den": slot.points.denominator,
            }
            for slot in paper
        ],
    )  # fmt: skip
