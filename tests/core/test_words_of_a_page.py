"""Days and moments in the reader's language; the norms ask the same catalogues."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from bpv.core.clock import AMSTERDAM
from bpv.core.templatetags.bpv import nl_date, nl_moment, until
from standards import RULES

DAY = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("language", "full", "short"),
    [
        ("nl", "ma 31 aug 2026", "ma 31 aug"),
        ("en", "Mon 31 Aug 2026", "Mon 31 Aug"),
        ("de", "Mo. 31. Aug. 2026", "Mo. 31. Aug."),
        ("es", "lun 31 ago 2026", "lun 31 ago"),
    ],
)
def test_a_day(language, full, short):
    with override(language):
        assert (nl_date(DAY), nl_date(DAY, "short")) == (full, short)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "do 19 nov, 14.32"),
        ("en", "Thu 19 Nov, 14:32"),
        ("de", "Do. 19. Nov., 14:32 Uhr"),
        ("es", "jue 19 nov, 14:32"),
    ],
)
def test_a_moment(language, text):
    with override(language):
        assert nl_moment(datetime(2026, 11, 19, 14, 32, tzinfo=AMSTERDAM)) == text


@pytest.mark.parametrize(
    ("language", "coming", "late"),
    [
        ("nl", "uiterlijk ma 31 aug", "ma 31 aug · 1 dag te laat"),
        ("en", "due Mon 31 Aug", "Mon 31 Aug · 1 day late"),
        ("de", "spätestens Mo. 31. Aug.", "Mo. 31. Aug. · 1 Tag zu spät"),
        ("es", "a más tardar el lun 31 ago", "lun 31 ago · 1 día de retraso"),
    ],
)
def test_a_due_date(language, coming, late):
    with override(language):
        assert (until(DAY, date(2026, 8, 30)), until(DAY, date(2026, 9, 1))) == (coming, late)


def test_a_rule_of_the_handbook():
    with override("en"):
        assert (RULES["S5"].name, RULES["S5"].label, RULES["LB-02"].label) == (
            "POK in file",
            "standard 5",
            "handbook 5.1",
        )
