"""Thinning out what the editor saved by itself: of a time in which one person wrote without a pause, the last save stays.

What was saved by hand, published, commented on or built upon by somebody else stays for ever.
"""

from datetime import timedelta
from itertools import pairwise

from elearning.services.drafting import PAUSE
from elearning.services.work import NOBODY, House, Work
from elearning.store.queries import thinning
from elearning.store.queries.drafts import SaveRow

REST = timedelta(days=1)
MOST_AT_ONCE = 50


def thin(house: House) -> int:
    """Thin out some texts that nobody has written for a day; how many saves are gone. Safe to call at any time."""
    gone = 0
    with house.reading(NOBODY) as work:
        paths = thinning.paths(work.session, work.now - REST, MOST_AT_ONCE)
    for path in paths:
        with house.writing(NOBODY) as work:
            gone += _thin(work, path)
    return gone


def _thin(work: Work, path: str) -> int:
    rows = thinning.saves(work.session, path)
    kept = thinning.needed(work.session, path)
    old = [
        one for one, newer in pairwise(rows) if one.at < work.now - REST and one.id not in kept and _passes(one, newer)
    ]
    for row in old:
        thinning.drop(work.session, row)
    # What is left was looked at: it is not looked at again.
    thinning.keep(work.session, path, work.now - REST)
    return len(old)


def _passes(one: SaveRow, newer: SaveRow) -> bool:
    """Whether a save only stood for as long as the same person went on writing."""
    return bool(one.auto and one.digest) and one.author_id == newer.author_id and newer.at - one.at <= PAUSE
