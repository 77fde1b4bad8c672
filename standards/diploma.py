"""Does every bpv of a student, or an equivalence, meet the diploma requirement? (BEO-14, OND-15, ZIJ-03)"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from standards.words import gettext as _
from standards.words import gettext_noop


class Result(StrEnum):
    """The eindoordeel of one bpv."""

    NONE = ""
    INSUFFICIENT = "o"
    SUFFICIENT = "v"
    GOOD = "g"


class Answer(StrEnum):
    MET = "met"
    NOT_YET = "not_yet"
    EXEMPT = "exempt"


ANSWERS = {
    Answer.MET: gettext_noop("voldoet"),
    Answer.NOT_YET: gettext_noop("voldoet nog niet"),
    Answer.EXEMPT: gettext_noop("vrijgesteld (gelijkwaardig)"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """One bpv that was not cancelled. `left_out`: the examencommissie decided that it does not count."""

    where: str
    result: Result
    ended_early: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, and what stands in the way."""

    answer: Answer
    reasons: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The answer in the reader's language."""
        return _(ANSWERS[self.answer])


def judge(periods: Iterable[Period], *, equivalent: bool) -> Verdict:
    """BEO-14: met when there is a bpv that counts and each of them has a positive eindoordeel.

    A bpv that ended early without an eindoordeel is neither: it stands in the way until it is judged, or until the
    examencommissie decides that it does not count.
    """
    counted = [period for period in periods if not period.left_out]
    reasons = tuple(filter(None, map(_lacking, counted))) if counted else (_("er is nog geen bpv die meetelt"),)
    if not reasons:
        return Verdict(Answer.MET)
    return Verdict(Answer.EXEMPT) if equivalent else Verdict(Answer.NOT_YET, reasons)


def _lacking(period: Period) -> str:
    """Why this bpv stands in the way; empty when it does not."""
    if period.result in (Result.SUFFICIENT, Result.GOOD):
        return ""
    if period.result is Result.INSUFFICIENT:
        return _("onvoldoende bij %(where)s") % {"where": period.where}
    if period.ended_early:
        return _("bij %(where)s beëindigd zonder eindoordeel: een besluit is nodig") % {"where": period.where}
    return _("nog geen eindoordeel bij %(where)s") % {"where": period.where}
