"""The talks of a bpv-periode on workdays, in time (S4.2, S6.2, BEG-04)."""

from datetime import date

import pytest

from standards.talks import proposals

START, END = date(2026, 8, 31), date(2027, 2, 26)
NONE: frozenset[date] = frozenset()


def of(leerweg="BOL", start=START, end=END, free=NONE, new=False):
    found = proposals(leerweg, start, end, new_location=new, free_days=free)
    return [(one.occasion, one.year, one.on, one.on_site) for one in found]


def test_three_talks_a_week_before_they_are_due():
    assert of() == [
        ("first", 2026, date(2026, 9, 21), False),
        ("half", 2026, date(2026, 11, 20), True),  # halfway is Saturday 28 November
        ("final", 2026, date(2027, 2, 19), True),
    ]


def test_s4_2_a_at_a_new_location_the_first_is_on_site():
    assert [on_site for *_rest, on_site in of(new=True)] == [True, False, True]


@pytest.mark.parametrize(
    ("free", "day"),
    [
        (NONE, date(2026, 9, 21)),
        ({date(2026, 9, 21)}, date(2026, 9, 18)),
        ({date(2026, 9, 21), date(2026, 9, 18)}, date(2026, 9, 17)),
    ],
)
def test_never_on_a_free_day_or_in_the_weekend(free, day):
    assert of(free=frozenset(free))[0][2] == day


def test_a_bbl_has_three_talks_in_every_school_year():
    found = of("BBL", date(2026, 8, 31), date(2028, 7, 14))
    assert [(occasion, year) for occasion, year, *_rest in found] == [
        (occasion, year) for year in (2026, 2027) for occasion in ("first", "half", "final")
    ]
    assert all(day.weekday() < 5 for _occasion, _year, day, _site in found)


def test_a_bol_over_two_school_years_has_three_talks():
    assert [occasion for occasion, *_rest in of(start=date(2027, 2, 1), end=date(2027, 11, 5))] == [
        "first",
        "half",
        "final",
    ]


def test_in_a_very_short_bpv_every_talk_lies_inside_it():
    days = [day for _occasion, _year, day, _site in of(start=date(2026, 9, 5), end=date(2026, 9, 11))]
    assert days == [date(2026, 9, 7), date(2026, 9, 7), date(2026, 9, 7)]
