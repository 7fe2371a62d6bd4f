"""Collects the pieces of Markdown of a compilation, to be rendered all at once, and hands out their HTML afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from elearning.content.links import LinkTable
from elearning.content.problems import Problem, Problems
from elearning.content.rendering import Piece, Rendered

Render = Callable[[Sequence[Piece], LinkTable], list[Rendered]]


@dataclass(slots=True)
class Pieces:
    """First `ask` for each piece and keep the ticket; after `render`, `html` and `cites` answer for tickets."""

    asked: list[Piece] = field(default_factory=list)
    done: list[Rendered] = field(default_factory=list)

    def ask(self, path: str, line: int, text: str, inline: bool = False) -> int:
        """Put a piece on the list and return its ticket."""
        self.asked.append(Piece(path, line, text, inline))
        return len(self.asked) - 1

    def render(self, render: Render, table: LinkTable, problems: Problems) -> None:
        """Render all that was asked for; what is wrong with a piece becomes a problem."""
        self.done = render(self.asked, table)
        for piece, rendered in zip(self.asked, self.done, strict=True):
            problems.extend(Problem(piece.path, line, said) for line, said in rendered.problems)

    def html(self, ticket: int) -> str:
        return self.done[ticket].html

    def cites(self, *tickets: int) -> tuple[str, ...]:
        """All places of law that these pieces cite, each once, in order."""
        return tuple(dict.fromkeys(cite for ticket in tickets for cite in self.done[ticket].cites))
