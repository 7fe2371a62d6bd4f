"""Which statements read the whole of a table that grows with people or attempts, as the database itself says it would run them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, text

GROWS = frozenset(
    {
        "person", "sign_in_name", "role_grant", "browser_session", "one_time_code", "sign_in_failure", "audit", "placement",
        "enrolment", "lesson_visit", "attempt", "attempt_slot", "answer", "acceptance", "upload", "flag", "grade", "completion",
        "certificate", "notice",
    }
)  # fmt: skip
_NAMED = re.compile(r"%\((\w+)\)s")
_READS = ("SELECT", "UPDATE", "DELETE", "WITH")
Found = list[tuple[str, str]]


def scans(engine: Engine, seen: Mapping[str, Any]) -> Found:
    """Statements that read a whole table which grows with people or attempts: (step of the plan, statement).

    An INSERT is left out: its plan names tables that point to it, which SQLite reads only where keys are broken.
    """
    look = _on_postgresql if engine.dialect.name == "postgresql" else _on_sqlite
    with engine.connect() as connection:
        return [
            (step, " ".join(statement.split()))
            for statement, values in seen.items()
            if statement.lstrip().upper().startswith(_READS)
            for step in look(connection, statement, values)
        ]


def _on_sqlite(connection: Connection, statement: str, values: Any) -> list[str]:
    tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    cursor = connection.connection.cursor()
    cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
    return [step for step in (str(row[3]) for row in cursor.fetchall()) if _reads_all(step, tables)]


def _reads_all(step: str, tables: set[str]) -> bool:
    """A scan of a table under its own name or an alias such as answer_1. A scan of rows grouped before is none."""
    words = step.split()
    if words[0] != "SCAN":
        return False
    name = words[1] if words[1] in tables else words[1].rstrip("0123456789").rstrip("_")
    return name in GROWS


def _on_postgresql(connection: Connection, statement: str, values: Mapping[str, Any]) -> list[str]:
    """The steps of both plans that the server may take: that for these values, and the one for any, which a statement that
    was prepared gets when it has come a few times.
    """
    driver: Any = connection.connection.driver_connection
    plan = driver.execute(f"EXPLAIN (FORMAT JSON) {statement}", values).fetchone()[0]
    return list(dict.fromkeys([*_whole(plan), *_whole(_for_any_values(driver, statement))]))


def _for_any_values(driver: Any, statement: str) -> Any:
    names = list(dict.fromkeys(_NAMED.findall(statement)))
    numbered = _NAMED.sub(lambda found: f"${names.index(found[1]) + 1}", statement).replace("%%", "%")
    given = f"({', '.join(['NULL'] * len(names))})" if names else ""
    with driver.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE looked_at AS {numbered}")
        plan = cursor.execute(f"EXPLAIN (FORMAT JSON) EXECUTE looked_at{given}").fetchone()[0]
        cursor.execute("DEALLOCATE looked_at")
        cursor.execute("RESET plan_cache_mode")
    return plan if isinstance(plan, list) else json.loads(plan)


def _whole(plan: list[dict[str, Any]]) -> list[str]:
    return [
        f"{node['Node Type']} of {node['Relation Name']}"
        for node in _nodes(plan[0]["Plan"])
        if node.get("Relation Name") in GROWS and _goes_through_all(node)
    ]


def _goes_through_all(node: Mapping[str, Any]) -> bool:
    """A sequential scan, or one of an index with nothing to look up in it."""
    kind = node["Node Type"]
    return kind == "Seq Scan" or (kind in ("Index Scan", "Index Only Scan") and "Index Cond" not in node)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for under in node.get("Plans", ()):
        yield from _nodes(under)
