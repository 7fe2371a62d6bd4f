"""The floor: the least that a signed-in page and a saved answer can cost on this machine, with Flask and SQLite.

A read is a session lookup, one SELECT and a small Jinja page; a write is a session lookup, one INSERT and a commit that
survives a power cut. It has no rights, no languages, no tokens, no compression and no layout, which real pages need.
It is served as `gunicorn 'bench.floor:build("…")'` with the settings of the platform.
"""

import sqlite3
import threading
from pathlib import Path

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import DictLoader

COOKIE = "floor"
TOKEN = "0123456789abcdef0123456789abcdef"
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><p>{{ name }}</p><ul>{% for line in lines %}<li>{{ line }}</li>{% endfor %}</ul></body></html>"""
LINES = "\n".join(f"Dòng thứ {n} của bài học" for n in range(20))


def prepare(path: Path) -> None:
    """Make the tables of the floor, with one session and one page."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.executescript(
        """
        CREATE TABLE session (token TEXT PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE page (id INTEGER PRIMARY KEY, title TEXT NOT NULL, lines TEXT NOT NULL);
        CREATE TABLE answer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL);
        """
    )
    database.execute("INSERT INTO session VALUES (?, ?)", (TOKEN, "Trần Thị Ngọc Ánh"))
    database.execute("INSERT INTO page VALUES (1, 'Đồng hồ 24 giờ', ?)", (LINES,))
    database.commit()
    database.close()


class Database:
    """A connection for each thread."""

    def __init__(self, path: str) -> None:
        self.path, self.own = path, threading.local()

    def get(self) -> sqlite3.Connection:
        """This thread's connection."""
        if not hasattr(self.own, "connection"):
            self.own.connection = sqlite3.connect(self.path, timeout=10)
            self.own.connection.execute("PRAGMA synchronous=FULL")
        connection: sqlite3.Connection = self.own.connection
        return connection

    def name(self) -> str:
        """Who asks. Raises PermissionError for nobody."""
        token = request.cookies.get(COOKIE, "")
        row = self.get().execute("SELECT name FROM session WHERE token = ?", (token,)).fetchone()
        if row is None:
            raise PermissionError
        return str(row[0])


def build(path: str) -> Flask:
    """The floor over the database at `path`."""
    app, database = Flask("floor"), Database(path)
    # From a loader, so that the template is compiled once, as on the platform.
    app.jinja_loader = DictLoader({"page.html": PAGE})

    @app.get("/")
    def read() -> ResponseReturnValue:
        name = database.name()
        title, lines = database.get().execute("SELECT title, lines FROM page WHERE id = 1").fetchone()
        return render_template("page.html", title=title, name=name, lines=lines.split("\n"))

    @app.post("/")
    def write() -> ResponseReturnValue:
        name = database.name()
        with database.get() as connection:
            connection.execute("INSERT INTO answer (name, value) VALUES (?, ?)", (name, request.get_data(as_text=True)))
        return jsonify(saved=True)

    @app.get("/readyz")
    def ready() -> ResponseReturnValue:
        return "ready\n"

    return app
