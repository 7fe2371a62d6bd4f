"""What is asked of lessons: true minutes, sentences that can be read, pictures that are described, links that lead somewhere."""

import posixpath
import re
from statistics import fmean

from elearning.content.reading import GLOSSARY
from tests.content.shipped.reading import Files, Read, lessons, prose

WORDS_A_MINUTE, CHECK_MINUTES, TASK_MINUTES, MOST_OFF = 130, 1, 5, 0.25
TASK = "Việc làm tại cơ quan mình"
# Syllables, as Vietnamese is written: the shipped lessons have means from 10 to 16.
MOST_MEAN, LONG, MOST_LONG = 17.0, 35, 0.08
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_ELSEWHERE = ("law:", "quiz:", "scenario:", "mailto:")


def words_of(lesson: Read) -> int:
    """How many words a lesson has outside its questions."""
    return sum(len(sentence.bare.split()) for sentence in prose(lesson))


def minutes_of(lesson: Read) -> float:
    """How long it takes to read a lesson, answer its questions, and draft the task at its end."""
    task = any(TASK in line.text for line in lesson.prose)
    return words_of(lesson) / WORDS_A_MINUTE + CHECK_MINUTES * len(lesson.questions) + TASK_MINUTES * task


def untrue_minutes(files: Files) -> list[str]:
    """Lessons that take a quarter more, or less, than they say."""
    said = (
        (lesson, float(str(lesson.front.values.get("minutes", 0))), minutes_of(lesson)) for lesson in lessons(files)
    )
    return [
        f"{lesson.path}: says {minutes:.0f} minutes and takes {real:.1f}"
        for lesson, minutes, real in said
        if not 1 - MOST_OFF <= minutes / real <= 1 + MOST_OFF
    ]


def heavy_sentences(files: Files) -> list[str]:
    """Lessons whose sentences are long: their mean, or too many very long ones."""
    found = []
    for lesson in lessons(files):
        lengths = [len(one.bare.split()) for one in prose(lesson)]
        lengths = [length for length in lengths if length > 3]
        share = sum(length > LONG for length in lengths) / len(lengths)
        if fmean(lengths) > MOST_MEAN or share > MOST_LONG:
            found.append(
                f"{lesson.path}: sentences of {fmean(lengths):.1f} words on average, {share:.0%} longer than {LONG}"
            )
    return found


def undescribed_pictures(files: Files) -> list[str]:
    """Pictures and recordings without words for those who cannot see them, in either language."""
    return [
        f"{path}:{number}: {target} is not described"
        for path, number, picture, words, target in _links(files)
        if picture and len(words.split()) < 2
    ]


def dead_links(files: Files) -> list[str]:
    """Links to what is not there; addresses of other sites, which nobody keeps alive, stand in the registers alone."""
    quizzes = {
        posixpath.basename(path).removesuffix(".md") for path in files if re.fullmatch(r"quizzes/[^/]+\.md", path)
    }
    terms = set(re.findall(r"^## .*\{#([a-z0-9-]+)\}$", files[GLOSSARY].decode(), re.MULTILINE))
    found = []
    for path, number, _, _, target in _links(files):
        bare = target.partition("#")[0]
        if target.startswith("quiz:"):
            dead = target.removeprefix("quiz:") not in quizzes
        elif target.startswith("term:"):
            dead = target.removeprefix("term:") not in terms
        elif target.startswith(_ELSEWHERE) or not bare:
            dead = False
        else:
            dead = posixpath.normpath(posixpath.join(posixpath.dirname(path), bare)) not in files
        if dead:
            found.append(f"{path}:{number}: {target} is not there")
    return found


def _links(files: Files) -> list[tuple[str, int, bool, str, str]]:
    """(path, line, whether it is a picture, its words, its target) of every link."""
    return [
        (path, number, bool(picture), words, target)
        for path, data in sorted(files.items())
        if path.endswith(".md") and path.count("/") > 1
        for number, line in enumerate(data.decode().split("\n"), 1)
        for picture, words, target in _LINK.findall(line)
    ]
