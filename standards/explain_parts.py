"""What the explanations of several rules have in common."""

from datetime import date

from standards.periods import Period
from standards.words import gettext as _
from standards.words import long_date

Fact = tuple[str, str]


def day_or_not_yet(day: date | None) -> str:
    """The day in full, or that it did not happen yet."""
    return long_date(day) if day else _("nog niet")


def listed(words: list[str]) -> str:
    """`a`, `a en b`, `a, b en c`; empty for none."""
    if len(words) < 2:
        return "".join(words)
    return _("%(words)s en %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}


def period_fact(period: Period) -> Fact:
    """The bpv-periode, with its school year when it is a part of the bpv."""
    dates = {"start": long_date(period.first), "end": long_date(period.last)}
    if period.year:
        dates["year"] = period.name
        return _("Bpv-periode"), _("schooljaar %(year)s: %(start)s t/m %(end)s") % dates
    return _("Bpv-periode"), _("%(start)s t/m %(end)s") % dates
