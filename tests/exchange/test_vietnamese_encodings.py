"""Vietnamese in the encodings of before Unicode is recognised and read; what is no Vietnamese is left alone."""

import unicodedata
from io import BytesIO

import pytest

from elearning.exchange.questions import FORMATS
from elearning.exchange.vietnamese_encodings import (
    _MARKS,
    _TCVN3,
    _VNI_ALONE,
    Encoding,
    decoded,
    likeness,
    vni_to_unicode,
)

TEXT = "Người phát ngôn của cơ quan trả lời báo chí: đúng hay sai? Việc gì phải làm khi được hỏi về sự cố ở Huế, đã rõ chưa."
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_tcvn3(text: str) -> bytes:
    old = {new: sign for sign, new in _TCVN3.items()}
    return "".join(old.get(letter, letter) for letter in text).encode("cp1252")


def in_cp1258(text: str) -> bytes:
    parts = unicodedata.normalize("NFD", text)
    letters: list[str] = []
    for letter in parts:
        if unicodedata.combining(letter) and letter not in _TONES:
            # A tone may stand between a letter and its hat: the hat goes to the letter.
            place = -1 if not unicodedata.combining(letters[-1]) else -2
            letters[place] = unicodedata.normalize("NFC", letters[place] + letter)
        else:
            letters.append(letter)
    return "".join(letters).encode("cp1258")


def in_vni(text: str) -> bytes:
    alone = {new: sign for sign, new in _VNI_ALONE.items()}
    made = ""
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        if letter in alone:
            made += alone[letter]
            continue
        horn = "\u031b" in decomposed
        base = (
            alone.get(unicodedata.normalize("NFC", decomposed[0] + "\u031b"), decomposed[0]) if horn else decomposed[0]
        )
        rest = "".join(mark for mark in decomposed[1:] if mark != "\u031b")
        ordered = sorted(rest, key=lambda mark: mark in _TONES)
        made += base + next((sign for sign, mark in _MARKS.items() if mark == "".join(ordered)), "") if rest else base
    return made.encode("cp1252")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"), (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"), (TEXT.encode("utf-16"), "utf-16"),
        (("A. x\nB. y\n" + TEXT).encode("utf-16-le"), "utf-16"), (in_tcvn3(TEXT), "tcvn3"), (in_vni(TEXT), "vni"),
        (in_cp1258(TEXT), "cp1258"), (unicodedata.normalize("NFD", TEXT).encode(), "utf-8"),
        (in_tcvn3(TEXT).decode("cp1252").encode(), "tcvn3"), (in_vni(TEXT).decode("cp1252").encode(), "vni"),
    ],
)  # fmt: skip
def test_a_text_is_read_in_its_own_encoding(data: bytes, encoding: Encoding) -> None:
    text, found = decoded(data)
    assert found == encoding
    assert text.endswith(TEXT)


@pytest.mark.parametrize(
    "letter", sorted(set("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹđÀÁẢĂẮÂẤÈÉÊẾÔỐƠỚƯỨĐ"))
)
def test_every_letter_comes_out_of_vni(letter: str) -> None:
    assert vni_to_unicode(in_vni(letter).decode("cp1252")) == letter


@pytest.mark.parametrize(
    "letter", sorted(set("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂĐÊÔƠƯ"))
)
def test_every_letter_comes_out_of_tcvn3(letter: str) -> None:
    old = {new: sign for sign, new in _TCVN3.items()}
    assert len(set(_TCVN3.values())) == len(_TCVN3)
    assert old[letter]


@pytest.mark.parametrize(
    "text", ["Déjà vu à la carte, où ça?", "naïve façade", "Größe und Übermut", "plain words", "x² ± 3°"]
)
def test_what_is_no_vietnamese_is_left_alone(text: str) -> None:
    assert decoded(text.encode())[0] == text
    assert decoded(text.encode("cp1252"))[0] == text
    assert likeness(text) <= 1


@pytest.mark.parametrize("encode", [in_tcvn3, in_vni, in_cp1258, lambda text: text.encode("utf-16")])
def test_a_file_in_an_old_encoding_is_understood_and_the_note_says_so(encode: object) -> None:
    assert callable(encode)
    (item,) = FORMATS["gift"].read(BytesIO(encode(f"{TEXT} {{=Cơ quan được hỏi ~Báo chí}}")))
    assert item.question is not None
    assert item.question.ask == TEXT
    assert "turned into Unicode" in item.notes[0].plain()
