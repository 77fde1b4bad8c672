"""Imports go down only: between the apps, and inside an app (design of the house, see README)."""

import ast
from collections.abc import Iterator

import pytest

from tests.project.sources import APPS, module_of, python_files

LAYERS = (
    ("standards",),
    ("bpv.core",),
    ("accounts",),
    ("companies",),
    ("students",),
    ("placements",),
    ("agreements", "visits", "assessment"),
    ("compliance", "exchange"),
)
RANK = {package: rank for rank, packages in enumerate(LAYERS) for package in packages}
ROOF = ("bpv.settings", "bpv.configuration", "bpv.urls", "bpv.celery", "bpv.wsgi", "bpv.asgi")
STEPS = {"models": 1, "services": 3, "forms": 4, "views": 5, "urls": 6, "management": 6, "tasks": 6}
FREE = 3  # any other module may use what stands up to services, and be used from anywhere
DJANGO_FREE = "standards"


def package_of(module: str) -> str | None:
    """The layer's package a module belongs to; None for the roof and for what is not ours."""
    return next((name for name in RANK if module == name or module.startswith(f"{name}.")), None)


def imported(source: str) -> Iterator[str]:
    """Every module the source names in an import, wherever it stands; `from a import b` counts as a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def migration_dependencies(source: str) -> Iterator[str]:
    """The apps a migration builds on; they name each other without an import."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("dependencies", "run_before"):
            for pair in ast.walk(node.value):
                if isinstance(pair, ast.Tuple) and isinstance(pair.elts[0], ast.Constant):
                    label = str(pair.elts[0].value)
                    yield "bpv.core" if label == "core" else label


def step(module: str, package: str) -> int | None:
    """How high a module stands inside its app; None when its name says nothing."""
    first = module.removeprefix(f"{package}.").split(".")[0]
    return STEPS.get("views" if first.startswith("views") else first)


def fault(module: str, target: str) -> str | None:
    """Why `module` may not import `target`, or None."""
    if target.startswith("."):
        return "imports are written in full"
    if any(target == roof or target.startswith(f"{roof}.") for roof in ROOF):
        return None if module in ROOF or module == "bpv" else "nobody imports the composition"
    here, there = package_of(module), package_of(target)
    if here == DJANGO_FREE and target.split(".")[0] in ("django", "bpv", *APPS):
        return "standards is plain Python"
    if here is None or there is None:
        return None
    if here != there:
        return None if RANK[here] > RANK[there] else "goes up or sideways"
    if step(target, there) == STEPS["tasks"] and ".tasks" in target:
        return "tasks are leaves"
    mine, its = step(module, here), step(target, there)
    return "goes up inside the app" if (its or 0) > (mine if mine is not None else FREE) else None


def faults(module: str, source: str) -> list[str]:
    """Every forbidden import of one file."""
    targets = [*imported(source), *(migration_dependencies(source) if ".migrations." in module else ())]
    return [f"{module} -> {target}: {why}" for target in targets if (why := fault(module, target))]


def test_imports_go_down():
    assert [line for path in python_files() for line in faults(module_of(path), path.read_text())] == []


def test_every_package_has_a_layer():
    assert {*APPS, "standards", "bpv.core"} == set(RANK)


@pytest.mark.parametrize(
    ("module", "source", "why"),
    [
        ("placements.models", "from visits.models import ContactMoment", "goes up or sideways"),
        ("visits.services", "from agreements import services", "goes up or sideways"),
        ("exchange.services", "import compliance.queries", "goes up or sideways"),
        ("visits.views", "def f():\n    from compliance.facts import of", "goes up or sideways"),
        ("standards.checks", "from django.utils import timezone", "standards is plain Python"),
        ("bpv.core.audit", "from bpv.settings import DEMO", "nobody imports the composition"),
        ("visits.models", "from visits.services import log", "goes up inside the app"),
        ("visits.services", "from visits import forms", "goes up inside the app"),
        ("visits.forms", "from visits.views import page", "goes up inside the app"),
        ("visits.inbox", "from visits.forms import AnswerForm", "goes up inside the app"),
        ("compliance.queries", "from compliance.views_list import rows", "goes up inside the app"),
        ("visits.views", "from visits.tasks import remind", "tasks are leaves"),
        ("visits.views", "from .models import HelpRequest", "imports are written in full"),
        ("students.migrations.0002", "dependencies = [('visits', '0001_initial')]", "goes up or sideways"),
    ],
)
def test_control_forbidden_import_is_found(module, source, why):
    assert [line.rpartition(": ")[2] for line in faults(module, source)] == [why]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("visits.views", "from visits import services\nfrom placements.models import Placement"),
        ("visits.tasks", "from visits import services"),
        ("compliance.views_list", "from compliance.queries import rows"),
        ("students.migrations.0002", "dependencies = [('companies', '0001_initial'), ('core', '0001_initial')]"),
        ("bpv.settings", "from bpv import configuration"),
    ],
)
def test_control_allowed_import_is_not_found(module, source):
    assert faults(module, source) == []
