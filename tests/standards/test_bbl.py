"""BBL-02 to BBL-05, T4, T4b, T5, T6: each date with its last good and its first bad day."""

from datetime import date

import pytest

from standards import bbl
from standards.bbl import Concluded, Enrolled, Part

YEAR = 2026
ENROLLED = Enrolled(date(2026, 8, 1), date(2029, 7, 31), level=3, vws=False)
VWS = Enrolled(date(2026, 8, 1), None, level=3, vws=True)
ENTREE = Enrolled(date(2026, 8, 1), None, level=1, vws=False)
POK = Concluded(date(2026, 8, 20), date(2026, 8, 31), date(2027, 7, 16))


def unmet(enrolled: Enrolled, *poks: Concluded, year: int = YEAR) -> list[Part]:
    return [reason.part for reason in bbl.funding(year, enrolled, poks).reasons if not reason.met]


def a_pok(concluded: date = POK.concluded_on, start: date = POK.start, last_day: date = POK.last_day) -> Concluded:
    return Concluded(concluded, start, last_day)


def test_all_three_parts() -> None:
    verdict = bbl.funding(YEAR, ENROLLED, [POK])
    assert (verdict.counts, [reason.text for reason in verdict.reasons]) == (
        True,
        ["ingeschreven op do 1 okt 2026", "POK getekend op do 20 aug 2026", "in de praktijk op do 31 dec 2026"],
    )


def test_without_a_pok_the_reasons_say_what_is_missing() -> None:
    verdict = bbl.funding(YEAR, ENROLLED, [])
    assert (verdict.counts, [reason.text for reason in verdict.reasons]) == (
        False,
        [
            "ingeschreven op do 1 okt 2026",
            "geen POK voor de kwalificatie die uiterlijk do 31 dec 2026 door iedereen is getekend",
            "niet in de praktijk op do 31 dec 2026",
        ],
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 10, 1), None, []),
        (date(2026, 10, 2), None, [Part.ENROLLED]),
        (date(2026, 8, 1), date(2026, 10, 1), []),
        (date(2026, 8, 1), date(2026, 9, 30), [Part.ENROLLED]),
    ],
)
def test_bbl_03_enrolled_on_1_october(start: date, end: date | None, expected: list[Part]) -> None:
    assert unmet(Enrolled(start, end, level=3, vws=False), POK) == expected


@pytest.mark.parametrize(
    ("concluded", "expected"),
    [
        (date(2026, 12, 30), []),
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), [Part.CONCLUDED, Part.RUNNING]),
    ],
)
def test_bbl_03_concluded_on_31_december_at_the_latest(concluded: date, expected: list[Part]) -> None:
    assert unmet(ENROLLED, a_pok(concluded)) == expected


@pytest.mark.parametrize(
    ("start", "last_day", "expected"),
    [
        (date(2026, 12, 31), date(2026, 12, 31), []),
        (date(2027, 1, 1), date(2027, 7, 16), [Part.RUNNING]),
        (date(2026, 8, 31), date(2026, 12, 30), [Part.RUNNING]),
    ],
)
def test_bbl_03_in_practice_on_31_december(start: date, last_day: date, expected: list[Part]) -> None:
    assert unmet(ENROLLED, a_pok(start=start, last_day=last_day)) == expected


@pytest.mark.parametrize(
    ("start", "last_day", "expected"),
    [
        (date(2027, 6, 1), date(2028, 6, 1), []),
        (date(2027, 6, 2), date(2028, 6, 1), [Part.RUNNING]),
        (date(2026, 8, 31), date(2026, 12, 30), [Part.RUNNING]),
    ],
)
def test_bbl_03_vws_in_practice_from_1_june_at_the_latest(start: date, last_day: date, expected: list[Part]) -> None:
    assert unmet(VWS, a_pok(start=start, last_day=last_day)) == expected


def test_bbl_03_vws_still_has_its_pok_concluded_in_december() -> None:
    assert unmet(VWS, a_pok(date(2027, 1, 1), date(2027, 2, 1))) == [Part.CONCLUDED, Part.RUNNING]


@pytest.mark.parametrize(("concluded", "expected"), [(date(2026, 12, 31), []), (date(2027, 1, 1), [Part.CONCLUDED])])
def test_bbl_03_entree_has_no_third_part(concluded: date, expected: list[Part]) -> None:
    assert unmet(ENTREE, a_pok(concluded, start=date(2027, 1, 4))) == expected


def test_t6_a_pok_for_keuzedelen_only_does_not_count() -> None:
    only = Concluded(POK.concluded_on, POK.start, POK.last_day, qualification=False)
    assert unmet(ENROLLED, only) == [Part.CONCLUDED, Part.RUNNING]


def test_one_pok_meets_both_parts() -> None:
    ended, late = a_pok(last_day=date(2026, 11, 1)), a_pok(date(2027, 1, 1))
    assert unmet(ENROLLED, ended, late) == [Part.RUNNING]
    assert unmet(ENROLLED, ended, a_pok(date(2026, 12, 31), date(2026, 12, 31))) == []


@pytest.mark.parametrize(
    ("start", "today", "year"),
    [
        (date(2026, 8, 1), date(2026, 5, 1), 2026),  # before the first year: that year
        (date(2026, 8, 1), date(2026, 11, 24), 2026),
        (date(2026, 8, 1), date(2027, 7, 31), 2026),
        (date(2026, 8, 1), date(2027, 8, 1), 2027),
        (date(2026, 10, 1), date(2026, 10, 2), 2026),
        (date(2026, 10, 2), date(2026, 10, 2), 2027),
        (date(2027, 2, 1), date(2027, 2, 1), 2027),  # T4b: a February starter
    ],
)
def test_t4b_the_year_that_is_tested(start: date, today: date, year: int) -> None:
    assert bbl.tested_year(start, today) == year


def test_t4b_a_february_starter_counts_from_the_next_31_december() -> None:
    starter = Enrolled(date(2027, 2, 1), None, level=3, vws=False)
    pok = a_pok(date(2027, 1, 20), date(2027, 2, 1), date(2028, 7, 1))
    assert (unmet(starter, pok), unmet(starter, pok, year=2027)) == (list(Part), [])


@pytest.mark.parametrize(
    ("start", "late"),
    [
        (date(2026, 8, 1), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 2), True),
        (date(2027, 7, 31), True),
        (date(2027, 8, 1), False),
    ],
)
def test_t4b_who_begins_after_1_october_is_tested_a_year_later(start: date, late: bool) -> None:
    assert bbl.began_late(start) == late


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (date(2026, 8, 1), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2027, 2, 1), date(2026, 4, 1)),
    ],
)
def test_bbl_02_the_search_begins_on_1_april(start: date, first: date) -> None:
    assert bbl.search_from(start) == first


@pytest.mark.parametrize(
    ("on", "may"),
    [
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
        (date(2027, 7, 31), True),
        (date(2027, 8, 1), False),
        (date(2028, 1, 1), False),
    ],
)
def test_bbl_04_the_school_may_decide_from_1_january_of_the_first_year(on: date, may: bool) -> None:
    assert bbl.may_decide(ENROLLED.start, on) == may


def test_bbl_04_of_a_february_starter_from_the_next_1_january() -> None:
    assert bbl.decision_from(date(2027, 2, 1)) == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("decided", "until"),
    [
        (date(2027, 1, 11), date(2027, 3, 8)),
        (date(2027, 1, 1), date(2027, 2, 26)),
        (date(2028, 1, 4), date(2028, 2, 29)),
    ],
)
def test_bbl_05_eight_weeks_of_support(decided: date, until: date) -> None:
    assert bbl.support_until(decided) == until


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2026, 9, 30), 0),
        (date(2026, 10, 1), 1),
        (date(2026, 10, 31), 1),
        (date(2026, 11, 1), 2),
        (date(2026, 11, 30), 2),
        (date(2026, 12, 1), 3),
        (date(2026, 12, 14), 3),
        (date(2026, 12, 15), 4),
        (date(2026, 12, 31), 4),
        (date(2027, 1, 1), 5),
    ],
)
def test_bbl_03_the_words_become_stronger(today: date, level: int) -> None:
    assert bbl.urgency(today, YEAR) == level


@pytest.mark.parametrize(("day", "year"), [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026)])
def test_a_school_year_begins_on_1_august(day: date, year: int) -> None:
    assert bbl.school_year(day) == year


def test_the_dates_of_one_enrolment() -> None:
    assert bbl.dates(VWS, date(2026, 11, 24)) == bbl.Dates(
        year=2026,
        search_from=date(2026, 4, 1),
        counted_on=date(2026, 10, 1),
        concluded_by=date(2026, 12, 31),
        practice_by=date(2027, 6, 1),
        decision_from=date(2027, 1, 1),
        decision_until=date(2027, 7, 31),
    )
