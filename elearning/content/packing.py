"""The compiled form of a course ↔ bytes, for the cache. JSON, so that nothing in it can run."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import msgspec

from elearning.domain.course import Lesson
from elearning.domain.edition import Compiled
from elearning.domain.question import Question
from elearning.domain.questions import body_class


def _write(value: Any) -> Any:
    if isinstance(value, Fraction):
        return [value.numerator, value.denominator]
    raise TypeError(f"{type(value).__name__} is not part of a compiled course")


def _read(kind: type[Any], value: Any) -> Any:
    if kind is Fraction:
        return Fraction(*value)
    raise TypeError(f"{kind.__name__} is not part of a compiled course")


_encoder = msgspec.json.Encoder(enc_hook=_write)
_decoder = msgspec.json.Decoder(Compiled, dec_hook=_read)


def pack(compiled: Compiled) -> bytes:
    """The bytes that `unpack` reads."""
    return _encoder.encode(compiled)


def unpack(data: bytes) -> Compiled:
    """The compiled course in some bytes. Raises msgspec.ValidationError when they hold something else."""
    found = _decoder.decode(data)
    translations = {
        language: replace(words, lessons=_with_checks(words.lessons), banks=_with_bodies(words.banks))
        for language, words in found.translations.items()
    }
    return replace(
        found, lessons=_with_checks(found.lessons), banks=_with_bodies(found.banks), translations=translations
    )


def _with_checks(lessons: Mapping[str, Lesson]) -> dict[str, Lesson]:
    return {
        key: replace(lesson, checks={name: _with_body(one) for name, one in lesson.checks.items()})
        for key, lesson in lessons.items()
    }


def _with_bodies(banks: Mapping[str, Mapping[str, Question]]) -> dict[str, dict[str, Question]]:
    return {path: {key: _with_body(question) for key, question in bank.items()} for path, bank in banks.items()}


def _with_body(question: Question) -> Question:
    body = msgspec.convert(question.body, body_class(question.type), dec_hook=_read)
    return replace(question, body=body)
