"""The clock of three workdays (S6.1-c): moments around weekends, holidays, midnight and the change of the clocks."""

import json
import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from bpv.core import clock
from visits.inbox import Clock

FIXTURE = Path(__file__).parents[2] / "bpv" / "core" / "fixtures" / "free_days.json"
FREE = frozenset(date.fromisoformat(row["fields"]["date"]) for row in json.loads(FIXTURE.read_text(encoding="utf-8")))
ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")
# The moment of receipt in Amsterdam -> the last good day.
AMSTERDAM = {
    # an ordinary week, and the weekend
    "2026-11-15T23:59": "2026-11-18",
    "2026-11-16T00:00": "2026-11-19",
    "2026-11-16T09:00": "2026-11-19",
    "2026-11-16T23:59": "2026-11-19",
    "2026-11-17T12:00": "2026-11-20",
    "2026-11-18T12:00": "2026-11-23",
    "2026-11-19T12:00": "2026-11-24",
    "2026-11-20T09:00": "2026-11-25",
    "2026-11-20T18:00": "2026-11-25",
    "2026-11-20T23:59": "2026-11-25",
    "2026-11-21T00:00": "2026-11-25",
    "2026-11-22T12:00": "2026-11-25",
    "2026-11-23T08:00": "2026-11-26",
    # before and at Easter: Good Friday and Easter Monday
    "2026-03-31T12:00": "2026-04-07",
    "2026-04-01T12:00": "2026-04-08",
    "2026-04-02T17:00": "2026-04-09",
    "2026-04-03T12:00": "2026-04-09",
    "2026-04-05T12:00": "2026-04-09",
    "2026-04-06T12:00": "2026-04-09",
    "2026-04-07T12:00": "2026-04-10",
    # Koningsdag, a Monday
    "2026-04-22T12:00": "2026-04-28",
    "2026-04-23T12:00": "2026-04-29",
    "2026-04-24T23:00": "2026-04-30",
    "2026-04-27T12:00": "2026-04-30",
    "2026-04-28T12:00": "2026-05-01",
    # 5 May, a Tuesday
    "2026-04-30T12:00": "2026-05-06",
    "2026-05-01T12:00": "2026-05-07",
    "2026-05-04T12:00": "2026-05-08",
    "2026-05-05T12:00": "2026-05-08",
    # Hemelvaartsdag and Pinksteren
    "2026-05-12T12:00": "2026-05-18",
    "2026-05-13T12:00": "2026-05-19",
    "2026-05-22T18:00": "2026-05-28",
    # between Christmas and New Year
    "2026-12-22T12:00": "2026-12-28",
    "2026-12-23T12:00": "2026-12-29",
    "2026-12-24T16:00": "2026-12-30",
    "2026-12-25T12:00": "2026-12-30",
    "2026-12-27T12:00": "2026-12-30",
    "2026-12-28T12:00": "2026-12-31",
    "2026-12-29T12:00": "2027-01-04",
    "2026-12-30T12:00": "2027-01-05",
    "2026-12-31T23:59": "2027-01-06",
    "2027-01-01T00:00": "2027-01-06",
}
# The same in UTC, around both nights in which the clocks change.
UTC = {
    "2026-03-28T22:59": "2026-04-01",  # Saturday, a minute before midnight
    "2026-03-28T23:30": "2026-04-01",  # Sunday, half past midnight
    "2026-03-29T00:59": "2026-04-01",  # the last minute of winter time
    "2026-03-29T01:00": "2026-04-01",  # the first of summer time
    "2026-03-29T21:59": "2026-04-01",  # Sunday, a minute before midnight
    "2026-03-29T22:00": "2026-04-02",  # Monday
    "2026-10-24T21:59": "2026-10-28",  # Saturday
    "2026-10-24T22:00": "2026-10-28",  # Sunday
    "2026-10-25T00:30": "2026-10-28",  # half past two, the first time
    "2026-10-25T01:30": "2026-10-28",  # half past two, the second time
    "2026-10-25T22:59": "2026-10-28",
    "2026-10-25T23:00": "2026-10-29",  # Monday
}
MOMENTS = [(datetime.fromisoformat(at).replace(tzinfo=clock.AMSTERDAM), due) for at, due in AMSTERDAM.items()]
MOMENTS += [(datetime.fromisoformat(f"{at}+00:00"), due) for at, due in UTC.items()]


@pytest.fixture(params=ZONES)
def _zone(request, monkeypatch):
    """The machine stands elsewhere."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    time.tzset()


def test_there_are_enough_moments():
    assert len(MOMENTS) >= 40


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize(("received", "due"), MOMENTS, ids=[str(moment) for moment, _due in MOMENTS])
def test_three_workdays(received, due):
    last = date.fromisoformat(due)
    found = []
    for answered in (last, last + timedelta(days=1)):
        moments = Mock(received_at=received, first_response_at=clock.at(answered, 23, 59))
        found.append(Clock.of(moments, answered, FREE))
    assert [(one.due, one.outcome) for one in found] == [(last, "met"), (last, "late")]


@pytest.mark.usefixtures("_zone")
def test_control_by_the_machines_own_day_some_moments_lie_on_another_day():
    assert {moment.astimezone().date() == clock.local_day(moment) for moment, _due in MOMENTS} == {True, False}
