"""The invented school, read in from its files and judged: the outcomes that were computed apart from the product."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from compliance import judging
from compliance.models import Finding

pytestmark = pytest.mark.django_db
SCHOOL = Path(settings.BASE_DIR).parent / "shared" / "data" / "school"


@pytest.fixture
def school():
    assert SCHOOL.is_dir(), f"the invented school's files are expected in {SCHOOL}"
    call_command("loaddata", "free_days", verbosity=0)
    call_command("import_school", str(SCHOOL), apply=True, stdout=StringIO(), stderr=StringIO())


def judged(day):
    out = StringIO()
    call_command("check_standards", on=date.fromisoformat(day), json=True, stdout=out)
    return json.loads(out.getvalue())


def test_the_invented_school_is_judged_row_for_row(school):
    expected = json.loads((SCHOOL / "expected-2026-11-23.json").read_text())
    assert judged("2026-11-23") == expected
    assert (len(judged("2026-09-01")) > 3000, len(judged("2027-02-01"))) == (True, len(expected))
    judging.rejudge(judging.all_ids(), today=date(2026, 11, 23))
    rows = Finding.objects.with_outcome(date(2026, 11, 23))
    subjects = rows.values_list("placement__number", "request__number", "rule", "outcome", "due")
    kept = sorted((request or number, rule, found, due.isoformat()) for number, request, rule, found, due in subjects)
    assert kept == sorted((row["subject"], row["rule"], row["outcome"], row["due"]) for row in expected)
