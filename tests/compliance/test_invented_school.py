"""The invented school, read in from its files and judged: the outcomes that were computed apart from the product."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from compliance import judging
from compliance.models import Deviation, Finding
from placements.models import Placement
from standards import RULES

pytestmark = pytest.mark.django_db
EIGHT = {"POK-03", "S5", "LB-02", "S4.2-a", "S4.2-b", "S6.2-a", "S6.2-b", "S6.1-c"}
FROM_NOVEMBER, FROM_FEBRUARY = 126, 41  # placements of the files that start on or after a day
SCHOOL = Path(settings.BASE_DIR).parent / "shared" / "data" / "school"


@pytest.fixture
def school():
    assert SCHOOL.is_dir(), f"the invented school's files are expected in {SCHOOL}"
    call_command("loaddata", "free_days", verbosity=0)
    call_command("import_school", str(SCHOOL), apply=True, stdout=StringIO(), stderr=StringIO())


def all_judged(day):
    out = StringIO()
    call_command("check_standards", on=date.fromisoformat(day), json=True, stdout=out)
    return json.loads(out.getvalue())


def judged(day):
    """What the eight rules of the file say."""
    return [row for row in all_judged(day) if row["rule"] in EIGHT]


def test_the_invented_school_is_judged_row_for_row(school):
    expected = json.loads((SCHOOL / "expected-2026-11-23.json").read_text())
    assert {row["rule"] for row in expected} == EIGHT
    assert judged("2026-11-23") == expected
    assert (len(judged("2026-09-01")) > 3000, len(judged("2027-02-01"))) == (True, len(expected))
    judging.rejudge(judging.all_ids(), today=date(2026, 11, 23))
    rows = Finding.objects.with_outcome(date(2026, 11, 23)).filter(rule__in=EIGHT)
    subjects = rows.values_list("placement__number", "request__number", "rule", "outcome", "due")
    kept = sorted((request or number, rule, found, due.isoformat()) for number, request, rule, found, due in subjects)
    assert kept == sorted((row["subject"], row["rule"], row["outcome"], row["due"]) for row in expected)
    deviated = [{**row, "outcome": changed_by_a_deviation(row)} for row in expected]
    deviate_everywhere()
    assert judged("2026-11-23") == deviated
    assert sum(row["outcome"] == "deviated" for row in deviated) == 472  # 368 open and 104 missed before


@pytest.mark.parametrize("first", [date(2026, 11, 16), date(2027, 2, 1), date(2030, 1, 1)])
def test_the_other_rules_speak_only_for_placements_from_the_setting_on(school, settings, first):
    settings.ASSESSMENTS_FROM = first
    others = [row for row in all_judged("2026-11-23") if row["rule"] not in EIGHT]
    from_then = set(Placement.objects.filter(start__gte=first).values_list("number", flat=True))
    assert len(from_then) == {2026: FROM_NOVEMBER, 2027: FROM_FEBRUARY, 2030: 0}[first.year]
    assert {row["subject"] for row in others} == from_then
    assert {row["rule"] for row in others} == (set(RULES) - EIGHT if from_then else set())


def changed_by_a_deviation(row):
    """S6.2-d: what was not met becomes "onderbouwd afgeweken"; all else stays as it was."""
    return "deviated" if row["rule"] == "S6.2-a" and row["outcome"] != "met" else row["outcome"]


def deviate_everywhere():
    """An accepted deviation of S6.2-a for every placement and every year in which it is judged."""
    who = {"reason": "x", "proposed_by": User.objects.first(), "decided_by": User.objects.last()}
    Deviation.objects.bulk_create(
        Deviation(placement_id=pk, rule="S6.2-a", year=year, accepted=True, decided_on=date(2026, 11, 23), **who)
        for pk in Placement.objects.values_list("pk", flat=True)
        for year in (0, *range(2020, 2032))
    )
