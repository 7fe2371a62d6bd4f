"""The words of a foreign question as a heading and what stands below it, and a key that is its own."""

import hashlib
import re
from dataclasses import dataclass, field

from elearning.domain.keys import proposed_key
from elearning.domain.names import clean
from elearning.domain.questions.blanks import Blank
from elearning.domain.written import Blanks, WrittenQuestion
from elearning.exchange.questions.given_words import given

_BLOCK = re.compile(r"\s{0,3}(?:[-*+]\s|\d{1,3}[.)]\s|>|\||#|```|~~~|!\[|\[\^|={2,}|- \[|<|\$\$)|\s{4}")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}\s+(.*?)\s*#*$")


def ask_and_stem(words: str, title: str = "") -> tuple[str, str]:
    """The heading of a question, one line, and its stem.

    The first paragraph is the heading; where the words begin with a picture, a list or a table, the title is.
    """
    blocks = re.split(r"\n\s*\n", _HEADING.sub(r"**\1**", words).strip("\n"))
    first = blocks[0]
    if not _BLOCK.match(first) and not _ends_in_block(first):
        return _one_line(first), "\n\n".join(blocks[1:]).strip("\n")
    return _one_line(title) or _one_line(re.sub(r"[#>|!`*\[\]<]|\(\S*\)", " ", first))[:120] or "?", "\n\n".join(
        blocks
    ).strip()


def _ends_in_block(paragraph: str) -> bool:
    """Whether a list or a table follows the paragraph without a blank line: then it is more than a heading."""
    return any(_BLOCK.match(line) for line in paragraph.split("\n")[1:])


def _one_line(words: str) -> str:
    return " ".join(clean(words.replace("\\\n", " ")).split())


def blanks_asked(words: str, blanks: tuple[Blank, ...], title: str, explanation: str) -> WrittenQuestion:
    """A question with blanks: its first paragraph is the heading where no blank stands in it."""
    first, _, rest = words.partition("\n\n")
    if rest.strip() and not re.search("[\ue001-\ue0ff]", first):
        ask, above = ask_and_stem(first)
        text = f"{above}\n\n{rest}" if above else rest
    else:
        ask, text = title or given("blank", words), words
    return WrittenQuestion("", "blanks", ask, Blanks(text.strip("\n"), blanks), explanation=explanation)


@dataclass(slots=True)
class Keys:
    """The keys given out so far in one file; each is a new one."""

    taken: set[str] = field(default_factory=set)

    def propose(self, words: str) -> str:
        """A key of these words that no question of the file has yet."""
        key = proposed_key(words, self.taken)
        self.taken.add(key)
        return key


def id_of(words: str) -> str:
    """What a question that its file gives no name is called: a digest of its words, the same when it is read again."""
    return hashlib.sha256(clean(words).encode()).hexdigest()[:16]
