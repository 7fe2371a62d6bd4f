"""Files of questions as other platforms send them, as many as are asked for: mixed types, one in 25 with a picture of 20 kB where
the format has pictures, one in 50 faulty. The questions are those of the banks that come with the platform, again and again.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import cycle, islice
from random import Random

from elearning.content.plain_markdown import plain_html
from elearning.content.writing import read
from elearning.domain.written import Choice, Choices, Medium, WrittenQuestion
from elearning.exchange.questions import FORMATS
from elearning.exchange.zipped import write_zip
from tests.exchange.questions.losing import BANKS, questions_of
from tests.exchange.questions.word_files import POINT, picture, ps, raw, word

PICTURES, FAULTS, PICTURE_SIZE = 25, 50, 20_000
# The types that no bank of the platform has.
OTHERS = """## Viết một thông cáo ngắn. {#thong-cao}

| Tiêu chí | 0 | 2 |
| --- | --- | --- |
| Đủ ý | Không | Có |
{: least=20 most=200 points=2 }

## Đọc kỹ tình huống sau. {#tinh-huong}
Một xã giả định có mưa lớn; **ba thôn** bị chia cắt.
{: type=description }
"""


def questions(count: int, but: Sequence[str] = ()) -> Iterator[WrittenQuestion]:
    """So many questions, each with a key and words of its own; none of the types that a format cannot say."""
    shipped = [question for path in BANKS for question in questions_of(path)]
    chosen = (one for one in cycle([*shipped, *read(OTHERS)[0]]) if one.type not in but)
    for number, one in enumerate(islice(chosen, count), 1):
        fresh = replace(one, key=f"cau-{number}", ask=f"Tình huống {number}: {one.ask}")
        pictured = number % PICTURES == 0 and one.type in ("one", "several", "graded", "order", "match", "sort")
        yield _pictured(fresh, number) if pictured else fresh


def _pictured(question: WrittenQuestion, number: int) -> WrittenQuestion:
    path = f"media/hinh-{number}.png"
    stem = f"{question.stem}\n\n![Sơ đồ số {number}]({path})".strip()
    return replace(question, stem=stem, media=(Medium(path, _picture(number)),))


def _picture(number: int) -> bytes:
    return POINT + Random(number).randbytes(PICTURE_SIZE)


def _written(name: str, found: Iterable[WrittenQuestion]) -> bytes:
    return FORMATS[name].write(list(found), plain_html).data


def gift(count: int) -> bytes:
    """GIFT; the faulty ones have braces that do not pair."""
    return (
        _written("gift", questions(count - count // FAULTS, but=("faults", "blanks")))
        + "".join(f"\n::hong-{number}::Câu hỏng số {number}? {{=đúng ~\n" for number in range(count // FAULTS)).encode()
    )


def aiken(count: int) -> bytes:
    """Aiken; the faulty ones have no right answer."""
    blocks = []
    for number, one in enumerate(_choosing(count), 1):
        right = next(chr(65 + place) for place, option in enumerate(one.body.options) if option.share)
        lines = [f"{chr(65 + place)}. {' '.join(option.text.split())}" for place, option in enumerate(one.body.options)]
        blocks.append("\n".join([one.ask, *lines, *([] if number % FAULTS == 0 else [f"ANSWER: {right}"])]))
    return "\n\n".join(blocks).encode()


def _choosing(count: int) -> Iterator[WrittenQuestion]:
    chosen = (one for one in questions(count * 10) if one.type == "one" and isinstance(one.body, Choices))
    return islice(chosen, count)


def moodle_xml(count: int) -> bytes:
    """Moodle XML; the faulty ones are of a type that nobody else has."""
    faulty = "".join(
        f'<question type="calculated"><name><text>Hỏng {number}</text></name><questiontext format="html"><text><![CDATA['
        f"<p>Tính {{x}} + {number}</p>]]></text></questiontext></question>\n"
        for number in range(count // FAULTS)
    )
    text = _written("moodle_xml", questions(count - count // FAULTS, but=("faults",))).decode()
    return text.replace("</quiz>", f"{faulty}</quiz>").encode()


def qti_3(count: int) -> bytes:
    """A package of QTI 3.0; the faulty items ask for a hotspot."""
    return _qti(count, lambda text: text, "imsqti_item_xmlv3p0")


def qti_2_2(count: int) -> bytes:
    """The same in the spelling of QTI 2.2."""
    return _qti(count, lambda text: _in_old_spelling(text, "2p2"), "imsqti_item_xmlv2p2")


def qti_2_1(count: int) -> bytes:
    """The same in the spelling of QTI 2.1."""
    return _qti(count, lambda text: _in_old_spelling(text, "2p1"), "imsqti_item_xmlv2p1")


def _qti(count: int, spelled: Callable[[str], str], kind: str) -> bytes:
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(BytesIO(_written("qti", questions(count)))) as archive:
        for number, name in enumerate(archive.namelist()):
            data = archive.read(name)
            if name.startswith("items/") and name.endswith(".xml"):
                text = data.decode()
                broken = re.sub(r"qti-[a-z]+(?:-[a-z]+)?-interaction", "qti-hotspot-interaction", text)
                data = spelled(broken if number % FAULTS == 0 else text).encode()
            files[name] = data.replace(b"imsqti_item_xmlv3p0", kind.encode())
    return write_zip(files)


_TAG = re.compile(r"(</?)qti-([a-z-]+)|(?<=\s)([a-z]+(?:-[a-z]+)+)(?==\")")


def _in_old_spelling(text: str, version: str) -> str:
    def joined(name: str) -> str:
        return re.sub("-([a-z])", lambda found: found[1].upper(), name)

    def renamed(found: re.Match[str]) -> str:
        return found[1] + joined(found[2]) if found[1] else joined(found[3])

    return _TAG.sub(renamed, text).replace("imsqtiasi_v3p0", f"imsqti_v{version}")


def word_file(count: int) -> bytes:
    """Word; the right answer is bold, and the faulty ones have none."""
    body: list[str] = []
    media: dict[str, bytes] = {}
    for number, one in enumerate(_choosing(count), 1):
        body.append(ps(f"Câu {number}. {_bare(one.ask)}"))
        if number % PICTURES == 0:
            body.append(raw(picture(f"rId{9 + len(media)}", f"Sơ đồ số {number}")))
            media[f"hinh-{number}.png"] = _picture(number)
        for place, option in enumerate(one.body.options):
            line = f"{chr(65 + place)}. {_bare(option.text)}"
            body.append(ps(f"**{line}**" if option.share and number % FAULTS else line))
        body.append(ps(f"Giải thích: {_bare(one.explanation)}") if one.explanation else "")
    return word("".join(body), media=media)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[*_=^/']{2}", "", text).split())


def excel(count: int) -> bytes:
    """Excel; the faulty ones name no right answer."""
    return _written("xlsx", _rows(count))


def csv_file(count: int) -> bytes:
    """CSV, of the same rows."""
    return _written("csv_table", _rows(count))


def _rows(count: int) -> Iterator[WrittenQuestion]:
    nobody = (Choice("Một"), Choice("Hai"))
    for number, one in enumerate(questions(count), 1):
        yield (
            replace(one, type="one", body=Choices(nobody), media=()) if number % FAULTS == 0 else replace(one, media=())
        )


FILES: Mapping[str, tuple[str, Callable[[int], bytes]]] = {
    "gift": ("gift", gift), "aiken": ("aiken", aiken), "moodle": ("moodle_xml", moodle_xml), "qti3": ("qti", qti_3),
    "qti2.2": ("qti", qti_2_2), "qti2.1": ("qti", qti_2_1), "word": ("docx", word_file), "xlsx": ("xlsx", excel),
    "csv": ("csv_table", csv_file),
}  # fmt: skip


def names() -> Sequence[str]:
    """The files that can be made."""
    return tuple(FILES)
