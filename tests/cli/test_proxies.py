"""Behind proxies: who comes, and by what, is believed of those that are known, and of nobody else."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from elearning.cli.proxies import behind
from elearning.settings import SettingsError, read_settings


def come(named: frozenset[str], peer: str, **said: str) -> tuple[str, str]:
    """By what somebody has come, and from where, as the application sees it."""
    seen: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(environ)
        return []

    environ = {
        "wsgi.url_scheme": "http",
        "REMOTE_ADDR": peer,
        **{f"HTTP_X_FORWARDED_{n.upper()}": v for n, v in said.items()},
    }
    list(behind(application, named)(environ, None))
    return seen[0]["wsgi.url_scheme"], seen[0]["REMOTE_ADDR"]


NAMED = frozenset({"10.0.0.5"})
CLIENT = {"proto": "https", "for": "203.0.113.9"}


def test_a_proxy_on_this_machine_says_by_what_people_came_and_not_from_where() -> None:
    assert come(frozenset(), "127.0.0.1", **CLIENT) == ("https", "127.0.0.1")
    assert come(frozenset(), "::1", **CLIENT) == ("https", "::1")
    assert come(frozenset(), "127.0.0.1", proto="http") == ("http", "127.0.0.1")


def test_a_proxy_that_is_named_says_both() -> None:
    assert come(NAMED, "10.0.0.5", **CLIENT) == ("https", "203.0.113.9")
    assert come(frozenset({"127.0.0.1"}), "127.0.0.1", **CLIENT) == ("https", "203.0.113.9")


def test_nobody_else_is_believed() -> None:
    assert come(NAMED, "10.0.0.6", **CLIENT) == ("http", "10.0.0.6")


def test_of_several_addresses_the_one_counts_that_the_proxy_itself_has_added() -> None:
    assert come(NAMED, "10.0.0.5", **{"for": "192.0.2.1, 203.0.113.9"})[1] == "203.0.113.9"


@pytest.mark.parametrize("said", ["", "unknown", "203.0.113.9, <b>", "1.2.3"])
def test_what_is_no_address_changes_nothing(said: str) -> None:
    assert come(NAMED, "10.0.0.5", **{"for": said})[1] == "10.0.0.5"


def test_proxies_are_named_in_the_environment(tmp_path: Path) -> None:
    where = {"PHATNGON_DATA_DIR": str(tmp_path)}
    assert read_settings(where).proxies == frozenset()
    assert read_settings({**where, "PHATNGON_PROXIES": "10.0.0.5, 10.0.0.6"}).proxies == {"10.0.0.5", "10.0.0.6"}
    with pytest.raises(SettingsError, match="PHATNGON_PROXIES"):
        read_settings({**where, "PHATNGON_PROXIES": "nginx"})
