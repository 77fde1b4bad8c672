"""Small enough to read: functions, modules and templates stay within their budget of lines."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.project.sources import TEMPLATES, is_migration, name_of, python_files, templates, tree

FUNCTION, VIEWS, MODULE, TEMPLATE, MEDIAN = 40, 300, 350, 150, 80


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def own_files() -> list[Path]:
    return [path for path in python_files() if not is_migration(path)]


def too_long_functions(module: ast.AST, limit: int = FUNCTION) -> Iterator[str]:
    """Functions over budget, with their length."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > limit:
                yield f"{node.name}: {length} lines"


def test_functions():
    assert [f"{name_of(path)} {long}" for path in own_files() for long in too_long_functions(tree(path))] == []


def test_control_a_long_function_is_found():
    source = "def f():\n" + "    pass\n" * FUNCTION
    assert list(too_long_functions(ast.parse(source))) == [f"f: {FUNCTION + 1} lines"]


def test_modules():
    def budget(path: Path) -> int:
        return VIEWS if path.name.startswith("views") else MODULE

    assert [f"{name_of(path)}: {lines(path)}" for path in own_files() if lines(path) > budget(path)] == []


def test_templates():
    assert [f"{name}: {lines(TEMPLATES / name)}" for name in templates() if lines(TEMPLATES / name) > TEMPLATE] == []


def test_half_of_the_files_is_short():
    assert median(lines(path) for path in own_files() if lines(path)) < MEDIAN


def test_no_drawer_for_everything():
    assert [name_of(path) for path in own_files() if path.stem in ("utils", "helpers", "misc", "common")] == []
