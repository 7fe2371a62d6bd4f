"""What is wrong with a text, where, and what to do about it."""

from dataclasses import dataclass

from elearning.domain.errors import DomainError
from elearning.domain.message import Message, message


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right. Lines are counted from 1; 0 means the file as a whole."""

    path: str
    line: int
    message: Message

    def plain(self) -> str:
        """`path:line: what to do`, in English."""
        return f"{self.path}:{self.line}: {self.message.plain()}"


class Problems(list[Problem]):
    """The problems found so far; readers add to it and go on, so that all are told at once."""

    def add(self, path: str, line: int, sentence: str, /, **values: object) -> None:
        """Note one problem; `sentence` is as for `message`."""
        self.append(Problem(path, line, Message(sentence, tuple(values.items()))))


class ContentError(DomainError):
    """Texts that cannot be published; `problems` says all that is wrong, in order of path and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(message("%(count)s problems in the texts. Nothing was changed.", count=len(problems)))
        self.problems = tuple(sorted(problems, key=lambda p: (p.path, p.line, p.message.key)))
