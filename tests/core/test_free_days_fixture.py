"""The free days that come along are the recognised holidays of the Algemene termijnenwet."""

import json
from datetime import date
from pathlib import Path

import holidays

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


def test_loading_the_fixture_twice_changes_nothing() -> None:
    """Each row has a fixed key made of its date, so a second load overwrites the same rows."""
    assert [row["pk"] for row in rows()] == [int(row["fields"]["date"].replace("-", "")) for row in rows()]
    assert len({row["pk"] for row in rows()}) == len(rows())
    assert {(row["model"], row["fields"]["source"]) for row in rows()} == {("core.freeday", "Algemene termijnenwet")}
