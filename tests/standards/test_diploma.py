"""The diploma requirement: every bpv positive, or an equivalence (BEO-14, OND-15, ZIJ-03): the whole table."""

import itertools

import pytest

from standards.diploma import Answer, Period, Result, judge

GOOD = Period("Alfa", Result.GOOD)
SUFFICIENT = Period("Beta", Result.SUFFICIENT)
BAD = Period("Gamma", Result.INSUFFICIENT)
OPEN = Period("Delta", Result.NONE)
ENDED = Period("Epsilon", Result.NONE, ended_early=True)
ENDED_GOOD = Period("Zeta", Result.GOOD, ended_early=True)
NONE = "er is nog geen bpv die meetelt"
NOT_BAD = "onvoldoende bij Gamma"
NOT_OPEN = "nog geen eindoordeel bij Delta"
NOT_ENDED = "bij Epsilon beëindigd zonder eindoordeel: een besluit is nodig"


def out(period):
    return Period(period.where, period.result, period.ended_early, left_out=True)


TABLE = [
    ([], (NONE,)),
    ([GOOD], ()),
    ([SUFFICIENT], ()),
    ([GOOD, SUFFICIENT], ()),
    ([ENDED_GOOD], ()),
    ([BAD], (NOT_BAD,)),
    ([OPEN], (NOT_OPEN,)),
    ([ENDED], (NOT_ENDED,)),
    ([GOOD, BAD], (NOT_BAD,)),
    ([GOOD, OPEN], (NOT_OPEN,)),
    ([GOOD, ENDED], (NOT_ENDED,)),
    ([BAD, OPEN, ENDED], (NOT_BAD, NOT_OPEN, NOT_ENDED)),
    ([out(BAD), GOOD], ()),
    ([out(ENDED), SUFFICIENT], ()),
    ([out(OPEN), BAD], (NOT_BAD,)),
    ([out(GOOD)], (NONE,)),
    ([out(BAD), out(ENDED)], (NONE,)),
]


@pytest.mark.parametrize(("periods", "reasons"), TABLE)
def test_beo_14_every_bpv_is_positive(periods, reasons):
    found = judge(periods, equivalent=False)
    assert (found.answer, found.reasons) == (Answer.NOT_YET if reasons else Answer.MET, reasons)


@pytest.mark.parametrize(("periods", "reasons"), TABLE)
def test_zij_03_an_equivalence_takes_the_place_of_what_lacks(periods, reasons):
    found = judge(periods, equivalent=True)
    assert (found.answer, found.reasons) == (Answer.EXEMPT if reasons else Answer.MET, ())


def test_the_order_of_the_periods_does_not_matter():
    answers = {judge(order, equivalent=False).answer for order in itertools.permutations([GOOD, BAD, OPEN, ENDED])}
    assert answers == {Answer.NOT_YET}


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Answer.MET, "voldoet"),
        (Answer.NOT_YET, "voldoet nog niet"),
        (Answer.EXEMPT, "vrijgesteld (gelijkwaardig)"),
    ],
)
def test_the_answer_in_words(answer, word):
    periods = [GOOD] if answer is Answer.MET else []
    assert judge(periods, equivalent=answer is Answer.EXEMPT).word == word
