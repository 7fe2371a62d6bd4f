"""Files that are broken, meant ill, or of another kind: each is told in words, and nothing of what can be read is lost."""

import unicodedata
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.domain.taking_in import Item
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions import FORMATS, MOST_BYTES, recognised, texts
from elearning.exchange.questions.from_html import Page
from tests.exchange.questions.constructs.moodle_xml import ONE, question
from tests.exchange.questions.constructs.qti import choice, declared, item, package, resource
from tests.exchange.questions.samples import SAMPLES

BILLION = "<!DOCTYPE quiz [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE quiz [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
DEEP = "<quiz>" + "<a>" * 10_000 + "</a>" * 10_000 + "</quiz>"
# The same with names of their own, so that a zip does not pack it to nothing.
NAMES = ["a" + sha256(str(number).encode()).hexdigest() for number in range(2_000)]
DEEP_UNALIKE = "".join(f"<{name}>" for name in NAMES) + "".join(f"</{name}>" for name in reversed(NAMES))
ITEM = item(declared(), choice())


def _with_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def _decomposed(data: bytes) -> bytes:
    return unicodedata.normalize("NFD", data.decode()).encode()


def read(name: str, data: str | bytes) -> list[Item]:
    return list(FORMATS[name].read(BytesIO(data.encode() if isinstance(data, str) else data)))


def told(name: str, data: str | bytes) -> str:
    with pytest.raises(ExchangeError) as error:
        read(name, data)
    return error.value.message.plain()


@pytest.mark.parametrize("doctype", [BILLION, OUTSIDE])
@pytest.mark.parametrize(("name", "text"), [("moodle_xml", question("multichoice", *ONE, asked="&b;")), ("qti", ITEM)])
def test_an_xml_with_entities_of_its_own_is_not_read(name: str, text: str, doctype: str) -> None:
    head, _, body = text.rpartition("?>")
    assert "entities" in told(name, f"{head}{'?>' if head else ''}{doctype}{body}")


@pytest.mark.parametrize("name", ["moodle_xml", "qti"])
def test_an_xml_of_ten_thousand_levels_is_not_read(name: str) -> None:
    assert "nested too deeply" in told(name, DEEP)


@pytest.mark.parametrize("name", ["moodle_xml", "qti"])
@pytest.mark.parametrize("text", ["<quiz><question>", "<quiz></a>", "không phải XML", "<quiz>\x01</quiz><"])
def test_a_broken_xml_says_in_which_line(name: str, text: str) -> None:
    assert "in line 1" in told(name, text)


def test_what_stands_before_the_break_of_an_xml_is_read() -> None:
    whole = question("multichoice", *ONE).removesuffix("</quiz>")
    found: list[Item] = []
    with pytest.raises(ExchangeError):
        found.extend(FORMATS["moodle_xml"].read(BytesIO((whole + " " * 100_000 + "<question").encode())))
    assert len(found) <= 1
    reader = FORMATS["moodle_xml"].read(BytesIO((whole + " " * 100_000 + "<question").encode()))
    assert next(reader).degree == "whole"


def test_layout_of_ten_thousand_levels_keeps_its_words() -> None:
    page = Page()
    assert page.markdown("<div>" * 10_000 + "Ai *nói*?" + "</div>" * 10_000) == "Ai \\*nói\\*?"
    assert "nested too deeply" in page.notes[0].plain()


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_file_and_one_that_is_too_large_are_told(name: str) -> None:
    assert "empty" in told(name, b" \n ")
    assert "larger than 50 MB" in told(name, b"x" * (MOST_BYTES + 1))


@pytest.mark.parametrize("name", ["aiken", "gift", "moodle_xml", "qti"])
def test_a_picture_is_no_file_of_questions(name: str) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    with pytest.raises(ExchangeError):
        list(FORMATS[name].read(BytesIO(picture)))
    with pytest.raises(ExchangeError, match="no format"):
        recognised("anh.png", BytesIO(picture))


def bomb(name: str = "big.xml", size: int = 10_000_000) -> bytes:
    return package({name: b"\x00" * size}, resource(name))


def locked() -> bytes:
    data = bytearray(package({"a.xml": ITEM}, resource("a.xml")))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


def bare_zip() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.xml", ITEM)
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "times its size"), (lambda: bomb("../big.xml", 10), "not safe"), (lambda: bomb("/big.xml", 10), "not safe"),
        (locked, "password"), (bare_zip, "imsmanifest.xml"), (lambda: b"PK\x03\x04 not a zip", "damaged"),
        (lambda: package({f"{n}.xml": "" for n in range(20_001)}, ""), "more than 20000 entries"),
        (lambda: package({"a.xml": ITEM}, DEEP_UNALIKE), "nested too deeply"),
    ],
)  # fmt: skip
def test_a_package_that_is_meant_ill_or_damaged_is_not_unpacked(make: Callable[[], bytes], said: str) -> None:
    assert said in told("qti", make())


def test_a_manifest_cannot_name_a_file_outside_the_package() -> None:
    (found,) = read("qti", package({}, resource("../../etc/passwd")))
    assert (found.degree, found.notes[0].plain()) == (
        "not",
        "The manifest names the file ../../etc/passwd, and the package does not hold it.",
    )


def test_a_broken_item_of_a_package_does_not_stop_the_others() -> None:
    files = {"a.xml": ITEM, "b.xml": "<qti", "c.xml": DEEP_UNALIKE, "d.xml": ITEM}
    found = read("qti", package(files, "".join(map(resource, files))))
    assert [one.degree for one in found] == ["whole", "not", "not", "whole"]
    assert [one.id for one in found[1:3]] == ["b.xml", "c.xml"]


def test_a_damaged_embedded_file_is_as_one_that_did_not_come_along() -> None:
    broken = "<file name='x.png' path='/' encoding='base64'>!!!</file>"
    (found,) = read(
        "moodle_xml", question("multichoice", *ONE, asked="<p>Ai?</p><img src='@@PLUGINFILE@@/x.png'>", files=broken)
    )
    assert found.question is not None
    assert found.question.media == ()
    assert "did not come along" in found.notes[0].plain()


def test_a_file_of_a_kind_that_no_text_may_hold_stays_outside() -> None:
    program = "<file name='x.exe' path='/' encoding='base64'>AAAA</file>"
    (found,) = read(
        "moodle_xml", question("multichoice", *ONE, asked="<p>Ai?</p><img src='@@PLUGINFILE@@/x.exe'>", files=program)
    )
    assert found.question is not None
    assert found.question.media == ()


PIECES = st.sampled_from(
    ["::a::", "{", "}", "=", "~", "#", "%50%", "->", "\n", "\n\n", "Ai", " nói?", "// ghi", "$CATEGORY: x", "\\", "####", "T", "[html]", "<b>", "1..5",
     "A. ", "B) ", "ANSWER: ", "ANSWER: A\n", "{}", "*"]
)  # fmt: skip


@pytest.mark.parametrize("name", ["gift", "aiken"])
@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_line_of_a_text_is_lost_whatever_stands_in_it(name: str, text: str) -> None:
    if not text.strip():
        return
    found = read(name, text)
    lines = [line.rstrip() for item in found for line in item.source.split("\n") if line.strip()]
    assert lines == [line.rstrip() for line in text.split("\n") if line.strip()]
    assert all(item.notes for item in found if item.degree != "whole")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 400), st.sampled_from(["", "&", "<", "x", "]]>", "'", "{", "é"]), st.integers(0, 5))
def test_an_xml_that_is_changed_anywhere_is_read_or_told(place: int, put: str, cut: int) -> None:
    for name, text in (("moodle_xml", question("cloze", asked="Hạn {1:SA:=24} giờ, {1:MC:a~=b} nhé.")), ("qti", ITEM)):
        changed = text[:place] + put + text[place + cut :]
        try:
            found = read(name, changed)
        except ExchangeError:
            continue
        assert all(item.notes for item in found if item.degree != "whole")


@pytest.mark.parametrize("name", ["gift", "aiken", "moodle_xml"])
@pytest.mark.parametrize("change", [bytes, _with_crlf, _decomposed], ids=["as it is", "CRLF", "NFD"])
def test_a_text_that_is_read_in_portions_says_the_same_as_one_that_is_read_whole(
    name: str, change: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"\xef\xbb\xbf" + change(SAMPLES[name]())
    whole = list(FORMATS[name].read(BytesIO(data)))
    monkeypatch.setattr(texts, "PORTION", 70)
    assert list(FORMATS[name].read(BytesIO(data))) == whole
    assert len(list(texts.portions_of(BytesIO(data))[0])) > 100


@pytest.mark.parametrize(("data", "portions"), [(b"Hello there\n" * 9_000, 2), ("Hé l\u00e0\n".encode() * 9_000, 1)])
def test_only_what_is_in_one_encoding_beyond_doubt_comes_in_portions(data: bytes, portions: int) -> None:
    found = list(texts.portions_of(BytesIO(data))[0])
    assert len(found) == portions
    assert "".join(found) == data.decode()
