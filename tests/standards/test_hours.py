"""Hours per school year: the years of a period, hours that add up, and BBL with at least 610 (WEB 7.2.7, S5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.hours import Short, adds_up, is_summer, school_years, short_of, split_hours

FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2026, 8, 31), date(2027, 2, 26), ("2026-2027",)),
        (FIRST, LAST, ("2026-2027",)),
        (date(2027, 7, 31), date(2027, 8, 1), ("2026-2027", "2027-2028")),
        (date(2026, 7, 31), LAST, ("2025-2026", "2026-2027")),
        (FIRST, date(2027, 8, 1), ("2026-2027", "2027-2028")),
        (date(2027, 7, 31), date(2027, 7, 31), ("2026-2027",)),
        (date(2027, 8, 1), date(2027, 8, 1), ("2027-2028",)),
        (date(2027, 2, 1), date(2029, 1, 31), ("2026-2027", "2027-2028", "2028-2029")),
    ],
)
def test_school_years(start: date, end: date, years: tuple[str, ...]) -> None:
    assert school_years(start, end) == years


def test_a_period_that_ends_before_it_starts_has_no_school_years() -> None:
    with pytest.raises(ValueError, match="2026-08-01 lies after 2026-07-31"):
        school_years(date(2026, 8, 1), date(2026, 7, 31))


@pytest.mark.parametrize(
    ("start", "end", "total", "hours"),
    [
        (date(2026, 8, 31), date(2027, 2, 26), 600, {"2026-2027": 600}),
        (date(2027, 7, 31), date(2027, 8, 1), 7, {"2026-2027": 4, "2027-2028": 3}),
        (date(2027, 7, 31), date(2027, 8, 2), 10, {"2026-2027": 3, "2027-2028": 7}),
        (date(2027, 7, 30), date(2027, 8, 1), 10, {"2026-2027": 7, "2027-2028": 3}),
        (date(2027, 8, 1), date(2029, 7, 31), 731, {"2027-2028": 366, "2028-2029": 365}),  # 29 February 2028
        (FIRST, date(2028, 7, 31), 1, {"2026-2027": 0, "2027-2028": 1}),
        (date(2027, 7, 31), date(2027, 7, 31), 8, {"2026-2027": 8}),
    ],
)
def test_hours_are_spread_by_days(start: date, end: date, total: int, hours: dict[str, int]) -> None:
    assert split_hours(start, end, total) == hours


BREAK = (date(2027, 7, 10), date(2027, 8, 22))


@pytest.mark.parametrize(
    ("start", "end", "pauses", "hours"),
    [
        (date(2027, 6, 1), date(2027, 10, 31), [], {"2026-2027": 159, "2027-2028": 241}),
        (date(2027, 6, 1), date(2027, 10, 31), [BREAK], {"2026-2027": 143, "2027-2028": 257}),  # 39 and 70 days
        (date(2027, 6, 1), date(2027, 8, 22), [BREAK], {"2026-2027": 400, "2027-2028": 0}),
        (date(2027, 6, 1), date(2027, 8, 23), [BREAK], {"2026-2027": 390, "2027-2028": 10}),
        (date(2027, 7, 9), date(2027, 7, 31), [BREAK], {"2026-2027": 400}),
        (date(2027, 7, 22), date(2027, 8, 10), [BREAK], {"2026-2027": 200, "2027-2028": 200}),  # agreed otherwise
        (
            date(2027, 6, 1),
            date(2027, 10, 31),
            [(date(2026, 7, 4), date(2026, 8, 16))],
            {"2026-2027": 159, "2027-2028": 241},
        ),
    ],
)
def test_vak_01_no_hours_are_planned_in_the_summer_break(
    start: date, end: date, pauses: list[tuple[date, date]], hours: dict[str, int]
) -> None:
    assert split_hours(start, end, 400, pauses) == hours


@pytest.mark.parametrize(("last", "summer"), [(date(2027, 8, 19), False), (date(2027, 8, 20), True)])
def test_vak_01_a_holiday_of_six_weeks_is_the_summer_break(last: date, summer: bool) -> None:
    assert is_summer(date(2027, 7, 10), last) is summer


@given(st.dates(date(2025, 1, 1), date(2031, 12, 31)), st.integers(0, 1500), st.integers(0, 9999))
def test_hours_add_up_exactly_and_none_is_more_than_one_off(start: date, length: int, total: int) -> None:
    end = start + timedelta(days=length)
    hours = split_hours(start, end, total)
    assert adds_up(start, end, total, hours)
    for year, given_hours in hours.items():
        first, last = max(start, date(int(year[:4]), 8, 1)), min(end, date(int(year[5:]), 7, 31))
        assert abs(given_hours - total * ((last - first).days + 1) / (length + 1)) < 1


@pytest.mark.parametrize(
    ("hours", "right"),
    [
        ({"2026-2027": 400, "2027-2028": 200}, True),
        ({"2026-2027": 600, "2027-2028": 0}, True),
        ({"2026-2027": 400, "2027-2028": 199}, False),
        ({"2026-2027": 400, "2027-2028": 201}, False),
        ({"2026-2027": 601, "2027-2028": -1}, False),
        ({"2026-2027": 600}, False),
        ({"2025-2026": 0, "2026-2027": 400, "2027-2028": 200}, False),
        ({}, False),
    ],
)
def test_the_sum_is_checked(hours: dict[str, int], right: bool) -> None:
    assert adds_up(date(2027, 2, 1), date(2028, 1, 31), 600, hours) == right


def short(start: date, end: date, **hours: int) -> list[Short]:
    return short_of("BBL", start, end, {f"{year[1:]}-{int(year[1:]) + 1}": number for year, number in hours.items()})


@pytest.mark.parametrize(("hours", "found"), [(609, [Short("2026-2027", 609, 610)]), (610, []), (611, [])])
def test_s5_bbl_needs_610_hours_in_a_school_year(hours: int, found: list[Short]) -> None:
    assert short(FIRST, LAST, y2026=hours) == found


def test_bol_has_no_norm_per_school_year() -> None:
    assert short_of("BOL", FIRST, LAST, {"2026-2027": 1}) == []


@pytest.mark.parametrize(
    ("start", "end", "needed"),
    [
        (date(2026, 9, 1), date(2027, 6, 30), 610),  # ten months exactly
        (date(2026, 9, 1), date(2027, 6, 29), 608),  # a day less: 302 of 303 days
        (date(2026, 9, 1), date(2027, 7, 1), 610),
        (date(2026, 10, 1), date(2027, 7, 31), 610),
        (date(2026, 10, 2), date(2027, 7, 31), 608),
        (date(2027, 10, 1), date(2028, 7, 31), 610),  # with 29 February 2028 in it
        (date(2027, 10, 2), date(2028, 7, 31), 608),
        (date(2027, 2, 1), date(2027, 7, 31), 365),  # 181 of 303 days
        (date(2027, 7, 31), date(2027, 7, 31), 2),  # one day of 305
        (date(2026, 8, 31), date(2027, 6, 29), 610),  # there is no 31 June
        (date(2026, 8, 31), date(2027, 6, 28), 608),
    ],
)
def test_s5_bbl_a_part_of_a_year_asks_for_its_share_of_ten_months(start: date, end: date, needed: int) -> None:
    year = school_years(start, end)[0]
    assert short_of("BBL", start, end, {year: needed}) == []
    assert short_of("BBL", start, end, {year: needed - 1}) == [Short(year, needed - 1, needed)]


def test_s5_bbl_every_school_year_counts_by_itself() -> None:
    start, end = date(2026, 8, 1), date(2029, 1, 31)
    assert short(start, end, y2026=610, y2027=609, y2028=369) == [
        Short("2027-2028", 609, 610),
        Short("2028-2029", 369, 370),
    ]


def test_s5_bbl_a_year_without_hours_is_short() -> None:
    assert short_of("BBL", FIRST, LAST, {}) == [Short("2026-2027", 0, 610)]
