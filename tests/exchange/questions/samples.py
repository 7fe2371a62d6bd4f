"""Files of foreign questions, some hundred in each, made of the examples of the tables; the same every time."""

import re
from collections.abc import Iterator

from tests.exchange.questions.constructs import aiken, docx, gift, moodle_xml, qti, xlsx
from tests.exchange.questions.constructs.row import Row
from tests.exchange.questions.word_files import word

PLACES = ("xã", "phường", "đặc khu", "sở", "bộ")
_ENCODINGS = re.compile("CP1258|UTF-16")


def examples(rows: list[Row], times: int) -> Iterator[str]:
    """The examples again and again, each time of another place; those of encodings stand for whole files and are left out."""
    for number in range(times):
        for row in rows:
            if isinstance(row.source, str) and not _ENCODINGS.search(row.construct):
                yield row.source.replace("Ai ", f"Ở {PLACES[number % 5]} thứ {number + 1}, ai ")


def aiken_sample() -> bytes:
    """Two hundred blocks and more of Aiken."""
    return "\n\n".join(examples(aiken.ROWS, 22)).encode()


def gift_sample() -> bytes:
    """Two hundred blocks and more of GIFT."""
    return "\n\n".join(examples(gift.ROWS, 5)).encode()


def moodle_sample() -> bytes:
    """Two hundred questions and more of Moodle XML, in one quiz."""
    return f"<quiz>{''.join(one[6:-7] for one in examples(moodle_xml.ROWS, 5))}</quiz>".encode()


def qti_sample(times: int = 6) -> bytes:
    """Two hundred items and more of QTI, in one package."""
    items = {f"items/{number}.xml": one for number, one in enumerate(examples(qti.ROWS, times), 1)}
    return qti.package(items, "".join(map(qti.resource, items)))


_BY_ITSELF = re.compile("at the end|not there|where no|no numbers|puts by itself")


def docx_sample() -> bytes:
    """Two hundred questions and more of Word, numbered anew; what speaks of the whole file is left out."""
    bodies = [one for one in docx.BODIES if not _BY_ITSELF.search(one[0]) and one[1] != "beside"]
    numbered = "".join(body for _ in range(5) for _, _, _, body, _, _ in bodies)
    return word(numbered, notes={2: "Xem luật."})


def xlsx_sample() -> bytes:
    """Two hundred rows and more; what speaks of the whole file is left out."""
    return xlsx.book([row for _ in range(8) for row in xlsx.LINES])


SAMPLES = {
    "docx": docx_sample,
    "xlsx": xlsx_sample,
    "aiken": aiken_sample,
    "gift": gift_sample,
    "moodle_xml": moodle_sample,
    "qti": qti_sample,
}
