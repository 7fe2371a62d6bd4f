"""Headers that tell browsers what a page may do: nothing from elsewhere, nothing inline, in nobody's frame."""

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
    """Set the headers of every answer."""

    @app.after_request
    def dress(response: Response) -> Response:
        # Names that are there are gathered once: asking for each by itself goes through all of them, and fails by raising.
        headers = response.headers
        there = {name.lower() for name, _ in headers}
        if request.endpoint == "static":
            hashed = "v" in request.args
            headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if hashed else "no-cache"
            there.add("cache-control")
        headers.extend([(name, value) for name, value in (*ALWAYS, PRIVATE) if name.lower() not in there])
        if app.config["SESSION_COOKIE_SECURE"]:
            headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        return response
