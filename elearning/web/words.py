"""Messages, dates and numbers → words, in the language of the page that is being made."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from flask import current_app

from elearning.domain.message import Message
from elearning.web.identity import language
from elearning.web.speech import Speech


def speech() -> Speech:
    """The language of the page."""
    found: Speech = current_app.extensions["speeches"][language()]
    return found


def zone() -> ZoneInfo:
    """The time zone that the platform shows."""
    found: ZoneInfo = current_app.extensions["house"].platform.zone
    return found


def words(said: Message) -> str:
    """A Message in the language of the page. Values that are Messages, dates or moments are put into words too."""
    return speech().words(said)


def day(value: date) -> str:
    """22/11/2026."""
    return speech().day(value)


def moment(value: datetime) -> str:
    """14:05, 22/11/2026."""
    return speech().moment(value)


def clock(value: datetime) -> str:
    """14:05:32."""
    return speech().clock(value)


def number(value: Fraction | float) -> str:
    """1.482 and 87,5 in Vietnamese, 1,482 and 87.5 in English; one decimal at most."""
    return speech().number(value)


def percent(value: Fraction | float) -> str:
    """87,5 % of a share from 0 to 1; shares just under the whole are never rounded up to it."""
    return speech().percent(value)
