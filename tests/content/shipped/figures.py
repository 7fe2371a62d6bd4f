"""What is asked of figures: drawn by our own tool, in the language of the lesson, and told in words to those who cannot see."""

import re

from elearning.content.compiling import is_translation
from tests.content.shipped.reading import Files, is_lesson
from tools.figures import drawn

LEAST_WORDS = 12
_FIGURE = re.compile(r"!\[([^\]]*)\]\((media/[^)\s]+\.svg)\)")


def figures_in(files: Files) -> list[tuple[str, int, str, str]]:
    """(lesson, line, its words, its path) of every figure."""
    return [
        (path, number, words, f"{path.rsplit('/', 1)[0]}/{target}")
        for path, data in sorted(files.items()) if is_lesson(path)
        for number, line in enumerate(data.decode().split("\n"), 1)
        for words, target in _FIGURE.findall(line)
    ]  # fmt: skip


def undrawn_figures(files: Files) -> list[str]:
    """Drawings of the courses that the tool draws otherwise, or does not draw; and those that it draws for nothing."""
    made = {path: svg.encode() for path, svg in drawn().items()}
    there = {path: data for path, data in files.items() if path.endswith(".svg")}
    shown = {target for *_, target in figures_in(files)}
    return [
        *(f"{path}: is not what the tool draws" for path in sorted(there) if made.get(path) != there[path]),
        *(f"{path}: no lesson shows it" for path in sorted(made) if path not in shown),
    ]


def figures_untold(files: Files) -> list[str]:
    """Figures whose words do not tell what they show, or that speak another language than their lesson."""
    found = []
    for path, number, words, target in figures_in(files):
        if len(words.split()) < LEAST_WORDS:
            found.append(f"{path}:{number}: {target} is told in {len(words.split())} words")
        if is_translation(path) != target.endswith(".en.svg"):
            found.append(f"{path}:{number}: {target} is in the other language")
    return found
