"""The product's own files, as the tests of the house read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "companies",
    "students",
    "placements",
    "agreements",
    "visits",
    "assessment",
    "compliance",
    "exchange",
)
PACKAGES = ("standards", "bpv", *APPS)
TEMPLATES = ROOT / "templates"


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of the product, migrations included; no tests."""
    return tuple(sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")))


@cache
def templates() -> tuple[str, ...]:
    """Names of all own templates, as the engine knows them."""
    return tuple(sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()))


def is_migration(path: Path) -> bool:
    return path.parent.name == "migrations"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def name_of(path: Path) -> str:
    """The file as messages show it."""
    return str(path.relative_to(ROOT))


def module_of(path: Path) -> str:
    """The dotted name under which the file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def texts(node: ast.AST) -> Iterator[ast.Constant]:
    """Every string constant in a piece of source that is not a docstring."""
    docstrings = {
        id(body.body[0].value)
        for body in ast.walk(node)
        if isinstance(body, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and body.body
        and isinstance(body.body[0], ast.Expr)
    }
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and id(child) not in docstrings:
            yield child


def calls(names: set[str]) -> Iterator[tuple[Path, ast.Call]]:
    """Calls in the product of functions written like one of these names, such as `audit.record`."""
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield path, node
