"""Files with passwords: readable by their owner only, from the moment they are made."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services.demonstration import DemoAccount

OWNER_ONLY = 0o600


def secret_file(path: Path) -> TextIO:
    """Open a file for writing, emptied, readable by its owner only. Raises Mistaken where it cannot be written."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    except OSError as error:
        said = message(
            "The file %(path)s cannot be written. Name another one, in a folder that exists.", path=str(path)
        )
        raise Mistaken(said) from error
    os.fchmod(number, OWNER_ONLY)
    return os.fdopen(number, "w", encoding="utf-8")


def write_accounts(file: TextIO, accounts: Iterable[DemoAccount]) -> None:
    """Write accounts as a JSON list, one a line, as they come; the file is closed."""
    with file:
        before = "[\n"
        for account in accounts:
            file.write(before + "  " + json.dumps(asdict(account), ensure_ascii=False))
            before = ",\n"
        file.write("\n]\n" if before != "[\n" else "[]\n")
