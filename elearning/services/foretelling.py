"""What publishing would mean for learners, told before it is done."""

from dataclasses import dataclass
from itertools import groupby

from elearning.domain.completion import judge
from elearning.domain.edition import Compiled
from elearning.domain.renaming import Effect, carried, former_keys
from elearning.services.standing import done_of
from elearning.services.work import Work
from elearning.store.queries import publishing as queries
from elearning.store.queries.publishing import LedgerLine

NAMED = 20


@dataclass(frozen=True, slots=True)
class Foretold:
    """People by what would happen to them; names are the first of many, figures count all.

    `completing` would complete the course by what they have done; `more` would have more left to do than now, `less`
    less; `kept` have completed it, lack something of the new edition and stay complete all the same.
    """

    completing: int
    completing_names: tuple[str, ...]
    more: int
    more_names: tuple[str, ...]
    less: int
    kept: int
    sitting: int


def foretell(work: Work, course_id: int, live: Compiled, coming: Compiled) -> Foretold:
    """What another edition would mean for all who are on a course."""
    rows = queries.ledger(work.session, course_id, work.now)
    seen: dict[tuple[frozenset[tuple[str, str]], ...], Effect] = {}
    effects: dict[int, Effect] = {}
    for person, lines in groupby(rows, lambda line: line.person_id):
        own = list(lines)
        done = (frozenset((line.kind, line.item) for line in own),)
        if done not in seen:
            seen[done] = _effect(own, live, coming)
        effects[person] = seen[done]
    completing = [person for person, one in effects.items() if one.would_complete and not one.complete]
    more = [person for person, one in effects.items() if one.would_miss > one.missing and not one.complete]
    return Foretold(
        len(completing), tuple(queries.names(work.session, completing[:NAMED])),
        len(more), tuple(queries.names(work.session, more[:NAMED])),
        sum(1 for one in effects.values() if one.would_miss < one.missing and not one.complete and not one.would_complete),
        sum(1 for one in effects.values() if one.complete and not one.would_complete),
        queries.sitting_now(work.session, course_id),
    )  # fmt: skip


def _effect(lines: list[LedgerLine], live: Compiled, coming: Compiled) -> Effect:
    done = done_of(lines)
    before = judge(live.course, live.quizzes, done)
    after = judge(coming.course, coming.quizzes, carried(done, former_keys(coming)))
    complete = any(line.kind == "course" for line in lines)
    return Effect(complete, after.complete, len(before.missing), len(after.missing))
