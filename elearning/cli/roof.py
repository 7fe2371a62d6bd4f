"""What the roof hands down to the shell, and how the shell speaks."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from babel.support import NullTranslations
from flask import Flask

from elearning.content.problems import ContentError
from elearning.delivery.words import catalogue, words
from elearning.domain.errors import DomainError
from elearning.services.work import House
from elearning.settings import Settings, resources_folder


@dataclass(frozen=True, slots=True)
class Roof:
    """What the roof hands down to the shell."""

    settings: Callable[[], Settings]
    house: Callable[[Settings], House]
    app: Callable[[Settings, House | None], Flask]
    read_folder: Callable[[Path], dict[str, bytes]]
    write_folder: Callable[[Path, Mapping[str, bytes]], None]
    work: Callable[[House, Settings, int], None]
    post: Callable[[House, Settings, int], None]


def known() -> NullTranslations:
    """The catalogue in which this shell is spoken to."""
    return catalogue(resources_folder())


@contextmanager
def told() -> Iterator[None]:
    """Refusals in one clear sentence, and the status 1; problems of texts one a line."""
    try:
        yield
    except ContentError as error:
        for problem in error.problems:
            click.echo(f"{problem.path}:{problem.line}: {words(problem.message, known())}", err=True)
        click.echo(words(error.message, known()), err=True)
        sys.exit(1)
    except DomainError as error:
        click.echo(words(error.message, known()), err=True)
        sys.exit(1)
