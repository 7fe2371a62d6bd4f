"""What proxies say of those who come through them: by what they came, and from where. Only proxies that are known are believed."""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

ON_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def behind(application: Application, named: frozenset[str]) -> Application:
    """The application behind proxies. One on this machine says whether people came by https; one that is named also says from where."""

    def told(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        peer = environ.get("REMOTE_ADDR", "")
        if peer in named or peer in ON_THIS_MACHINE:
            if environ.get("HTTP_X_FORWARDED_PROTO", "").lower() == "https":
                environ["wsgi.url_scheme"] = "https"
            if peer in named and (address := _last(environ.get("HTTP_X_FORWARDED_FOR", ""))):
                environ["REMOTE_ADDR"] = address
        return application(environ, start_response)

    return told


def _last(said: str) -> str:
    """The address that the proxy itself has added, which is the last; empty where there is none."""
    try:
        return str(ipaddress.ip_address(said.rpartition(",")[2].strip()))
    except ValueError:
        return ""
