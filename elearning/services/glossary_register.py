"""The live glossary: brought up to date when a course is published, as the register of law is."""

from collections.abc import Mapping

from elearning.content.glossary import compile_glossary
from elearning.content.problems import ContentError, Problems
from elearning.content.reading import Registers
from elearning.content.text import digest_of
from elearning.services.editions import manifest_digest
from elearning.services.work import Work
from elearning.store.queries import texts


def keep(work: Work, files: Mapping[str, bytes], registers: Registers) -> None:
    """Bring the live glossary up to these texts; terms are never taken out.

    Raises ContentError with what is wrong in them. Nothing is laid out where they have not changed.
    """
    of = manifest_digest({path: digest_of(data) for path, data in files.items()})
    known = {row.key for row in texts.all_terms(work.session) if row.of == of}
    if known >= set(registers.terms or ()):
        return
    problems = Problems()
    terms = compile_glossary(files, work.shelf.render, registers, problems)
    if problems:
        raise ContentError(list(problems))
    texts.keep_terms(work.session, [
        {"key": term.key, "language": language, "name": words.name, "html": words.html, "pairs": list(term.pairs), "of": of}
        for term in terms.values()
        for language, words in term.words.items()
    ])  # fmt: skip
