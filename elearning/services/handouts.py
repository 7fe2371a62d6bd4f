"""Hand-outs: the lessons of a module to read on paper, and the forms of a lesson to fill in."""

import re
from collections.abc import Iterable

from elearning.domain.completion import shut, why_shut
from elearning.domain.course import Activity, Lesson, Module
from elearning.domain.errors import Refused
from elearning.domain.handout import HandoutLesson, HandoutPicture, HandoutPrint, HandoutTerm
from elearning.domain.law import read_basis
from elearning.services.glossary import term_sheets
from elearning.services.laws import documents
from elearning.services.media import media_file
from elearning.services.outline import module_of
from elearning.services.standing import Enrolled, enrolled_course
from elearning.services.work import Work, not_here

PRINTABLE = (".svg", ".png", ".jpg", ".jpeg", ".webp")
_SHOWN = re.compile(r'src="(/media/([0-9a-f]{64})/([^"]+))"')
_FORM = re.compile(r'class="callout callout--template"')


def module_handout(work: Work, key: str, module_key: str) -> HandoutPrint:
    """The lessons of a module. Raises NotFound where there is no such module or it holds no lesson, Refused where one of
    them is not open yet or the course not joined.
    """
    found = enrolled_course(work, key)
    place = next((at for at, one in enumerate(found.compiled.course.modules) if one.key == module_key), None)
    if place is None:
        raise not_here()
    module = found.compiled.course.modules[place]
    lessons = [activity.key for activity in module.activities if activity.kind == "lesson"]
    return _printed(work, found, place + 1, lessons)


def lesson_forms(work: Work, key: str, lesson_key: str) -> HandoutPrint:
    """The lesson of which the forms are printed. Raises NotFound where it has none, Refused as for `module_handout`."""
    found = enrolled_course(work, key)
    number, _ = module_of(found.compiled, Activity("lesson", lesson_key))
    if not has_form(found.compiled.lessons[lesson_key]):
        raise not_here()
    return _printed(work, found, number, [lesson_key])


def has_form(lesson: Lesson) -> bool:
    """Whether a lesson holds a form to fill in."""
    return any(_FORM.search(part.html) for part in lesson.parts)


def _printed(work: Work, found: Enrolled, number: int, keys: list[str]) -> HandoutPrint:
    closed = shut(found.compiled.course, found.standing)
    if not keys:
        raise not_here()
    if any(Activity("lesson", key) in closed for key in keys):
        raise Refused(why_shut())
    language = work.actor.language
    course = found.compiled.course_in(language)[0]
    module = course.modules[number - 1]
    shown = [(key, *found.compiled.lesson_in(key, language)) for key in keys]
    lessons = tuple(_lesson(module, number, key, lesson, spoken) for key, lesson, spoken in shown)
    sheets = term_sheets(work, dict.fromkeys(term for _, lesson, _ in shown for term in lesson.terms))
    terms = tuple(HandoutTerm(one.name, ", ".join(other.name for other in one.others), one.html) for one in sheets)
    cites = [cite for _, lesson, _ in shown for cite in lesson.cites]
    return HandoutPrint(
        language, work.platform.issuer, course.title, module.title, work.today, course.reviewed, lessons,
        documents(work, dict.fromkeys(basis.law for cite in cites if (basis := read_basis(cite)))), terms, _pictures(work, lessons),
    )  # fmt: skip


def _lesson(module: Module, number: int, key: str, lesson: Lesson, language: str) -> HandoutLesson:
    place = module.activities.index(Activity("lesson", key)) + 1
    return HandoutLesson(
        f"{number}.{place}", lesson.title, tuple(one.words for one in lesson.objectives),
        tuple(part.html for part in lesson.parts), lesson.unsure, language,
    )  # fmt: skip


def _pictures(work: Work, lessons: Iterable[HandoutLesson]) -> tuple[HandoutPicture, ...]:
    found = {
        address: (digest, name)
        for lesson in lessons
        for html in lesson.html
        for address, digest, name in _SHOWN.findall(html)
        if name.endswith(PRINTABLE)
    }
    held = {address: media_file(work, digest, name) for address, (digest, name) in found.items()}
    return tuple(HandoutPicture(address, file.data) for address, file in held.items() if file is not None)
