"""Editing the register of legal documents: the live table at once, and the lines of the entry in the draft of courses/laws.md."""

import re

from elearning.content.fields import KEY
from elearning.content.law_lines import put_law
from elearning.content.problems import Problems
from elearning.content.reading import LAWS
from elearning.content.register_reader import read_laws
from elearning.content.text import read_source
from elearning.domain.errors import Mistaken
from elearning.domain.law import Law
from elearning.domain.message import message
from elearning.services import drafting, law_register
from elearning.services.auditing import record
from elearning.services.law_watch import ensure_may_watch, fingerprint
from elearning.services.laws import law_of
from elearning.services.work import Work
from elearning.store.queries import texts

# A line of the text form holds one value between quotation marks; neither may stand in it.
_UNFIT = re.compile(r'["\r\n{}]')
_SPECIAL = re.compile(r"\s{0,3}(#|- |\{:)", re.MULTILINE)
BEGUN = "# Sổ văn bản pháp luật\n"


def put(work: Work, law: Law, was: str) -> None:
    """Set one document, new where `was` is empty; else `was` names what the page showed of it.

    Raises NotFound for those who may not write, Mistaken for what does not fit the text form, for a key that is taken, for
    names of documents that are not there, and where somebody else has changed the document since.
    """
    ensure_may_watch(work)
    rows = texts.all_laws(work.session)
    _ensure_fits(law, frozenset(rows))
    if not was and law.key in rows:
        raise Mistaken(message("There is a document with the key “%(key)s” already. Choose another key.", key=law.key))
    if was and (law.key not in rows or fingerprint(law_of(rows[law.key])) != was):
        raise Mistaken(
            message("Somebody else has changed this document since the page was shown. Open it again, and compare.")
        )
    draft = drafting.draft(work, LAWS) if texts.draft_file(work.session, LAWS) is not None else None
    try:
        data = put_law(draft.data if draft else BEGUN.encode(), law)
    except ValueError as error:
        raise Mistaken(message("courses/laws.md cannot be read. Mend that text first.")) from error
    _ensure_same(data, law)
    drafting.save_draft(work, LAWS, data, draft.save_id if draft else None)
    law_register.keep(work, {law.key: law})
    record(work, "edit law", "law", law.key)


def _ensure_fits(law: Law, known: frozenset[str]) -> None:
    if not KEY.fullmatch(law.key) or len(law.key) > 120:
        raise Mistaken(
            message("The key “%(key)s” may hold only small letters a–z, digits and single dashes.", key=law.key[:120])
        )
    if not law.title.strip():
        raise Mistaken(message("Write the title of the document."))
    named = (law.title, law.number, law.issuer, law.source, *law.parts)
    if any(_UNFIT.search(value) for value in named) or _SPECIAL.search(law.summary) or "\r" in law.summary:
        raise Mistaken(
            message("Quotation marks and braces cannot stand here, nor a line of the summary that begins with # or -.")
        )
    if law.from_ and law.until and law.until < law.from_:
        raise Mistaken(message("The document would end before it begins. Check the two dates."))
    for other in (*law.replaced_by.split(), *law.amended_by):
        if other not in known or other == law.key:
            raise Mistaken(
                message("“%(other)s” is not in the register. Add that document first, then name it here.", other=other)
            )


def _ensure_same(data: bytes, law: Law) -> None:
    """What was written must read as what was meant; a register that says something else is not saved."""
    source = read_source(LAWS, data, Problems())
    if source is None or read_laws(source, Problems()).get(law.key) != law:
        raise Mistaken(message("This cannot be written into courses/laws.md as it is. Leave out unusual signs."))
