"""What keeps the drafts of a course from being published. Worked out once for each state of its texts."""

import hashlib
from collections.abc import Mapping

from elearning.content.compiling import MEDIA, compile_course
from elearning.content.problems import ContentError, Problem, Problems
from elearning.content.reading import read_registers
from elearning.services.beside import REGISTERS
from elearning.services.work import Work
from elearning.store.queries import workshop
from elearning.store.queries.drafts import SaveRow


def problems_of(work: Work, course: str, heads: Mapping[str, SaveRow]) -> tuple[Problem, ...]:
    """All that is wrong with the drafts that a course may reach, in order of path and line. `heads` are the last saves."""
    mine = {path: row.digest or "" for path, row in heads.items() if row.digest and _reaches(course, path)}
    state = hashlib.sha256("".join(f"{path}\0{mine[path]}\n" for path in sorted(mine)).encode()).hexdigest()
    found = work.shelf.checked.get(state)
    if found is None:
        found = _checked(work, course, mine)
        work.shelf.checked.put(state, found)
    return found


def _reaches(course: str, path: str) -> bool:
    return path.startswith((f"courses/{course}/", "quizzes/")) or path in REGISTERS


def _checked(work: Work, course: str, digests: Mapping[str, str]) -> tuple[Problem, ...]:
    """Pictures and recordings only have to be there: their bytes are not fetched. Drawings are texts, which are looked at."""
    read = {one for path, one in digests.items() if not path.endswith(MEDIA) or path.endswith(".svg")}
    texts = workshop.texts_of(work.session, read)
    files = {path: texts.get(one, b"") for path, one in digests.items()}
    problems = Problems()
    registers = read_registers(files, problems)
    try:
        compile_course(files, course, work.shelf.render, registers)
    except ContentError as error:
        problems.extend(error.problems)
    return tuple(sorted(set(problems), key=lambda one: (one.path, one.line, one.message.key)))
