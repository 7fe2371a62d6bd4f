"""Addresses for templates: what Flask's `url_for` gives, from patterns that are made once.

Building an address goes through all rules and quotes every value anew, 6 µs each; a page holds dozens. A pattern costs 1 µs.
"""

import re
from functools import lru_cache

from flask import Flask, current_app, request
from werkzeug.routing import BuildError

# Values that are written as they are, wherever they stand in an address; all others take the long way.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_STAND_IN = "zq{}qz"
MOST_PLACES = 8


class Addresses:
    """The addresses of a platform that is served below `script_root`."""

    def __init__(self, app: Flask, script_root: str) -> None:
        self.adapter = app.url_map.bind("localhost", script_name=f"{script_root}/")
        self.patterns: dict[tuple[str, ...], str | None] = {}

    def url_for(self, endpoint: str, **values: object) -> str:
        """The address of an endpoint with these values. Raises BuildError where there is none."""
        anchor = values.pop("_anchor", None)
        if anchor is not None:
            return f"{self.url_for(endpoint, **values)}#{anchor}"
        key = (endpoint, *values)
        if key not in self.patterns:
            self.patterns[key] = self._pattern(endpoint, key[1:])
        pattern = self.patterns[key]
        if pattern is None or not all(type(v) is int or (type(v) is str and _PLAIN(v)) for v in values.values()):
            return self.adapter.build(endpoint, values)
        return pattern % values

    def _pattern(self, endpoint: str, names: tuple[str, ...]) -> str | None:
        """The address with `%(name)s` for each value; None where a value must be a number, or one of a few words."""
        stands = {name: _STAND_IN.format(place) for place, name in enumerate(names)}
        try:
            shape = self.adapter.build(endpoint, stands).replace("%", "%%")
        except (BuildError, ValueError):
            return None
        for name, stand_in in stands.items():
            shape = shape.replace(stand_in, f"%({name})s")
        return shape


def init_addresses(app: Flask) -> None:
    """Give the application its addresses, for each place below which it is served."""
    app.extensions["addresses"] = lru_cache(maxsize=MOST_PLACES)(lambda script_root: Addresses(app, script_root))


def address_of(endpoint: str, **values: object) -> str:
    """The address of an endpoint, where the request that is answered came from. Raises BuildError where there is none."""
    here: Addresses = current_app.extensions["addresses"](request.script_root)
    return here.url_for(endpoint, **values)
