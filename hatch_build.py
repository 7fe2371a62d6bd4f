"""Compile the catalogues while a wheel is built, so that no wheel can leave without its words."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Writes a .mo beside each .po; force-include then takes both."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in sorted((Path(self.root) / "translations").glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as words:
                catalogue = read_po(words, locale=source.parts[-3])
            with source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
