"""Addresses of static files that change when the file does, so that browsers keep them for a year."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from flask import Flask


def asset_addresses(app: Flask) -> Mapping[str, str]:
    """Name of each static file → its address below the root of the platform."""
    if "assets" not in app.extensions:
        folder = Path(app.static_folder or "static")
        app.extensions["assets"] = {
            path.name: f"{app.static_url_path}/{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
            for path in sorted(folder.iterdir())
            if path.is_file()
        }
    found: Mapping[str, str] = app.extensions["assets"]
    return found
