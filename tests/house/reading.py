"""How the tests of the house read its code: small questions put to a syntax tree."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "elearning"
MODULES = sorted(PACKAGE.rglob("*.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef
EXCUSE = "Long because "
VIEW_MARKS = {"route", "get", "post", "put", "patch", "delete"}


def named(path: Path) -> str:
    """The path as people write it, for the names of tests."""
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def excused(node: ast.Module | Function) -> bool:
    """Whether its first words say why it is long."""
    return (ast.get_docstring(node) or "").startswith(EXCUSE)


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring: nobody should save on explaining."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    spent = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - spent


def is_view(function: Function) -> bool:
    """Whether an address leads here: the function is decorated with `blueprint.get("/…")` or one of its kin."""
    marks = (mark.func if isinstance(mark, ast.Call) else mark for mark in function.decorator_list)
    return any(isinstance(mark, ast.Attribute) and mark.attr in VIEW_MARKS for mark in marks)


def too_long(source: str) -> list[str]:
    """What in a module is longer than the house allows and does not say why."""
    tree = ast.parse(source)
    lines = source.count("\n")
    found = [f"module of {lines} lines"] if lines > 300 and not excused(tree) else []
    for function in functions(tree):
        most = 15 if is_view(function) else 30
        if length(function) > most and not excused(function):
            found.append(f"line {function.lineno}: {function.name} has {length(function)} lines, at most {most}")
    return found


def imports_in_functions(source: str) -> list[str]:
    """Imports that hide inside functions."""
    hidden = (node for function in functions(ast.parse(source)) for node in ast.walk(function))
    return sorted({f"line {node.lineno}" for node in hidden if isinstance(node, ast.Import | ast.ImportFrom)})


def imported(source: str) -> set[str]:
    """The full names of all modules that an import statement names, wherever it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names
