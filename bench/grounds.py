"""The floor applications of the load bench: what Flask alone costs, then with one indexed read, then with one committed insert too.

They stand on the same engine as the platform (its pragmas, its pool, its SQLite), so that they run on both databases, and
under the same server. Served as `gunicorn 'bench.grounds:build("URL")'`.
"""

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from jinja2 import DictLoader
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select

from bench.floor import LINES, PAGE
from elearning.store.engine import Store, open_store

KEY = "0123456789abcdef"
_tables = MetaData()
_page = Table("ground_page", _tables, Column("id", Integer, primary_key=True), Column("key", String(40), unique=True), Column("body", String))  # fmt: skip
_answer = Table("ground_answer", _tables, Column("id", Integer, primary_key=True), Column("value", String(40)))
_READ = select(_page.c.body).where(_page.c.key == bindparam("key"))
_WRITE = insert(_answer)


def prepare(url: str) -> None:
    """Make the tables, with a thousand rows to read one of."""
    store = open_store(url)
    with store.writing.kw["bind"].begin() as connection:
        _tables.drop_all(connection)
        _tables.create_all(connection)
        connection.execute(insert(_page), [{"key": f"{KEY}{n}", "body": LINES} for n in range(1000)])
    store.dispose()


def build(url: str) -> Flask:
    """The floors over the database at `url`: /bare, /read and /write (a read and an insert)."""
    app, store = Flask("grounds"), open_store(url)
    app.jinja_loader = DictLoader({"page.html": PAGE})

    def page(body: str) -> str:
        return render_template("page.html", title="Đồng hồ 24 giờ", name="Trần Thị Ngọc Ánh", lines=body.split("\n"))

    @app.get("/bare")
    def bare() -> ResponseReturnValue:
        return page(LINES)

    @app.get("/read")
    def read() -> ResponseReturnValue:
        return page(_read(store))

    @app.get("/write")
    def write() -> ResponseReturnValue:
        body = _read(store)
        with store.lock.held(), store.writing.begin() as session:
            session.execute(_WRITE, {"value": "b"})
        return page(body)

    @app.get("/readyz")
    def ready() -> ResponseReturnValue:
        return "ready\n"

    return app


def _read(store: Store) -> str:
    with store.reading() as session:
        return str(session.scalar(_READ, {"key": f"{KEY}500"}))
