"""Headers that tell browsers what a page may do: nothing from elsewhere, nothing inline, in nobody's frame."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
# The page of the editor shows another page of ours in a frame, and only that one lets itself be shown.
FRAMING = f"{POLICY}; frame-src 'self'"
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(), microphone=(self)"),
)
PRIVATE = ("Cache-Control", "no-store, private")
YEAR = 31_536_000


def init_headers(app: Flask) -> None:
    """Set the headers of every answer. What is the same for all is added last, to the plain list that goes to the server: in the
    response itself each would be looked at twice more, which was 2 % of a page.
    """
    secure = bool(app.config["SESSION_COOKIE_SECURE"])
    hsts = (("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains"),) if secure else ()
    common = [(name.lower(), name, value) for name, value in (*ALWAYS, PRIVATE, *hsts)]
    inner: Any = app.wsgi_app

    @app.after_request
    def dress(response: Response) -> Response:
        if request.endpoint == "static":
            hashed = "v" in request.args
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if hashed else "no-cache"
        return response

    def dressed(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            there = {name.lower() for name, _ in headers}
            headers += [(name, value) for low, name, value in common if low not in there]
            return start_response(status, headers, error)

        answer: Iterable[bytes] = inner(environ, begin)
        return answer

    app.wsgi_app = dressed  # type: ignore[method-assign]  # Flask's own way to put something around an application
