"""QR codes, the drum and the compounds of titles."""

from xml.etree import ElementTree as ET

import pytest

from elearning.documents.compounds import NO_BREAK_SPACE, joined
from elearning.documents.drum import drum_svg
from elearning.documents.qr import qr_svg


@pytest.mark.parametrize("drawing", [qr_svg("https://phatngon.example/verify/K7MP94TQXW3HR5BZ2"), drum_svg()])
def test_drawings_stand_under_a_strict_policy_and_take_the_size_of_their_place(drawing: str) -> None:
    root = ET.fromstring(drawing)  # noqa: S314  # We drew it a line ago.
    names = {name for element in root.iter() for name in element.attrib}
    assert names.isdisjoint({"style", "class", "id", "onload"})
    assert "viewBox" in root.attrib
    assert "width" not in root.attrib


def test_qr_code_keeps_four_modules_of_quiet_on_each_side() -> None:
    address = "https://phatngon.example/verify/K7MP94TQXW3HR5BZ2"
    assert 'viewBox="0 0 41 41"' in qr_svg(address)  # 33 modules for this length, and twice four.
    assert 'd="M4 4.5h7' in qr_svg(address)


def test_qr_code_stands_on_white_unless_told_otherwise() -> None:
    assert 'fill="#fff"' in qr_svg("Phát Ngôn")
    assert "fill=" not in qr_svg("Phát Ngôn", ground=None)


def test_compounds_of_a_title_hold_together_and_its_words_stay_the_same() -> None:
    title = "Kỹ năng phát ngôn và cung cấp thông tin cho báo chí"
    lines = [part.replace(NO_BREAK_SPACE, "_") for part in joined(title).split(" ")]
    assert lines == ["Kỹ_năng", "phát_ngôn", "và_cung_cấp", "thông_tin", "cho_báo_chí"]
    assert joined(title).replace(NO_BREAK_SPACE, " ") == title


def test_compounds_are_whole_words() -> None:
    assert joined("xã hộian và quy định") == f"xã hộian và{NO_BREAK_SPACE}quy{NO_BREAK_SPACE}định"
