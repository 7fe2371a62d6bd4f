"""Saying that an activity was renamed and not removed: its old key is written into the text that has the new one."""

from elearning.content.front_matter import read_front
from elearning.content.line_edits import put_field
from elearning.content.problems import Problems
from elearning.content.text import read_source
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.renaming import vanished
from elearning.services import drafting
from elearning.services.work import Work, not_here
from elearning.store.queries import texts


def rename(work: Work, course: str, old: str, new: str) -> None:
    """Write `formerly:` into the draft of the activity `new`, so that what was done under `old` counts for it.

    Raises NotFound where no such activity has vanished, Mistaken where the new one is not new or of another kind.
    """
    live, ready = texts.live_course(work.session, course), work.shelf.draft(work.session, course)
    if live is None or ready.compiled is None:
        raise not_here()
    before, coming = work.shelf.get(work.session, live.digest), ready.compiled
    gone = next((one for one in vanished(before, coming) if one.activity.key == old), None)
    if gone is None:
        raise not_here()
    known = coming.lessons if gone.activity.kind == "lesson" else coming.quizzes
    if new not in known or new in (before.lessons if gone.activity.kind == "lesson" else before.quizzes):
        raise Mistaken(message("Choose the text that it has become: a new one of the same kind."))
    path = known[new].path
    draft = drafting.draft(work, path)
    source = read_source(path, draft.data, Problems())
    values = read_front(source, frozenset(["formerly"]), Problems()).values if source else {}
    former = values.get("formerly", [])
    keys = former.split() if isinstance(former, str) else [str(one) for one in former]
    written = ", ".join(dict.fromkeys([*keys, old]))
    drafting.save_draft(work, path, put_field(draft.data, "formerly", f"[{written}]"), draft.save_id)
