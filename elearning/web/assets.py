"""Addresses of static files that change when the file does, so that browsers keep them for a year."""

import hashlib
from pathlib import Path

from flask import Flask, url_for


def init_assets(app: Flask) -> None:
    """Give templates `asset(name)`."""
    folder = Path(app.static_folder or "static")
    stamps = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.iterdir())
        if path.is_file()
    }

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=stamps[name])

    app.jinja_env.globals["asset"] = asset
