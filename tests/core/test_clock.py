"""One clock: days are those of Europe/Amsterdam, moments are UTC, and it can be moved."""

from datetime import UTC, date, datetime

import pytest

from bpv.core import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_day_begins_at_midnight_in_amsterdam(moment, day):
    assert clock.local_day(moment) == day
    with clock.moved(moment):
        assert (clock.now(), clock.today()) == (moment, day)


def test_a_date_means_noon():
    with clock.moved(date(2026, 2, 28)):
        assert clock.now() == datetime(2026, 2, 28, 11, 0, tzinfo=UTC)


def test_moved_clocks_stack_and_come_back():
    before = clock.today()
    with clock.moved(date(2026, 1, 1)):
        with clock.moved(date(2025, 1, 1)):
            assert clock.today() == date(2025, 1, 1)
        assert clock.today() == date(2026, 1, 1)
    assert clock.today() == before


def test_clock_comes_back_after_a_fault():
    before = clock.today()
    with pytest.raises(ZeroDivisionError), clock.moved(date(2020, 1, 1)):
        1 / 0  # noqa: B018
    assert clock.today() == before


def test_rehearsal_moves_the_day_by_the_environment(monkeypatch):
    monkeypatch.setenv("BPV_TODAY", "2027-02-01")
    assert clock.today() == date(2027, 2, 1)
    assert clock.now().tzinfo is not None


def test_hour_that_exists_twice_is_the_same_day():
    assert clock.local_day(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == date(2026, 10, 25)
    assert clock.local_day(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == date(2026, 10, 25)
