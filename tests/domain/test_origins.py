"""Whether an item of a file is new, or which state of our question it is."""

import pytest

from elearning.domain.origins import Origin, standing

KEPT = Origin("so-1", "said", "quizzes/banks/a.md", "ai", "kept")


@pytest.mark.parametrize(
    ("origin", "said", "current", "how"),
    [
        (None, "said", None, "new"),
        (KEPT, "said", None, "new"),
        (KEPT, "said", "kept", "same"),
        (KEPT, "said", "changed here", "same"),
        (KEPT, "said otherwise", "kept", "update"),
        (KEPT, "said otherwise", "changed here", "touched"),
    ],
)
def test_an_item_is_held_against_what_was_kept_of_it_and_what_became_of_that(
    origin: Origin | None, said: str, current: str | None, how: str
) -> None:
    assert standing(origin, said, current) == how
