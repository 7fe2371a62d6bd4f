"""A certificate as a PDF that any reader, archive or screen reader can keep and read (PDF/A-2a and PDF/UA-1)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from babel.dates import format_date

from elearning.documents.compounds import joined
from elearning.documents.drum import drum_svg
from elearning.documents.qr import qr_svg
from elearning.documents.typesetting import one_line, typeset
from elearning.domain.certificate import CertificatePrint, number_words, spelled

WORDS: Final[dict[str, str]] = {
    "awarded_to": "awarded to",
    "completed": "has completed the course",
    "hours": "Hours of study",
    "score": "Final result",
    "issued_on": "Issued on",
    "valid_until": "Valid until",
    "no_end": "no end date",
    "number": "No.",
    "check_at": "Check at",
    "scan": "Scan to check this certificate",
    "qr_alt": "QR code that opens the page where this certificate can be checked:",
}
"""The fixed phrases: key → English message id. The caller passes their translations under the same keys."""

DATE_PATTERNS: Final[dict[str, str]] = {"vi": "dd/MM/yyyy", "en": "d MMMM yyyy"}
JOINED: Final = ("certificate_title", "course_title", "issuer", "unit")
"""What is set with its compounds kept together; the plain words go into the title and the outline of the file."""


def certificate_pdf(printed: CertificatePrint, words: Mapping[str, str], *, templates: Path) -> bytes:
    """Set one certificate on one sheet of A4, lying, and return the PDF.

    `words` holds a phrase for each key of `WORDS`, in the language of the certificate. `templates` is the folder that
    holds `documents/certificate.typ`. Equal input gives equal bytes: the only time in the file is the day of issue at
    midnight UTC.

    Raises `KeyError` when a phrase is missing or the language is neither vi nor en, and `typst.TypstError` when the
    sheet cannot be set.
    """
    issued = datetime.combine(printed.issued_on, time.min, tzinfo=UTC)
    return typeset(templates / "documents", "certificate.typ", _sheet(printed, words), issued)


def _sheet(printed: CertificatePrint, words: Mapping[str, str]) -> dict[str, object]:
    texts = {
        "code": spelled(printed.code),
        "number": number_words(printed.number, printed.year),
        "holder": printed.holder,
        "unit": printed.unit,
        "course_title": printed.course_title,
        "certificate_title": printed.certificate_title,
        "hours": printed.hours,
        "score": printed.score,
        "issued_on": _day(printed.issued_on, printed.language),
        "valid_until": words["no_end"] if printed.valid_until is None else _day(printed.valid_until, printed.language),
        "issuer": printed.issuer,
        "verify_url": printed.verify_url,
        "check_place": _typed_address(printed.verify_url, printed.code),
        "language": printed.language,
    }
    clean: dict[str, object] = {key: one_line(text) for key, text in texts.items()}
    return clean | {
        "words": {key: one_line(words[key]) for key in WORDS},
        "shown": {key: joined(one_line(texts[key])) for key in JOINED} | {"scan": joined(one_line(words["scan"]))},
        "drum": drum_svg(),
        "qr": qr_svg(printed.verify_url, ground=None),
    }


def _day(day: date, language: str) -> str:
    return format_date(day, DATE_PATTERNS[language], locale=language)


def _typed_address(verify_url: str, code: str) -> str:
    """What somebody types who holds the paper: no scheme, and no code, since the code stands beside it."""
    place, _, last = verify_url.partition("://")[2].rpartition("/")
    return place if unquote(last) == code else f"{place}/{last}"
