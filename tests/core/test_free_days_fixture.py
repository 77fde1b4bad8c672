"""The free days that come along are the recognised holidays of the Algemene termijnenwet."""

import json
from datetime import date
from pathlib import Path

import holidays
import pytest
from django.core.management import call_command

from bpv.core import calendar
from bpv.core.models import FreeDay

FIXTURE = Path(__file__).parents[2] / "bpv" / "core" / "fixtures" / "free_days.json"
YEARS = range(2024, 2033)

# The law names the second days; Easter Sunday and Whit Sunday are weekend anyway.
SUNDAYS = {"Eerste paasdag", "Eerste pinksterdag"}


def rows() -> list[dict]:
    return json.loads(FIXTURE.read_text(encoding="utf-8"))


def test_free_days_are_the_public_holidays_with_5_may_every_year_and_without_sundays() -> None:
    public = holidays.country_holidays("NL", years=YEARS, language="nl")
    expected = {day: name for day, name in public.items() if name not in SUNDAYS}
    expected |= {date(year, 5, 5): "Bevrijdingsdag" for year in YEARS}
    fixture = {date.fromisoformat(row["fields"]["date"]): row["fields"]["name"] for row in rows()}
    assert {day: name.lower() for day, name in fixture.items()} == {day: name.lower() for day, name in expected.items()}


def test_known_differences_from_the_holidays_package() -> None:
    """5 May is a public holiday once in five years there; in the Algemene termijnenwet every year."""
    public = set(holidays.country_holidays("NL", years=YEARS))
    ours = {date.fromisoformat(row["fields"]["date"]) for row in rows()}
    assert ours - public == {date(year, 5, 5) for year in YEARS if year % 5}
    assert {day.weekday() for day in public - ours} == {6}
    assert len(public - ours) == 2 * len(YEARS)


def test_every_row_names_its_law() -> None:
    assert {(row["model"], row["fields"]["source"]) for row in rows()} == {("core.freeday", "Algemene termijnenwet")}


@pytest.mark.django_db
def test_loading_the_fixture_twice_adds_nothing() -> None:
    """The key of a row is made of its date, so a second load overwrites the same rows."""
    call_command("loaddata", "free_days", verbosity=0)
    call_command("loaddata", "free_days", verbosity=0)
    assert calendar.free_days() == {date.fromisoformat(row["fields"]["date"]) for row in rows()}
    assert FreeDay.objects.count() == 9 * len(YEARS)
