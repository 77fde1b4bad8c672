"""Addendum, a POK of its own, a new one, or nothing (KZD-01..KZD-07): the whole table."""

import itertools
from datetime import date, timedelta

import pytest

from standards.keuzedelen import Answer, Change, Pok, Situation, advise

START, END = date(2026, 8, 31), date(2027, 2, 26)
DAY = timedelta(days=1)


def ask(pok=Pok.SIGNED, same=True, change=Change.ADD, start=START, end=END):
    found = advise(Situation(pok, same, change, START, END, start, end))
    return found.answer, found.rules


NOTHING, MAKE = (Answer.NOTHING, ("KZD-01",)), (Answer.MAKE, ("KZD-01",))
OWN = (Answer.KEUZEDELEN_POK, ("KZD-05", "KZD-06"))
VERSION = (Answer.NEW_VERSION, ("KZD-01",))
# (POK, same leerbedrijf, what is wanted) -> (same period, longer, later)
TABLE = {
    (Pok.SIGNED, True, Change.ADD): ((Answer.ADDENDUM, ("KZD-02", "KZD-03")), OWN, OWN),
    (Pok.SIGNED, True, Change.SWITCH): ((Answer.ADDENDUM, ("KZD-03",)), OWN, OWN),
    (Pok.SIGNED, True, Change.FINISH): (NOTHING, (Answer.EXTENSION, ("KZD-04",)), OWN),
    (Pok.SIGNED, True, Change.OTHER): ((Answer.END_AND_NEW, ("KZD-07",)),) * 3,
    (Pok.SIGNED, False, Change.ADD): (OWN,) * 3,
    (Pok.SIGNED, False, Change.SWITCH): (OWN,) * 3,
    (Pok.SIGNED, False, Change.FINISH): (OWN,) * 3,
    (Pok.SIGNED, False, Change.OTHER): ((Answer.END_AND_NEW, ("KZD-07",)),) * 3,
    (Pok.UNSIGNED, True, Change.ADD): (VERSION,) * 3,
    (Pok.UNSIGNED, True, Change.SWITCH): (VERSION,) * 3,
    (Pok.UNSIGNED, True, Change.FINISH): (VERSION,) * 3,
    (Pok.UNSIGNED, True, Change.OTHER): ((Answer.NEW_VERSION, ("KZD-07",)),) * 3,
    (Pok.UNSIGNED, False, Change.ADD): (OWN,) * 3,
    (Pok.UNSIGNED, False, Change.SWITCH): (OWN,) * 3,
    (Pok.UNSIGNED, False, Change.FINISH): (OWN,) * 3,
    (Pok.UNSIGNED, False, Change.OTHER): ((Answer.NEW_VERSION, ("KZD-07",)),) * 3,
}
PERIODS = [(START, END), (START, END + 30 * DAY), (END + DAY, END + 60 * DAY)]


def expected(pok, same, change):
    if change is Change.NOTHING:
        return (NOTHING,) * 3
    return (MAKE,) * 3 if pok is Pok.NONE else TABLE[pok, same, change]


@pytest.mark.parametrize(("pok", "same", "change"), list(itertools.product(Pok, (True, False), Change)))
def test_the_whole_table(pok, same, change):
    assert tuple(ask(pok, same, change, *period) for period in PERIODS) == expected(pok, same, change)


@pytest.mark.parametrize(
    ("change", "start", "end", "answer"),
    [
        (Change.ADD, START, END, Answer.ADDENDUM),
        (Change.ADD, START - DAY, END, Answer.KEUZEDELEN_POK),
        (Change.ADD, START, END + DAY, Answer.KEUZEDELEN_POK),
        (Change.ADD, END, END, Answer.ADDENDUM),  # one day of overlap, the last
        (Change.ADD, END + DAY, END + DAY, Answer.KEUZEDELEN_POK),
        (Change.SWITCH, START + DAY, END - DAY, Answer.ADDENDUM),
        (Change.FINISH, START, END, Answer.NOTHING),
        (Change.FINISH, START, END + DAY, Answer.EXTENSION),
        (Change.FINISH, END, END + DAY, Answer.EXTENSION),
        (Change.FINISH, END + DAY, END + 2 * DAY, Answer.KEUZEDELEN_POK),
    ],
)
def test_the_first_and_the_last_day(change, start, end, answer):
    assert ask(change=change, start=start, end=end)[0] == answer


def test_every_advice_says_why():
    reasons = {
        advise(Situation(pok, same, change, START, END, *period)).reason
        for pok, same, change in itertools.product(Pok, (True, False), Change)
        for period in PERIODS
    }
    assert "" not in reasons


def test_a_period_is_needed_where_it_decides():
    with pytest.raises(ValueError, match="period"):
        advise(Situation(Pok.SIGNED, True, Change.ADD))
