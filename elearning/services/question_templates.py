"""The form for questions in Excel, filled with examples, for whoever would rather write questions in a table."""

from elearning.exchange.questions.xlsx_template import template

NAME = "cau-hoi.xlsx"


def question_template() -> bytes:
    """A workbook with an example of each type of question, which can be read in as it is."""
    return template()
