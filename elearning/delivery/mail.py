"""Mail by SMTP: one connection for many letters, each with a Message-ID of its own that never changes.

A server cannot be asked whether it took a letter when the line broke after the last byte. Such a letter is sent again
under the same Message-ID, by which mail servers and readers know it for the same letter.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

SECONDS = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it goes out. `key` names it for good; `moment` is seconds since 1970."""

    key: str
    to: str
    subject: str
    text: str
    language: str
    moment: float


class Refused(Exception):
    """The server will never take this letter: the address does not exist or is malformed."""


class Unreachable(Exception):
    """The server could not be reached or broke off; the letter may be tried again later."""


def _for_good(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> bool:
    """Whether a server will never take a letter: 5xx. With 4xx it asks to be tried again later (RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return any(code >= 500 for code, _ in error.recipients.values())


class Post:
    """An open connection to the mail server named by an address such as smtp://user:word@host:587 or smtps://host."""

    def __init__(self, url: str, sender: str) -> None:
        self.place, self.sender = urlsplit(url), sender
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, letter: Letter) -> None:
        """Hand one letter over. Raises Refused or Unreachable."""
        try:
            server = self.server = self.server or self._connect()
            server.send_message(self._composed(letter), self.sender, [letter.to])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            self._close()
            raise (Refused if _for_good(error) else Unreachable)(str(error)) from error
        except (ValueError, UnicodeError) as error:
            self._close()
            raise Refused(str(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            raise Unreachable(str(error)) from error

    def _connect(self) -> smtplib.SMTP:
        host, secure = self.place.hostname or "localhost", self.place.scheme == "smtps"
        if secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self.place.port or 465, timeout=SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, self.place.port or 25, timeout=SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if self.place.username:
            server.login(unquote(self.place.username), unquote(self.place.password or ""))
        return server

    def _close(self) -> None:
        server, self.server = self.server, None
        if server is not None:
            server.close()

    def _composed(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Date"] = formatdate(letter.moment)
        message["Message-ID"] = f"<{letter.key}@{self.sender.rpartition('@')[2] or 'localhost'}>"
        message["Content-Language"] = letter.language
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message
