"""What the tests of the standards share: the free days that come along, and makers of facts. No database."""

import json
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def free_days() -> frozenset[date]:
    rows = json.loads((ROOT / "bpv" / "core" / "fixtures" / "free_days.json").read_text(encoding="utf-8"))
    return frozenset(date.fromisoformat(row["fields"]["date"]) for row in rows)


@pytest.fixture(scope="session")
def school() -> Path:
    """The files of the invented school, which lie beside the checkout."""
    folder = ROOT.parent / "shared" / "data" / "school"
    if not folder.is_dir():
        pytest.fail("The invented school is missing: expected its files in ../shared/data/school beside the checkout.")
    return folder
