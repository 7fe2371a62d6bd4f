"""Typst, set up once for all papers: our own faces only, data as JSON only, PDF/A-2a and PDF/UA-1."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import typst

FONT_PACKAGE: Final = "fontpkg_be_vietnam_pro"


def typeset(folder: Path, name: str, data: Mapping[str, object], moment: datetime) -> bytes:
    """Set the template `name` of a folder with some data; equal data and moment give equal bytes.

    Raises `typst.TypstError` when the paper cannot be set.
    """
    compiler = typst.Compiler(
        str(folder / name),
        root=str(folder),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    moment = moment.replace(microsecond=0)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=moment)
    except typst.TypstError:
        # An archive refuses a sign that no face can draw. Whoever needs the paper still gets it, with an empty box
        # for that sign and without the claim; a paper that is truly broken fails here again.
        made = compiler.compile(format="pdf", timestamp=moment)
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected from the typesetter")
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Be Vietnam Pro and the faces built into the typesetter, never those of the machine: they would change the bytes.

    Where the package of the face is missing, the built-in serif serves; it has all Vietnamese marks too.
    """
    package = find_spec(FONT_PACKAGE)
    folders = [] if package is None or package.origin is None else [str(Path(package.origin).parent / "files")]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def one_line(text: str) -> str:
    """Join marks to their letters (NFC), and take out line breaks and control characters, which no PDF/A may hold."""
    joined = unicodedata.normalize("NFC", text)
    plain = "".join(" " if unicodedata.category(mark) in {"Cc", "Cs", "Zl", "Zp"} else mark for mark in joined)
    return re.sub(" +", " ", plain).strip(" ")
