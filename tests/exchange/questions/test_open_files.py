"""Files are read where they stand: some bytes at a time, from the first on wherever somebody has left them, and they stay open."""

import gc
import zipfile
from io import BytesIO
from typing import IO

import pytest

from elearning.exchange.questions import FORMATS, recognised, xlsx
from elearning.exchange.zipped import write_zip
from tests.exchange.questions.constructs.qti import choice, declared, item, package, resource
from tests.exchange.questions.samples import SAMPLES

ITEM = item(declared(), choice())


class Watched(BytesIO):
    """Knows how much was asked for at once."""

    most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.most = max(self.most, len(found))
        return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_stays_open_and_says_the_same_when_it_is_read_again(name: str) -> None:
    file: IO[bytes] = BytesIO(SAMPLES[name]())
    assert recognised(f"a{FORMATS[name].suffix}", file).name == name
    found = list(FORMATS[name].read(file))
    gc.collect()
    assert found == list(FORMATS[name].read(file))
    assert found


def test_a_package_is_never_read_as_a_whole() -> None:
    numbers = range(40)
    media = {f"media/{number}.png": bytes(100_000) for number in numbers}
    named = "".join(resource(f"{number}.xml") for number in numbers)
    with zipfile.ZipFile(BytesIO(package({f"{number}.xml": ITEM for number in numbers}, named))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    file = Watched(write_zip({**files, **media}))
    assert len([one for one in FORMATS["qti"].read(file) if one.degree == "whole"]) == len(numbers)
    assert file.most < 200_000 < len(file.getvalue())


LINES = "Việc cần làm ngay của phòng.\n".encode() * 30_000
TEXTS = {
    "gift": SAMPLES["gift"]() + b"\n" + LINES.replace("Việc".encode(), "// Việc".encode()),
    "aiken": SAMPLES["aiken"]() + b"\n" + LINES,
    "moodle_xml": SAMPLES["moodle_xml"]().replace(b"</quiz>", b"<!-- " + LINES + b"--></quiz>"),
    "csv_table": "Câu hỏi;A;B;Đúng\n".encode() + "Ai nói?;Người phát ngôn;Người khác;A\n".encode() * 20_000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_never_read_as_a_whole(name: str) -> None:
    file = Watched(TEXTS[name])
    assert any(one.degree == "whole" and one.question for one in FORMATS[name].read(file))
    assert file.most < 200_000 < len(TEXTS[name])


@pytest.mark.parametrize("portion", [1, 7, 100, 65_536])
def test_a_formula_is_seen_wherever_a_portion_ends(portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "PORTION", portion)
    sheet = b'<cols><col min="1"/></cols><row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><f>A1</f></c></row>'
    sheet += b'<row r="12"><c r="AB12" t="str"> <f a="b">A1</f></c><c r="AC13"><v>2</v></c></row>' + b" " * 9_000
    assert set(xlsx._with_formulas(BytesIO(sheet))) == {1, 12}
