"""A certificate to print, its words, and the outside tools that read a PDF the way its readers do."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from elearning.documents.certificate import WORDS, certificate_pdf
from elearning.domain.certificate import CertificatePrint

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
CODE = "K7MP94TQXW3HR5BZ2"


@pytest.fixture
def certificate() -> CertificatePrint:
    return CertificatePrint(
        code=CODE,
        number=123,
        year=2026,
        holder="Trần Thị Ngọc Ánh",
        unit="Ủy ban nhân dân xã Mộc Lâm",
        course_title="Kỹ năng phát ngôn và cung cấp thông tin cho báo chí",
        certificate_title="Chứng nhận",
        hours="6",
        score="92 %",
        issued_on=date(2026, 12, 20),
        valid_until=date(2028, 12, 20),
        issuer="Sở Văn hóa, Thể thao và Du lịch tỉnh An Khuê",
        verify_url=f"https://phatngon.example/verify/{CODE}",
        language="vi",
    )


@pytest.fixture
def print_pdf(certificate: CertificatePrint, tmp_path: Path) -> Callable[..., Path]:
    """Print the certificate, changed as asked, to a file."""

    def printed(**changes: Any) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
        path.write_bytes(certificate_pdf(replace(certificate, **changes), WORDS, templates=TEMPLATES))
        return path

    return printed


@pytest.fixture
def tool() -> Callable[..., str]:
    """Run an outside reader and return what it says. It may be missing on a desk, never where changes are judged."""

    def run(name: str, *arguments: str) -> str:
        if shutil.which(name) is None:
            missing = f"{name} is not installed (Debian: poppler-utils, zbar-tools)"
            if os.environ.get("CI") == "true":
                pytest.fail(missing)
            pytest.skip(missing)
        # Poppler writes some titles of tags as they stand in the file, in UTF-16: those bytes are not looked at.
        return subprocess.run([name, *arguments], check=True, capture_output=True).stdout.decode(errors="replace")

    return run
