"""The `= …` lines that typed answers are written in."""

from elearning.content.bank_lines import QuestionText


def equals_lines(question: QuestionText) -> list[tuple[int, str]]:
    """Line number and text of each `=` line of the answer block."""
    return [(line.number, line.text[1:].strip()) for line in question.answer if line.text.startswith("=")]
