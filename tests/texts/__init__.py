"""A small complete tree of texts that tests, journeys, the bench and the pictures rely on: one course of six lessons, two
quick checks of five questions and an examination of ten in twenty minutes, in both languages, with its two registers.

It stays as it is. The courses that are shipped grow, and are held by `tests/content` instead.
"""

from pathlib import Path

TEXTS = Path(__file__).resolve().parent
