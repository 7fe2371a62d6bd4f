"""Hand-outs and forms on paper: read back whole, with the law as of the day of printing, by people and by screen readers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from elearning.documents.handout import WORDS, forms_pdf, handout_pdf
from elearning.documents.reading import forms_of, read
from elearning.domain.handout import HandoutLesson, HandoutPicture, HandoutPrint, HandoutTerm
from elearning.domain.law import Law

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PICTURE = "/media/" + "a" * 64 + "/hinh.svg"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" width="40" height="10"><rect width="40" height="10"/></svg>'
CITED = '<a class="cite" data-law="nd-244-2026" href="/laws/nd-244-2026?at=7.3">khoản 3</a>'
OLD = '<a class="cite" data-law="nd-09-2017" href="/laws/nd-09-2017">nghị định cũ</a>'
TEXT = f"""<h2 id="c-moc">Hai mốc</h2><p>Theo {CITED}, chậm nhất <strong>24 giờ</strong>; {OLD} thì khác. Lại {CITED}.</p>
<p><img alt="Sơ đồ hai mốc của đồng hồ" src="{PICTURE}"></p>
<div class="table-wrap" tabindex="0" role="region" aria-label="Bảng"><table><thead><tr><th scope="col">Ai</th><th scope="col">Khi nào</th></tr></thead>
<tbody><tr><td>Xã {CITED}</td><td>Ngay</td></tr></tbody></table></div>
<div class="callout callout--warning"><p class="callout__title">Cẩn thận</p><p>Trừ khoản 1.</p></div>
<ul><li>một</li><li>hai<ol start="3"><li>ba</li></ol></li></ul>"""
FORM = """<div class="callout callout--template"><p class="callout__title">Sổ ghi mốc</p><p>Họ tên: ……… ☐ có</p>
<div class="table-wrap"><table><thead><tr><th scope="col">Giờ</th><th scope="col">Tin</th></tr></thead>
<tbody><tr><td>……</td><td>……</td></tr><tr><td>……</td><td>……</td></tr></tbody></table></div></div>"""
Tool = Callable[..., str]
Read = Callable[[bytes], str]


@pytest.fixture
def handout() -> HandoutPrint:
    lesson = HandoutLesson("4.1", "Đồng hồ 24 giờ", ("Tính đúng hạn",), (TEXT, FORM), True, "vi")
    laws = (
        Law("nd-244-2026", "Nghị định 244/2026/NĐ-CP", issued=date(2026, 6, 26), from_=date(2026, 7, 1)),
        Law("nd-09-2017", "Nghị định 09/2017/NĐ-CP", from_=date(2017, 3, 30), until=date(2026, 6, 30)),
        Law("luat-khac", "Luật không ai dẫn", from_=date(2020, 1, 1)),
    )
    return HandoutPrint(
        "vi", "Sở Văn hóa tỉnh An Khuê", "Khung pháp lý", "Chuyên đề 4. Đồng hồ", date(2026, 11, 29), date(2026, 11, 23),
        (lesson,), laws, (HandoutTerm("đính chính", "rectification", "<p>Sửa lời mình.</p>"),), (HandoutPicture(PICTURE, DRAWING),),
    )  # fmt: skip


@pytest.fixture
def words(tmp_path: Path, tool: Tool) -> Read:
    """All words of a paper."""

    def said(pdf: bytes) -> str:
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        return " ".join(tool("pdftotext", "-layout", str(path), "-").split())

    return said


def lessons(printed: HandoutPrint) -> bytes:
    return handout_pdf(printed, WORDS, templates=TEMPLATES)


def forms(printed: HandoutPrint) -> bytes:
    return forms_pdf(printed, WORDS, templates=TEMPLATES)


def test_a_hand_out_holds_the_lesson_its_tables_callouts_forms_and_terms(handout: HandoutPrint, words: Read) -> None:
    said = words(lessons(handout))
    for part in ("4.1 Đồng hồ 24 giờ", "tính đúng hạn", "Hai mốc", "Khi nào", "Cẩn thận", "Trừ khoản 1.", "Sổ ghi mốc",
                 "đính chính (rectification)", "Sửa lời mình.", "Chuyên đề 4. Đồng hồ"):  # fmt: skip
        assert part in said, part


def test_each_place_of_law_has_one_footnote_with_its_standing_on_the_day_of_printing(
    handout: HandoutPrint, words: Read
) -> None:
    said = words(lessons(handout))
    assert said.count("Clause 3, Article 7, Nghị định 244/2026/NĐ-CP, of 26/06/2026: in force on 29/11/2026.") == 1
    assert said.count("Nghị định 09/2017/NĐ-CP: no longer in force; the last day was 30/06/2026.") == 1
    early = words(lessons(replace(handout, day=date(2026, 6, 30))))
    assert "Nghị định 244/2026/NĐ-CP, of 26/06/2026: not in force yet; from 01/07/2026." in early
    assert "Nghị định 09/2017/NĐ-CP: in force on 30/06/2026." in early


def test_documents_that_are_cited_are_listed_and_others_are_not(handout: HandoutPrint, words: Read) -> None:
    listed = words(lessons(handout)).split(WORDS["laws"])[-1]
    assert "Nghị định 244/2026/NĐ-CP" in listed
    assert "Luật không ai dẫn" not in listed


def test_figures_are_told_in_words_and_the_paper_is_tagged(handout: HandoutPrint, tool: Tool, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(lessons(handout))
    assert "Tagged: yes" in " ".join(tool("pdfinfo", str(path)).split())
    assert b"pdfuaid" in path.read_bytes()
    structure = tool("pdfinfo", "-struct-text", str(path))
    for tag in ("H1", "H2", "H3", "Table", "TH", "L", "Figure"):
        assert tag in structure, tag


def test_forms_stand_alone_each_on_its_sheet_and_a_log_goes_on(handout: HandoutPrint, words: Read) -> None:
    said = words(forms(handout))
    assert "Sổ ghi mốc" in said
    assert "Hai mốc" not in said
    assert "……" not in said


def test_equal_input_gives_equal_bytes_and_another_day_others(handout: HandoutPrint) -> None:
    assert lessons(handout) == lessons(replace(handout))
    assert lessons(handout) != lessons(replace(handout, day=date(2026, 11, 30)))


def test_a_heading_row_that_cites_still_makes_a_paper_for_screen_readers(handout: HandoutPrint) -> None:
    cited = TEXT.replace('<th scope="col">Ai</th>', f'<th scope="col">Ai {CITED}</th>')
    lesson = replace(handout.lessons[0], html=(cited,))
    assert b"pdfuaid" in lessons(replace(handout, lessons=(lesson,)))


def test_only_room_to_write_becomes_lines_and_only_boxes_become_boxes() -> None:
    nodes = read("<p>…:… ngày …/… (ai: ………) ☐1 ☑2</p>", lambda *_: 0)
    (paragraph,) = nodes
    assert isinstance(paragraph, dict)
    assert paragraph["c"] == [
        "…:… ngày …/… (ai: ", {"t": "fill", "n": 3}, ") ", {"t": "tick", "on": False}, "1 ", {"t": "tick", "on": True}, "2",
    ]  # fmt: skip
    assert forms_of(read(FORM + TEXT, lambda *_: 0))[0]["title"] == "Sổ ghi mốc"  # type: ignore[index]  # a form is a mapping
