"""Boxes of which none is right: what polls and scales share."""

from elearning.content.bank_lines import Item, QuestionText, items_of
from elearning.content.problems import Problems
from elearning.content.questions.drafts import MOST_OPTIONS


def unmarked_boxes(path: str, question: QuestionText, problems: Problems) -> list[Item] | None:
    """The boxes of the answer block; None, with problems noted, when one is marked, empty, or stands there twice."""
    items, before = items_of(question), len(problems)
    if not 2 <= len(items) <= MOST_OPTIONS:
        problems.add(
            path,
            question.heading.number,
            "A question with boxes has 2 to %(most)s answers; this has %(now)s.",
            most=MOST_OPTIONS,
            now=len(items),
        )
        return None
    seen: dict[str, int] = {}
    for item in items:
        if item.mark[item.mark.index("[") + 1 : -1].strip():
            problems.add(
                path,
                item.line,
                "No answer is right or wrong here. Write [ ] instead of “%(mark)s”.",
                mark=item.mark,
            )
        if not item.text:
            problems.add(path, item.line, "This answer is empty. Write its text after the box.")
        elif item.text in seen:
            problems.add(
                path,
                item.line,
                "This answer stands here twice, first in line %(line)s. Change one.",
                line=seen[item.text],
            )
        seen.setdefault(item.text, item.line)
    return items if len(problems) == before else None
