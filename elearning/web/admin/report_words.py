"""The words of reports that leave as files: headings, statuses, and the report on paper."""

from datetime import date
from fractions import Fraction

from flask import current_app
from flask_babel import gettext as _

from elearning.domain.reporting import Cells, Count, ReportPrint
from elearning.services.exporting import Phrases, course_cells, people_cells, step_cells, unit_cells
from elearning.services.progress_report import ProgressPage
from elearning.services.reporting import Choices, CompletionsPage
from elearning.services.work import Work
from elearning.web.admin.forms import CompletionsForm
from elearning.web.identity import language
from elearning.web.words import day, moment, number, percent

MOST_NAMES = 2_000
COURSE = 3


def people_phrases() -> Phrases:
    """The words of the list of people."""
    headings = (
        _("Full name"), _("Unit"), _("Position"), _("Course"), _("Status"), _("Completed on"), _("Progress"), _("Due date"),
        _("Overdue"), _("Certificate code"),
    )  # fmt: skip
    values = {
        "complete": _("Complete"),
        "in-progress": _("In progress"),
        "not-started": _("Not started"),
        "overdue": _("Overdue"),
    }
    return Phrases(_("Completions"), headings, values)


def unit_phrases() -> Phrases:
    """The words of the roll-up by unit."""
    values = {"direct": _("%(unit)s (itself)"), "no-unit": _("Without a unit")}
    return Phrases(_("Completions by unit"), (_("Unit"), *_figures()), values)


def course_phrases() -> Phrases:
    """The words of the table of courses."""
    return Phrases(_("Progress"), (_("Course"), *_figures()), {})


def step_phrases() -> Phrases:
    """The words of the table of lessons and quizzes."""
    headings = (_("Module"), _("Kind"), _("Lesson or quiz"), _("Done"), _("Enrolled"), _("Share"))
    return Phrases(_("Progress"), headings, {"lesson": _("Lesson"), "quiz": _("Quiz")})


def _figures() -> tuple[str, ...]:
    return _("Enrolled"), _("Complete"), _("In progress"), _("Not started"), _("Overdue"), _("Share complete")


def sentence(page: CompletionsPage) -> str:
    """The report in one sentence."""
    return _sentence_of(page.count)


def _sentence_of(count: Count) -> str:
    if not count.enrolled:
        return str(_("Nobody to report on yet"))
    return str(
        _("%(done)s of %(total)s have completed, %(share)s",
          done=number(count.complete), total=number(count.enrolled), share=percent(count.share))
    )  # fmt: skip


def in_words(form: CompletionsForm, page: CompletionsPage, offered: Choices) -> tuple[tuple[str, str], ...]:
    """What was chosen: label and value."""
    unit = offered.unit(page.asked.unit) if page.asked.unit else None
    status = next((choice[1] for choice in form.status.choices or () if choice[0] == page.asked.status), "")
    chosen = [
        (_("Course"), page.course_title or _("All courses")),
        (_("Unit, with all below"), unit.name if unit else _("All units")),
        (_("As of the end of"), day(page.day)) if not page.today else (_("As of"), moment(page.moment)),
        (_("Name or unit"), page.asked.words),
        (_("Status in the list"), str(status) if page.asked.status else ""),
        (_("Completed from"), day(page.asked.since) if page.asked.since else ""),
        (_("Completed until"), day(page.asked.until) if page.asked.until else ""),
    ]
    return tuple((label, value) for label, value in chosen if value)


def paper(work: Work, page: CompletionsPage, form: CompletionsForm, offered: Choices) -> ReportPrint:
    """The report as it is printed. A list of more than 2,000 names is left to the spreadsheet, and it is said so."""
    unit = offered.unit(page.asked.unit) if page.asked.unit else None
    parts, people = unit_phrases(), people_phrases()
    total = (_("In all"), *_totals(page))
    cells = people_cells(work, page.asked, people) if page.listed <= MOST_NAMES else ()
    rows = [_on_paper(_cells(row), page) for row in cells]
    long = _("The list has %(count)s names, more than fit on paper. It stands in the XLSX file of the same report.",
             count=number(page.listed))  # fmt: skip
    return ReportPrint(
        language(), current_app.extensions["house"].platform.issuer, unit.name if unit else "", _("Completion of courses"),
        sentence(page), in_words(form, page, offered), _("By unit"),
        (parts.headings, *(_cells(row) for row in unit_cells(page.parts.lines, parts)), total),
        _("People (%(count)s)", count=number(page.listed)), (_on_paper(people.headings, page), *rows) if rows else (),
        long if page.listed > MOST_NAMES else _("Nobody fits what was chosen."),
        _("Made at %(moment)s", moment=moment(work.now)), work.now,
    )  # fmt: skip


def progress_paper(work: Work, page: ProgressPage, offered: Choices) -> ReportPrint:
    """The progress report as it is printed: all courses side by side, or one lesson by lesson."""
    unit = offered.unit(page.asked.unit) if page.asked.unit else None
    phrases = step_phrases() if page.course else course_phrases()
    rows = step_cells(page, phrases) if page.course else course_cells(page)
    scope = (
        (_("Course"), page.course_title or _("All courses")),
        (_("Unit, with all below"), unit.name if unit else _("All units")),
        (_("As of the end of"), day(page.day)) if not page.today else (_("As of"), moment(page.moment)),
        (_("Name or unit"), page.asked.words),
    )
    return ReportPrint(
        language(), current_app.extensions["house"].platform.issuer, unit.name if unit else "", _("Progress in courses"),
        _sentence_of(page.count), tuple(pair for pair in scope if pair[1]),
        _("Lesson by lesson") if page.course else _("Courses"), (phrases.headings, *(_cells(row) for row in rows)),
        "", (), "", _("Made at %(moment)s", moment=moment(work.now)), work.now, bool(page.course),
    )  # fmt: skip


def _on_paper(row: Cells, page: CompletionsPage) -> Cells:
    """A row of people without the course, where all take the one that stands above the tables."""
    return row[:COURSE] + row[COURSE + 1 :] if page.asked.course else row


def _totals(page: CompletionsPage) -> Cells:
    count = page.count
    figures = (count.enrolled, count.complete, count.in_progress, count.not_started, count.overdue)
    return (*(number(figure) for figure in figures), percent(count.share))


def _cells(row: tuple[object, ...]) -> Cells:
    """Values as they are shown on pages: days, figures with their points, shares as percentages."""
    return tuple(_shown(value) for value in row)


def _shown(value: object) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Fraction):
        return percent(value)
    return number(value) if isinstance(value, int) else str(value or "")
