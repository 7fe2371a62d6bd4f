"""Word files, written part by part so that they hold just what a test is about; the same every time."""

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from html import escape

from elearning.exchange.zipped import write_zip

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_LOOKS = {
    "**": "<w:b/>", "__": '<w:u w:val="single"/>', "==": '<w:highlight w:val="yellow"/>', "^^": '<w:color w:val="FF0000"/>',
    "//": "<w:i/>", "''": '<w:vertAlign w:val="superscript"/>',
}  # fmt: skip
_PIECE = re.compile(r"(\*\*|__|==|\^\^|//|'')(.+?)\1")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# The smallest PNG there is: one grey point.
POINT = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    + _chunk(b"IEND", b"")
)


def r(text: str, look: str = "") -> str:
    """A run; a tab and a new line are those of Word."""
    inner = re.sub(r"([^\t\n]+)", lambda found: f'<w:t xml:space="preserve">{escape(found[1])}</w:t>', text)
    inner = inner.replace("\t", "<w:tab/>").replace("\n", "<w:br/>")
    return f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>" if text else ""


def p(text: str, look: str = "", props: str = "") -> str:
    """A paragraph; `**bold**`, `__underlined__`, `==highlighted==`, `^^coloured^^`, `//italic//`, `''raised''`."""
    made, at = "", 0
    for found in _PIECE.finditer(text):
        made += r(text[at : found.start()], look) + r(found[2], look + _LOOKS[found[1]])
        at = found.end()
    return f"<w:p><w:pPr>{props}</w:pPr>{made}{r(text[at:], look)}</w:p>"


def ps(*texts: str, look: str = "") -> str:
    """Some paragraphs."""
    return "".join(p(text, look) for text in texts)


def raw(inner: str) -> str:
    """A paragraph of XML as it is given."""
    return f"<w:p>{inner}</w:p>"


def table(*rows: Iterable[str]) -> str:
    """A table; what begins with `<` in a cell is XML, all else a paragraph."""
    cells = ("".join(f"<w:tc>{one if one.startswith('<') else p(one)}</w:tc>" for one in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def listed(text: str, number: int = 1, depth: int = 0) -> str:
    """A paragraph that Word numbers: list 1 says “Câu 1:”, its second level “A.”; list 2 says “1.”; list 3 has bullets."""
    return p(text, "", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def picture(relation: str = "rId9", alt: str = "") -> str:
    """A run with a picture."""
    about = f'<wp:docPr id="1" name="x" descr="{alt}"/>'
    graphic = f'<a:graphic><a:graphicData><a:blip r:embed="{relation}"/></a:graphicData></a:graphic>'
    return f"<w:r><w:drawing><wp:inline>{about}{graphic}</wp:inline></w:drawing></w:r>"


def box(*texts: str) -> str:
    """A run with a text box, which Word writes twice."""
    held = f"<w:txbxContent>{ps(*texts)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{held}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{held}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def footnote(number: int) -> str:
    """A run that calls a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def _level(depth: int, form: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


_LISTS = {
    1: _level(0, "decimal", "Câu %1:") + _level(1, "upperLetter", "%2."),
    2: _level(0, "decimal", "%1."),
    3: _level(0, "bullet", "•"),
}
NUMBERING = (
    f"<w:numbering {_SPACES}>"
    + "".join(f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in _LISTS.items())
    + "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in _LISTS)
    + "</w:numbering>"
)
STYLES = f"<w:styles {_SPACES}>" + "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>' for level in (1, 2, 3)
) + "</w:styles>"  # fmt: skip
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def heading(text: str, level: int = 1) -> str:
    """A heading."""
    return p(text, "", f'<w:pStyle w:val="Heading{level}"/>')


def word(
    body: str, *, notes: Mapping[int, str] | None = None, header: str = "", media: Mapping[str, bytes] | None = None
) -> bytes:
    """A Word file with this body. `media` are pictures; the first has the relation rId9, the next rId10 …"""
    media = {"hinh.png": POINT} if media is None else media
    parts = {
        "styles": STYLES,
        "numbering": NUMBERING,
        "document": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    if notes:
        held = "".join(f'<w:footnote w:id="{key}">{p(text)}</w:footnote>' for key, text in notes.items())
        parts["footnotes"] = f"<w:footnotes {_SPACES}>{held}</w:footnotes>"
    if header:
        parts["header1"] = f"<w:hdr {_SPACES}>{p(header)}</w:hdr>"
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_KIND}/image" Target="media/{name}"/>'
        for number, name in enumerate(media, 9)
    ) + "".join(
        f'<Relationship Id="own{name}" Type="{_KIND}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for name in parts
        if name != "document"
    )
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_PARTS}.{"document.main" if name == "document" else name.rstrip("1")}+xml"/>'
        for name in parts
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="wmf" ContentType="image/x-wmf"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships {relations}><Relationship Id="rId1" Type="{_KIND}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships {relations}>{links}</Relationships>",
        **{f"word/{name}.xml": f'<?xml version="1.0" encoding="UTF-8"?>{text}' for name, text in parts.items()},
    }
    packed = {name: text.encode() for name, text in files.items()} | {
        f"word/media/{name}": data for name, data in media.items()
    }
    return write_zip(packed)


def fifty_questions() -> bytes:
    """A paper of fifty questions: forty-six are understood, three in part, one is not."""
    body = heading("Đề ôn tập về phát ngôn")
    for number in range(1, 47):
        answers = [f"Phương án {letter.lower()} của tình huống {number}" for letter in "ABCD"]
        right = number % 4
        rows = [
            f"**{letter}. {text}**" if place == right else f"{letter}. {text}"
            for place, (letter, text) in enumerate(zip("ABCD", answers, strict=True))
        ]
        body += ps(f"Câu {number}. Trong tình huống giả định số {number}, ai trả lời báo chí?", *rows)
    body += ps("Câu 47. Hai dấu khác nhau?", "A. ==Người phát ngôn==", "B. **Phóng viên**", "C. Bạn đọc")
    body += ps("Câu 48. Khóa và dấu không khớp?", "A. **Xã**", "B. Tỉnh", "C. Bộ", "Đáp án: B")
    body += p("Câu 49. Có công thức?") + raw(
        r("A. ")
        + "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    body += ps("B. 2", "Đáp án: A", "Câu 50. Không đánh dấu đáp án nào?", "A. Có", "B. Không")
    return word(body)
