"""What the numbers of the hours mean, in words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from bpv.core.templatetags.bpv import hours as number
from standards.bpv_hours import Counting, Tally
from standards.hours_answers import Answer, Contract, Exam, Funding, Norm
from standards.words import long_date


class Said(NamedTuple):
    """One of the three answers: about what, how it stands, and what that means."""

    about: str
    state: str
    word: str
    text: str


def norm_source(norm: Norm) -> str:
    """Where a number comes from and for whom it holds."""
    if norm.valid_from:
        return _("%(source)s, geldt vanaf %(day)s") % {"source": norm.source, "day": long_date(norm.valid_from)}
    return _("%(source)s, voor cohorten vanaf %(cohort)s") % {"source": norm.source, "cohort": norm.cohort_from}


def counting_word(days: Iterable[Counting]) -> str:
    """What to say of a week with such days (G-06); nothing when all of it counts."""
    found = set(days)
    if Counting.NOT in found:
        return _("telt niet mee") if found == {Counting.NOT} else _("telt voor een deel niet mee")
    return _("telt mogelijk niet mee") if Counting.RISK in found else ""


def said(answer: Answer, total: Tally, agreed: int, norms: list[Norm]) -> list[Said]:
    """The three answers of UUR-03, each with its own state. `agreed`: the hours of the whole POK."""
    return [
        Said(_("Bekostiging"), *_funding(answer.funding, norms)),
        Said(_("Contract (POK)"), *_contract(answer.contract, total, agreed)),
        Said(_("Examinering"), *_exam(answer.exam)),
    ]


def _funding(state: Funding, norms: list[Norm]) -> tuple[str, str, str]:
    numbers = {
        "needed": sum(norm.needed for norm in norms),
        "made": number(sum((norm.made for norm in norms), Decimal(0))),
        "planned": sum(norm.planned for norm in norms),
    }
    match state:
        case Funding.NO_NORM:
            return "na", _("geen norm"), _("Voor deze opleiding geeft de wet geen aantal bpv-uren.")
        case Funding.MET:
            return "done", _("norm gehaald"), _("Voor de bekostiging hoeft de student geen uren in te halen.")
        case Funding.RUNNING:
            text = _("De wet vraagt %(needed)s uur; %(made)s uur is bevestigd en telt mee, %(planned)s uur is gepland.")
            return "coming", _("nog niet te zeggen"), text % numbers
        case Funding.SHORT:
            text = _(
                "De wet vraagt %(needed)s uur; %(made)s uur is bevestigd en telt mee. De student haalt uren in, of het"
                " bevoegd gezag verantwoordt waarom het minder is."
            )
            return "missed", _("norm niet gehaald"), text % numbers


def _contract(state: Contract, total: Tally, agreed: int) -> tuple[str, str, str]:
    left, ended_early = {"left": number(total.owed)}, total.planned < agreed
    match state:
        case Contract.FULFILLED if ended_early:
            return "done", _("nagekomen"), _("De uren die tot de laatste dag gepland waren, zijn gemaakt.")
        case Contract.FULFILLED:
            return "done", _("nagekomen"), _("De uren van de POK zijn gemaakt.")
        case Contract.RUNNING:
            return "coming", _("loopt"), _("Van de uren van de POK zijn er nog %(left)s te gaan.") % left
        case Contract.MAY_HOLD if ended_early:
            text = _("Er zijn %(left)s uur minder gemaakt dan er tot de laatste dag gepland waren.")
            return "coming", _("minder dan afgesproken"), text % left
        case Contract.MAY_HOLD:
            text = _(
                "Er zijn %(left)s uur minder gemaakt dan in de POK staat. Het leerbedrijf mag de student aan die uren"
                " houden. Het is geen plicht."
            )
            return "coming", _("minder dan afgesproken"), text % left
        case Contract.NO_POK:
            text = _("Zonder POK die iedereen heeft getekend, is er met het leerbedrijf niets afgesproken over uren.")
            return "na", _("geen geldige POK"), text


def _exam(state: Exam) -> tuple[str, str, str]:
    match state:
        case Exam.WHOLE:
            return "done", _("alle uren gemaakt"), _("Het aantal uren staat een beoordeling niet in de weg.")
        case Exam.ENOUGH:
            return "done", _("te beoordelen"), _("Niet alle uren zijn nodig: de bpv is te beoordelen.")
        case Exam.NOT_ENOUGH:
            return "soon", _("nog niet te beoordelen"), _("Er zijn meer uren nodig om de bpv te kunnen beoordelen.")
        case Exam.TO_SAY:
            text = _("Niet alle uren zijn nodig, als de bpv te beoordelen is. Dat is nog niet vastgelegd.")
            return "coming", _("nog vast te leggen"), text
