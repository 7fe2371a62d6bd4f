"""Boxes of which none is right: what polls and scales share."""

from elearning.content.bank_lines import Item, QuestionText, items_of
from elearning.content.problems import Problems
from elearning.content.questions.drafts import check_answers


def unmarked_boxes(path: str, question: QuestionText, problems: Problems) -> list[Item] | None:
    """The boxes of the answer block; None, with problems noted, when one is marked, empty, or stands there twice."""
    items, before = items_of(question), len(problems)
    for item in items:
        if item.mark[item.mark.index("[") + 1 : -1].strip():
            problems.add(
                path, item.line, "No answer is right or wrong here. Write [ ] instead of “%(mark)s”.", mark=item.mark
            )
    check_answers(path, question, items, problems)
    return items if len(problems) == before else None
