"""What texts say of the law: citations that resolve, and numbers that stand in the facts a text names.

The rule for numbers, in lessons and in questions. A number after Điều or khoản must be an article or clause of the facts
named (their basis or their words), or stand in the front matter's own list of exceptions below. A number before giờ,
ngày, tháng or tuổi is the law's, and must stand in the words of a fact named, unless

- it is the time of day (lúc 16 giờ, 16 giờ 30) or a date;
- it stands in a callout of a case, or in words that an invented person speaks: “…”;
- its sentence does a sum with times or days (19:20, 5/3, hôm qua) — but what such a sentence calls a limit (hạn, chậm nhất,
  trong vòng, ít nhất) is the law's again;
- `own_numbers.txt` has it, with the reason: a measure of the course's own, or an old limit that a mistake goes by.

Of a question only its own words are read, its explanation and its feedback: its case is invented, and wrong answers are wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from elearning.content.problems import Problems
from elearning.content.reading import FACTS, LAWS, read_registers
from elearning.content.register_reader import Fact
from tests.content.shipped.reading import Files, Sentence, banks, lessons, prose, question_sentences

OWN = Path(__file__).with_name("own_numbers.txt")
_SPAN = re.compile(
    r"(?<![\d:/.,–-])(\d+)\s+(giờ|ngày làm việc|ngày|tháng|tuổi)\b(?!\s*\d)(?!\s+(?:sáng|chiều|tối|trưa|đêm)\b)"
)
_CLOCK = re.compile(r"(?:lúc|trước|từ|đến|sau|khoảng|vào|khi|tới|sáng|chiều|và)\s+$")
_LIMIT = re.compile(r"(?:hạn|chậm nhất|trong vòng|thời hạn|ít nhất|tối đa)\W+(?:\w+\W+){0,3}$")
_SUM = re.compile(r"\d{1,2}:\d\d|\d/\d|hôm qua|hôm nay|sáng mai|trễ|từ \d")
_PLACE = re.compile(r"\b(Điều|điều|[Kk]hoản)\s+(\d+)")
_CITE = re.compile(r"law:([a-z0-9-]+)(?:#([a-z0-9.-]+))?")


@lru_cache(maxsize=8)
def _registers(laws: bytes, facts: bytes) -> tuple[frozenset[str], Mapping[str, Fact]]:
    found = read_registers({LAWS: laws, FACTS: facts}, Problems())
    return frozenset(found.laws or ()), found.facts


def facts_of(files: Files) -> Mapping[str, Fact]:
    """The register of facts, by ID."""
    return _registers(files[LAWS], files[FACTS])[1]


def own_numbers() -> dict[tuple[str, str], str]:
    """(path, words) of each number that is not the law's, with the reason."""
    rows = [line.split("|") for line in OWN.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {(path.strip(), words.strip()): why.strip() for path, words, why in rows}


def loose_citations(files: Files) -> list[str]:
    """Citations of a document that is not in the register, or of a place that no fact speaks of."""
    laws, facts = _registers(files[LAWS], files[FACTS])
    bases = {basis for fact in facts.values() for basis in fact.basis}
    found = []
    for path, data in sorted(files.items()):
        if not path.endswith(".md") or path in (LAWS, FACTS):
            continue
        for number, line in enumerate(data.decode().split("\n"), 1):
            for law, place in _CITE.findall(line):
                whole = f"{law}#{place}" if place else law
                if law not in laws or not any(stands_under(whole, basis) for basis in bases):
                    found.append(f"{path}:{number}: no fact speaks of {whole}")
    return found


def stands_under(place: str, basis: str) -> bool:
    """Whether a fact about `basis` speaks of `place`: the same place, one within it, or the clause that a point is in."""
    within = basis.startswith(f"{place}.") or ("#" not in place and basis.startswith(f"{place}#"))
    return basis == place or within or (place.count(".") == 2 and basis == place.rsplit(".", 1)[0])


def loose_numbers(files: Files) -> list[str]:
    """Numbers of the law that do not stand in the facts that their lesson or question names."""
    facts, own = facts_of(files), own_numbers()
    found = []
    for sentence, named in _said(files):
        known = [facts[key] for key in named if key in facts]
        wrong = [*loose_places(sentence, known), *loose_spans(sentence, known)]
        found += [
            f"{sentence.path}:{sentence.line}: “{words}” stands in no fact that is named here: {sentence.bare.strip()[:100]}"
            for words in wrong
            if (sentence.path, words) not in own
        ]
    return found


def unused_exceptions(files: Files) -> list[str]:
    """Exceptions that no text needs any more."""
    facts = facts_of(files)
    needed = set()
    for sentence, named in _said(files):
        known = [facts[key] for key in named if key in facts]
        needed |= {(sentence.path, w) for w in [*loose_places(sentence, known), *loose_spans(sentence, known)]}
    return [f"{path}: “{words}” needs no exception" for path, words in own_numbers() if (path, words) not in needed]


def _said(files: Files) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    for lesson in lessons(files):
        yield from ((sentence, lesson.facts) for sentence in prose(lesson))
    for found in [*lessons(files), *banks(files)]:
        for one in found.questions:
            yield from ((sentence, (*one.facts, *found.facts)) for sentence in question_sentences(one))


def loose_places(sentence: Sentence, known: Iterable[Fact]) -> Iterator[str]:
    """Articles and clauses that no known fact speaks of."""
    for found in _PLACE.finditer(sentence.bare):
        word, number = found[1].lower(), found[2]
        shape = rf"#{number}(\.|$)" if word == "điều" else rf"#\d+\.{number}(\.|$)"
        said = rf"\b{word} {number}\b"
        if not any(
            any(re.search(shape, basis) for basis in fact.basis) or re.search(said, fact.statement, re.IGNORECASE)
            for fact in known
        ):
            yield f"{word} {number}"


def loose_spans(sentence: Sentence, known: Iterable[Fact]) -> Iterator[str]:
    """Hours, days and months that no known fact has."""
    if sentence.case:
        return
    text = re.sub(r"“[^”]*”|“[^”]*$|^[^“]*”", lambda spoken: " " * len(spoken[0]), sentence.bare)
    sums = _SUM.search(text)
    for found in _SPAN.finditer(text):
        before = text[: found.start()].lower()
        limit = _LIMIT.search(before)
        if (_CLOCK.search(before) or sums) and not limit:
            continue
        number, unit = found[1].lstrip("0") or "0", found[2]
        if not any(re.search(rf"(?<!\d)0?{number} {unit}", fact.statement) for fact in known):
            yield f"{found[1]} {unit}"
