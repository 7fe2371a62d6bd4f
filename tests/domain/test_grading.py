"""What a response is worth does not depend on the paper it was given on: the same response in words, the same grade."""

from typing import Any

import pytest

from elearning.domain.message import Message
from elearning.domain.question import Grade
from elearning.domain.questions import TYPES
from tests.domain.bodies import CASES, chance


def graded(kind: str, body: Any, seed: int) -> dict[tuple[str, ...], Grade]:
    """Many responses on one paper, in words, and what each is worth."""
    room, rng = TYPES[kind], chance(1000 + seed)
    order = room.draw(body, chance(seed), True)
    found: dict[tuple[str, ...], Grade] = {}
    for value in [room.right_value(body, order), *(room.guess(body, order, rng) for _ in range(200))]:
        stored = room.understood(body, order, value)
        assert not isinstance(stored, Message)
        grade = room.grade(body, order, stored)
        words = room.describe(body, order, stored)
        # Several and faults have no order of their own; what was ticked is the same however the paper lists it.
        found[tuple(sorted(words)) if room.held(body) in ("letters", "numbers") else words] = grade
    return found


@pytest.mark.parametrize(("kind", "body"), [(kind, body) for kind, body in CASES if TYPES[kind].MARKED == "by-rule"])
def test_the_order_of_options_on_a_paper_never_changes_a_grade(kind: str, body: Any) -> None:
    papers = [graded(kind, body, seed) for seed in range(6)]
    met = 0
    for one in papers[1:]:
        for words in papers[0].keys() & one.keys():
            met += 1
            assert papers[0][words] == one[words], words
    assert met >= 5
