"""What is asked of banks: every objective is tested, nothing is given away by its form, nothing is asked twice."""

import itertools
import re
from collections import Counter

from elearning.content.bank_lines import items_of
from elearning.content.compiling import is_translation
from elearning.content.text import joined
from tests.content.shipped.reading import Asked, Files, Read, banks, lessons, plain, read

LEAST_TESTS = 2
MOST_LONGEST, MOST_IN_ONE_PLACE = 0.40, 0.35
# The nearest pairs of the shipped banks stand at 0.59 and 0.58; above 0.6 all were one question asked twice.
MOST_ALIKE = 0.6


def untested_objectives(files: Files) -> list[str]:
    """Objectives that fewer than two questions test, in banks, quizzes and lessons together."""
    quizzes = [
        read(path, data) for path, data in files.items()
        if re.fullmatch(r"quizzes/[a-z0-9-]+\.md", path) and not is_translation(path)
    ]  # fmt: skip
    asked = [*lessons(files), *banks(files), *quizzes]
    tested = Counter(one.values.get("objective", "") for found in asked for one in found.questions)
    return [
        f"{lesson.path}: the objective {key} is tested {tested[key]} times"
        for lesson in lessons(files)
        for key in objectives(lesson)
        if tested[key] < LEAST_TESTS
    ]


def objectives(lesson: Read) -> list[str]:
    """The keys of the objectives of a lesson."""
    value = lesson.front.values.get("objectives", {})
    return list(value) if isinstance(value, dict) else []


def choices(one: Asked) -> tuple[int, list[int]] | None:
    """How many boxes a question of one or several choices has, and the places of those that are right."""
    if one.text.shape != "boxes" or one.values.get("type") in ("poll", "likert"):
        return None
    marks = [item.mark.lower().removeprefix("-").strip() for item in items_of(one.text)]
    if any(mark not in ("[x]", "[ ]") for mark in marks):
        return None
    return len(marks), [place for place, mark in enumerate(marks) if mark == "[x]"]


def is_several(one: Asked, rights: list[int]) -> bool:
    """Whether more than one box can be ticked."""
    return one.values.get("type") == "several" or len(rights) > 1


def given_away(files: Files) -> list[str]:
    """Banks whose right answers can be guessed from their length or their place."""
    found = []
    for bank in banks(files):
        longest, places, number = 0, Counter[int](), 0
        for one in bank.questions:
            kind = choices(one)
            if kind is None or is_several(one, kind[1]):
                continue
            lengths = [len(item.text) for item in items_of(one.text)]
            number, places[kind[1][0]] = number + 1, places[kind[1][0]] + 1
            longest += lengths[kind[1][0]] == max(lengths)
        if number and longest / number > MOST_LONGEST:
            found.append(f"{bank.path}: in {longest} of {number} questions the longest answer is the right one")
        found += [
            f"{bank.path}: in {count} of {number} questions answer {place + 1} is the right one"
            for place, count in places.items()
            if count / number > MOST_IN_ONE_PLACE
        ]
    return found


def uniform_several(files: Files) -> list[str]:
    """Banks in which ticking all, or more than one, is never or always right."""
    found = []
    for bank in banks(files):
        kinds = [kind for one in bank.questions if (kind := choices(one)) and is_several(one, kind[1])]
        if kinds and not any(len(rights) == number for number, rights in kinds):
            found.append(f"{bank.path}: no question of several choices has all of them right")
        if kinds and not any(len(rights) == 1 for _, rights in kinds):
            found.append(f"{bank.path}: no question of several choices has exactly one of them right")
    return found


def likeness(files: Files) -> list[tuple[float, str, str]]:
    """Each pair of questions of all banks, nearest first: the share of words that both have, of the words of either.

    Words of what is asked alone, or with the answers, whichever is nearer.
    """
    asked = [one for bank in banks(files) for one in bank.questions]
    short = [_words(f"{one.text.words} {joined(one.text.stem)}") for one in asked]
    long = [words | _words(joined(one.text.answer)) for words, one in zip(short, asked, strict=True)]
    pairs = itertools.combinations(range(len(asked)), 2)
    near = (
        (max(_share(short[a], short[b]), _share(long[a], long[b])), asked[a].where, asked[b].where) for a, b in pairs
    )
    return sorted((pair for pair in near if pair[0] > MOST_ALIKE / 2), reverse=True)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", plain(text).lower()))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def asked_twice(files: Files) -> list[str]:
    """Pairs of questions that are nearly the same."""
    return [
        f"{one}: nearly the same as {other} ({share:.2f})"
        for share, one, other in likeness(files)
        if share > MOST_ALIKE
    ]
