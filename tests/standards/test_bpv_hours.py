"""Hours of a bpv: do they count, what do they add up to, against which norm (UUR, G-06, T3, VAK-01)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from standards import norms
from standards.bpv_hours import (
    Counting,
    DayFact,
    LongDay,
    Mark,
    PokSpan,
    Tally,
    by_school_year,
    counting,
    mark_of,
    tally_of,
    too_long_for_minor,
)
from standards.hours import planned_until, split_hours
from standards.hours_answers import Contract, Exam, Funding, answers_of, bbl_norms, bol_norms, three_answers
from standards.norms import bol_bpv_hours

BEGIN, END = date(2026, 8, 31), date(2027, 7, 9)
SUMMER = ("Zomervakantie", date(2027, 7, 10), date(2027, 8, 22))
AUTUMN = ("Herfstvakantie", date(2026, 10, 10), date(2026, 10, 18))


def day(on: date, hours: str | int = 8, **fields: object) -> DayFact:
    return DayFact(on, Decimal(hours), **fields)  # type: ignore[arg-type]


def away(on: date, hours: str | int, why: str, **fields: object) -> DayFact:
    return DayFact(on, Decimal(0), Decimal(hours), why, **fields)  # type: ignore[arg-type]


def weekly(start: date, weeks: int, hours: tuple[int, ...]) -> list[DayFact]:
    """The same days, week after week."""
    mondays = [start + timedelta(weeks=number) for number in range(weeks)]
    return [day(monday + timedelta(days=index), worked) for monday in mondays for index, worked in enumerate(hours)]


def span(complete_on: date | None = BEGIN - timedelta(days=7), **fields: object) -> PokSpan:
    values = {"start": BEGIN, "end": END, "complete_on": complete_on, "by_year": {"2026-2027": 960}}
    return PokSpan(**values | fields)  # type: ignore[arg-type]


def years_of(
    days: list[DayFact], pok: PokSpan, last_day: date | None = None, decided: bool | None = None
) -> dict[str, Tally]:
    about = {"start": pok.start, "end": pok.end, "last_day": last_day or pok.end, "planned": pok.by_year}
    return by_school_year(days, pok=pok, decided=decided, **about)  # type: ignore[arg-type]


# G-06 and T3


@pytest.mark.parametrize(
    ("on", "pok", "decided", "being"),
    [
        (BEGIN, None, None, Counting.NOT),
        (BEGIN, span(None), None, Counting.NOT),
        (BEGIN, span(), None, Counting.COUNTS),
        (BEGIN - timedelta(days=1), span(), None, Counting.NOT),
        (END, span(), None, Counting.COUNTS),
        (END + timedelta(days=1), span(), None, Counting.NOT),
        (BEGIN, span(BEGIN), None, Counting.COUNTS),
        (BEGIN, span(BEGIN + timedelta(days=1)), None, Counting.RISK),
        (BEGIN + timedelta(days=1), span(BEGIN + timedelta(days=1)), None, Counting.COUNTS),
        (BEGIN, span(BEGIN + timedelta(days=9)), True, Counting.COUNTS),
        (BEGIN, span(BEGIN + timedelta(days=9)), False, Counting.NOT),
        (BEGIN - timedelta(days=1), span(BEGIN + timedelta(days=9)), True, Counting.NOT),
        (BEGIN, span(None), True, Counting.NOT),
        (BEGIN, span(BEGIN + timedelta(days=13), in_time_until=BEGIN + timedelta(days=13)), None, Counting.COUNTS),
        (BEGIN, span(BEGIN + timedelta(days=14), in_time_until=BEGIN + timedelta(days=13)), None, Counting.RISK),
        (BEGIN, span(BEGIN, in_time_until=BEGIN - timedelta(days=1)), None, Counting.COUNTS),
        (BEGIN, span(BEGIN + timedelta(days=1), in_time_until=BEGIN - timedelta(days=1)), None, Counting.RISK),
        (BEGIN - timedelta(days=1), span(BEGIN, in_time_until=BEGIN + timedelta(days=13)), None, Counting.NOT),
    ],
)
def test_g_06_hours_outside_a_valid_pok_do_not_count(
    on: date, pok: PokSpan | None, decided: bool | None, being: Counting
) -> None:
    assert counting(on, pok, decided) == being


def test_t3_totals_with_and_without_the_days_before_the_pok_was_complete() -> None:
    late = span(BEGIN + timedelta(days=2))
    days = [day(BEGIN), day(BEGIN + timedelta(days=1)), day(BEGIN + timedelta(days=2)), day(BEGIN - timedelta(days=3))]
    total = tally_of(days, late)
    assert (total.confirmed, total.risk, total.lost, total.counted) == (32, 16, 8, 8)
    assert tally_of(days, late, decided=True).counted == 24
    assert tally_of(days, late, decided=False).lost == 24


# The table: planned, realised, absent, to go, against the norm


def test_across_a_school_year_border() -> None:
    start, end = date(2027, 7, 26), date(2027, 8, 6)
    pok = PokSpan(start, end, start - timedelta(days=1), split_hours(start, end, 80))
    days = [day(date(2027, 7, 30)), day(date(2027, 7, 31), 4), day(date(2027, 8, 1), 2), day(date(2027, 8, 2))]
    found = years_of(days, pok)
    assert pok.by_year == {"2026-2027": 40, "2027-2028": 40}
    assert {year: (tally.planned, tally.counted, tally.to_go) for year, tally in found.items()} == {
        "2026-2027": (40, 12, 28),
        "2027-2028": (40, 10, 30),
    }


def test_vak_01_a_summer_break_of_six_weeks_has_no_hours_and_a_bbl_that_works_through_has() -> None:
    marks = [mark_of(date(2027, 7, 12) + timedelta(weeks=number), {}, [SUMMER]) for number in range(7)]
    assert marks == [(Mark.SUMMER, "Zomervakantie")] * 6 + [None]
    start, end = date(2027, 6, 14), date(2027, 9, 17)
    pok = PokSpan(start, end, start - timedelta(days=1), {"2026-2027": 128, "2027-2028": 128})
    school = weekly(start, 4, (8, 8, 8, 8)) + weekly(date(2027, 8, 23), 4, (8, 8, 8, 8))
    found = years_of(school, pok)
    assert {year: (tally.planned, tally.counted, tally.to_go) for year, tally in found.items()} == {
        "2026-2027": (128, 128, 0),
        "2027-2028": (128, 128, 0),
    }
    through = years_of(weekly(start, 14, (8, 8, 8)), replace(pok, by_year={"2026-2027": 168, "2027-2028": 168}))
    assert [(tally.planned, tally.counted, tally.to_go) for tally in through.values()] == [(168, 168, 0), (168, 168, 0)]


def test_a_part_time_bbl_of_three_days_a_week_meets_the_norm() -> None:
    start, end = date(2026, 8, 31), date(2027, 7, 9)
    pok = PokSpan(start, end, start - timedelta(days=3), split_hours(start, end, 24 * 38))
    found = years_of(weekly(start, 38, (8, 8, 8)), pok)
    (norm,) = bbl_norms(start, end, found, date(2027, 7, 10))
    assert (norm.year, norm.needed, norm.planned, norm.made, norm.is_met) == ("2026-2027", 610, 912, 912, True)


def test_uur_04_a_sick_period_stands_apart_by_ground_and_the_norm_stays() -> None:
    pok = span(by_year={"2026-2027": 80})
    sick = [away(BEGIN + timedelta(days=number), 8, "sick") for number in range(4)]
    agreed = [away(BEGIN + timedelta(days=4), 4, "plan"), away(BEGIN + timedelta(days=7), 6, "unexcused")]
    (total,) = years_of([day(BEGIN + timedelta(days=8)), *sick, *agreed], pok).values()
    assert (total.planned, total.counted, total.excused, total.absent, total.unexcused, total.to_go) == (
        80,
        8,
        {"sick": 32, "plan": 4},
        36,
        6,
        72,
    )
    (norm,) = bol_norms(4, 3, 2025, total, is_over=False)
    assert (norm.needed, norm.made) == (900, 8)


def test_shorter_than_ten_months_asks_for_its_share() -> None:
    start, end = date(2027, 2, 1), date(2027, 7, 9)
    total = {"2026-2027": Tally(planned=330, confirmed=Decimal(321))}
    (norm,) = bbl_norms(start, end, total, date(2027, 7, 10))
    assert (norm.needed, norm.made, norm.is_met, norm.is_over) == (321, 321, True, True)  # 610 x 159 of 303 days


def test_ended_early_plans_until_that_day_and_the_norm_follows() -> None:
    start, end, last_day = date(2026, 8, 31), date(2027, 2, 26), date(2026, 11, 27)
    pok = PokSpan(start, end, start - timedelta(days=1), {"2026-2027": 600})
    (total,) = years_of(weekly(start, 13, (8, 8, 8)), pok, last_day).values()
    assert (total.planned, total.counted, total.to_go) == (297, 312, 0)
    (norm,) = bbl_norms(start, last_day, {"2026-2027": total}, date(2026, 12, 1))
    assert (norm.needed, norm.is_met) == (180, True)  # 610 x 89 of 303 days


def test_uur_02_a_bol_is_over_all_its_placements() -> None:
    first = PokSpan(date(2025, 9, 1), date(2026, 1, 30), date(2025, 8, 20), {"2025-2026": 400})
    second = PokSpan(date(2026, 8, 31), date(2027, 1, 29), date(2026, 8, 20), {"2026-2027": 520})
    made = [
        *years_of(weekly(first.start, 20, (8, 8, 4)), first).values(),
        *years_of(weekly(second.start, 20, (8, 8, 8)), second).values(),
    ]
    total = sum(made, Tally())
    (norm,) = bol_norms(4, 3, 2025, total, is_over=True)
    assert (norm.needed, norm.planned, norm.made, norm.is_met) == (900, 920, 880, False)
    answer = answers_of(total=made[1], agreed=520, is_over=True, norms=[norm], assessable=True)
    assert (answer.funding, answer.contract, answer.exam) == (Funding.SHORT, Contract.MAY_HOLD, Exam.ENOUGH)


def test_what_waits_for_confirmation_is_apart() -> None:
    (total,) = years_of([day(BEGIN), day(BEGIN + timedelta(days=1), confirmed=False)], span()).values()
    assert (total.confirmed, total.waiting, total.counted, total.to_go) == (8, 8, 8, 952)


def test_a_day_in_a_year_the_pok_does_not_have_is_not_lost_from_sight() -> None:
    found = years_of([day(date(2027, 8, 2))], span())
    assert {year: (tally.confirmed, tally.lost) for year, tally in found.items()} == {
        "2026-2027": (0, 0),
        "2027-2028": (8, 8),
    }


@pytest.mark.parametrize(
    ("last_day", "planned"),
    [
        (date(2028, 7, 31), {"2026-2027": 365, "2027-2028": 366}),
        (date(2027, 7, 31), {"2026-2027": 365, "2027-2028": 0}),
        (date(2026, 8, 10), {"2026-2027": 10, "2027-2028": 0}),
        (date(2026, 7, 1), {"2026-2027": 0, "2027-2028": 0}),
    ],
)
def test_planned_until_the_last_day(last_day: date, planned: dict[str, int]) -> None:
    agreed = {"2026-2027": 365, "2027-2028": 366}
    assert planned_until(date(2026, 8, 1), date(2028, 7, 31), agreed, last_day) == planned


@pytest.mark.parametrize(
    ("last_day", "pauses", "planned"),
    [
        (date(2027, 7, 9), [SUMMER[1:]], (143, 0)),
        (date(2027, 8, 22), [SUMMER[1:]], (143, 0)),
        (date(2027, 8, 23), [SUMMER[1:]], (143, 4)),
        (date(2027, 10, 31), [SUMMER[1:]], (143, 257)),
        (date(2027, 8, 22), [], (143, 61)),
    ],
)
def test_vak_01_ended_in_the_summer_break_plans_nothing_of_the_days_in_it(
    last_day: date, pauses: list[tuple[date, date]], planned: tuple[int, int]
) -> None:
    agreed = {"2026-2027": 143, "2027-2028": 257}
    found = planned_until(date(2027, 6, 1), date(2027, 10, 31), agreed, last_day, pauses)
    assert tuple(found.values()) == planned


def test_vak_01_hours_agreed_for_the_break_itself_are_planned_in_it() -> None:
    start, end = date(2027, 8, 1), date(2027, 8, 10)
    assert planned_until(start, end, {"2027-2028": 40}, date(2027, 8, 5), [SUMMER[1:]]) == {"2027-2028": 20}


# Norms


@pytest.mark.parametrize(("years", "hours"), [(1, 250), (2, 450), (3, 900), (4, 1350)])
def test_uur_02_bol_hours_by_duration(years: int, hours: int) -> None:
    found = bol_bpv_hours(years, 2025)
    assert found is not None
    assert (found[0], found[1].source, found[1].cohort_from) == (hours, "WEB art. 7.2.7 lid 3", 2014)


def test_uur_02_the_table_of_the_cohort(monkeypatch: pytest.MonkeyPatch) -> None:
    (now,) = norms.BOL_HOURS
    later = replace(now, cohort_from=2028, hours={3: 750})
    monkeypatch.setattr(norms, "BOL_HOURS", (replace(now, cohort_until=2027), later))
    found = {cohort: bol_bpv_hours(3, cohort) for cohort in (2010, 2027, 2028)}
    assert {cohort: norm and norm[0] for cohort, norm in found.items()} == {2010: 900, 2027: 900, 2028: 750}
    monkeypatch.setattr(norms, "BOL_HOURS", (replace(now, cohort_until=2027),))
    assert bol_bpv_hours(3, 2028) is None


def test_uur_02_an_entree_has_no_norm() -> None:
    assert bol_norms(1, 1, 2025, Tally(), is_over=True) == []
    assert bol_norms(2, 5, 2025, Tally(), is_over=True) == []


def test_a_bbl_over_a_border_has_a_norm_for_each_year_and_one_is_over() -> None:
    found = bbl_norms(date(2026, 8, 1), date(2027, 12, 31), {}, date(2027, 9, 1))
    assert [(norm.year, norm.needed, norm.is_over) for norm in found] == [
        ("2026-2027", 610, True),
        ("2027-2028", 306, False),
    ]


@pytest.mark.parametrize(
    ("first", "beside", "needed"),
    [
        ((date(2026, 8, 31), date(2027, 1, 29)), [(date(2027, 2, 1), date(2027, 7, 31))], 610),  # 307 and 365 apart
        ((date(2026, 11, 2), date(2027, 2, 26)), [(date(2026, 8, 31), date(2027, 7, 9))], 610),  # 236 of its own
        ((date(2026, 8, 31), date(2026, 10, 30)), [(date(2026, 10, 1), date(2026, 11, 27))], 180),  # 89 of 303 days
        ((date(2026, 8, 31), date(2026, 11, 27)), [(date(2025, 8, 31), date(2026, 7, 9))], 180),  # in another year
    ],
)
def test_bbl_11_a_school_year_is_asked_once_over_all_placements_of_the_student(
    first: tuple[date, date], beside: list[tuple[date, date]], needed: int
) -> None:
    (norm,) = bbl_norms(*first, {"2026-2027": Tally(confirmed=Decimal(needed))}, date(2027, 8, 1), beside)
    assert (norm.year, norm.needed, norm.is_met, norm.is_over) == ("2026-2027", needed, True, True)


# UUR-03


EXPECTED_FUNDING = {
    (False, False): Funding.RUNNING,
    (False, True): Funding.SHORT,
    (True, False): Funding.MET,
    (True, True): Funding.MET,
}


@pytest.mark.parametrize(
    ("norm", "norm_is_over", "fulfilled", "is_over", "assessable"),
    list(product((None, False, True), (False, True), (False, True), (False, True), (None, False, True))),
)
def test_uur_03_three_answers(
    norm: bool | None, norm_is_over: bool, fulfilled: bool, is_over: bool, assessable: bool | None
) -> None:
    """`norm`: met, not met, or none at all."""
    answer = three_answers(
        is_fulfilled=fulfilled,
        is_whole=fulfilled,
        is_over=is_over,
        needed=None if norm is None else 610,
        towards_norm=Decimal(610) if norm else Decimal(609),
        norm_is_over=norm_is_over,
        assessable=assessable,
    )
    funding = Funding.NO_NORM if norm is None else EXPECTED_FUNDING[norm, norm_is_over]
    contract = Contract.FULFILLED if fulfilled else (Contract.MAY_HOLD if is_over else Contract.RUNNING)
    exam = {
        (None, True): Exam.WHOLE,
        (True, True): Exam.WHOLE,
        (False, True): Exam.NOT_ENOUGH,
        (None, False): Exam.TO_SAY,
        (True, False): Exam.ENOUGH,
        (False, False): Exam.NOT_ENOUGH,
    }[assessable, fulfilled]
    assert (answer.funding, answer.contract, answer.exam) == (funding, contract, exam)


def test_uur_03_a_surplus_in_one_year_does_not_mend_another() -> None:
    years = {"2026-2027": Tally(600, Decimal(900)), "2027-2028": Tally(200, Decimal(100))}
    found = bbl_norms(date(2026, 8, 1), date(2027, 12, 31), years, date(2028, 1, 1))
    total = sum(years.values(), Tally())
    answer = answers_of(total=total, agreed=800, is_over=True, norms=found, assessable=None)
    assert (answer.funding, answer.contract) == (Funding.SHORT, Contract.FULFILLED)


def test_uur_03_without_a_pok_nothing_was_agreed() -> None:
    about = {"total": Tally(600), "agreed": 600, "is_over": True, "norms": [], "assessable": None}
    found = [answers_of(**about, has_pok=has_pok).contract for has_pok in (True, False)]
    assert found == [Contract.MAY_HOLD, Contract.NO_POK]


@pytest.mark.parametrize(
    ("fields", "agreed", "contract", "exam"),
    [
        ({"confirmed": 600}, 600, Contract.FULFILLED, Exam.WHOLE),
        ({"confirmed": Decimal("599.75")}, 600, Contract.MAY_HOLD, Exam.TO_SAY),
        ({"confirmed": 600, "risk": 16}, 600, Contract.FULFILLED, Exam.TO_SAY),  # before a late signature
        ({"confirmed": 600, "lost": 16}, 600, Contract.FULFILLED, Exam.TO_SAY),  # and decided that they do not count
        ({"confirmed": 600, "lost": 16, "outside": 16}, 600, Contract.MAY_HOLD, Exam.TO_SAY),
        ({"confirmed": 600}, 900, Contract.FULFILLED, Exam.TO_SAY),  # ended early
        ({"confirmed": 900}, 900, Contract.FULFILLED, Exam.WHOLE),
    ],
)
def test_uur_03_the_contract_is_about_hours_worked_and_the_exam_about_the_whole_pok(
    fields: dict[str, Decimal], agreed: int, contract: Contract, exam: Exam
) -> None:
    total = Tally(600, **{name: Decimal(value) for name, value in fields.items()})
    found = answers_of(total=total, agreed=agreed, is_over=True, norms=[], assessable=None)
    assert (found.contract, found.exam) == (contract, exam)


def test_uur_03_what_was_made_for_the_leerbedrijf_is_in_the_period_of_the_pok() -> None:
    days = [day(BEGIN - timedelta(days=3), 4), day(BEGIN), day(BEGIN + timedelta(days=2))]
    late = span(BEGIN + timedelta(days=2))
    found = [tally_of(days, late, decided, planned=40) for decided in (None, False)]
    assert [(total.counted, total.made, total.owed, total.to_go) for total in found] == [(8, 16, 24, 32)] * 2
    assert [tally_of(days, pok).made for pok in (None, span(None))] == [0, 16]


# Days that are not ordinary, and minors


@pytest.mark.parametrize(
    ("on", "mark"),
    [
        (date(2026, 10, 12), (Mark.HOLIDAY, "Herfstvakantie")),
        (date(2026, 10, 19), None),
        (date(2026, 12, 25), (Mark.FREE, "Eerste kerstdag")),
        (date(2027, 7, 12), (Mark.SUMMER, "Zomervakantie")),
        (date(2027, 7, 9), None),
    ],
)
def test_marks(on: date, mark: tuple[Mark, str] | None) -> None:
    assert mark_of(on, {date(2026, 12, 25): "Eerste kerstdag"}, [AUTUMN, SUMMER]) == mark


def test_minor_nine_hours_a_day_and_45_a_week_school_included() -> None:
    born = date(2009, 9, 4)  # 17 until Thursday, 18 on Friday
    monday = date(2026, 8, 31)
    week = born.replace(year=2010)
    long = [day(monday, "9.25"), *(day(monday + timedelta(days=number), 9) for number in range(1, 5))]
    assert too_long_for_minor(week, long) == [
        LongDay(monday, Decimal("9.25"), 9),
        LongDay(None, Decimal("45.25"), 45),
    ]
    turning = date(2008, 9, 4)
    assert too_long_for_minor(turning, [day(date(2026, 9, 3), 10), day(date(2026, 9, 4), 12)]) == [
        LongDay(date(2026, 9, 3), Decimal(10), 9)
    ]
    at_school = [day(monday + timedelta(days=number), 9) for number in range(4)]
    at_school.append(away(monday + timedelta(days=4), "9.25", "school_day"))
    assert [one.on for one in too_long_for_minor(born.replace(year=2010), at_school)] == [
        monday + timedelta(days=4),
        None,
    ]
    assert too_long_for_minor(born.replace(year=2010), [away(monday, 9, "sick"), day(monday, 9)]) == []
