"""Addresses of static files that change when the file does, so that browsers keep them for a year."""

import hashlib
from pathlib import Path

from flask import Flask, request


def init_assets(app: Flask) -> None:
    """Give templates `asset(name)`."""
    folder = Path(app.static_folder or "static")
    stamps = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.iterdir())
        if path.is_file()
    }

    addresses = {name: f"{app.static_url_path}/{name}?v={stamp}" for name, stamp in stamps.items()}

    def asset(name: str) -> str:
        return request.script_root + addresses[name]

    app.jinja_env.globals["asset"] = asset
