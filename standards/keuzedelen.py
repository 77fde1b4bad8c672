"""A keuzedeel is added, changed or finished later: which document does that take? (KZD-01..KZD-07)

Four questions: does a signed POK for the kwalificatie stand, is it at the same leerbedrijf, in the same period, and is
the change about keuzedelen only?
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from standards.words import gettext as _
from standards.words import long_date


class Pok(StrEnum):
    """The POK for the kwalificatie of this student."""

    NONE = "none"
    UNSIGNED = "unsigned"
    SIGNED = "signed"


class Change(StrEnum):
    """What is wanted."""

    NOTHING = "nothing"  # the keuzedeel stands on the POK already
    ADD = "add"
    SWITCH = "switch"
    FINISH = "finish"  # a keuzedeel of the POK that needs more time
    OTHER = "other"  # anything else than keuzedelen


class Answer(StrEnum):
    NOTHING = "nothing"
    MAKE = "make"
    NEW_VERSION = "new_version"
    ADDENDUM = "addendum"
    EXTENSION = "extension"
    KEUZEDELEN_POK = "keuzedelen_pok"
    END_AND_NEW = "end_and_new"


@dataclass(frozen=True, slots=True)
class Situation:
    """The answers to the four questions; dates of the POK and of what is wanted (last days included)."""

    pok: Pok
    same_location: bool
    change: Change
    pok_start: date | None = None
    pok_end: date | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, by which rules, and why in one sentence."""

    answer: Answer
    rules: tuple[str, ...]
    reason: str


def advise(asked: Situation) -> Advice:
    """The document that this change takes. A period is the same when it lies within that of the POK."""
    if asked.change is Change.NOTHING:
        return Advice(Answer.NOTHING, ("KZD-01",), _("Het keuzedeel staat al op de POK. Er is niets te tekenen."))
    if asked.pok is Pok.NONE:
        reason = _("Er is nog geen POK. Eén POK kan de kwalificatie en de keuzedelen bevatten.")
        return Advice(Answer.MAKE, ("KZD-01",), reason)
    if asked.change is Change.OTHER:
        return _not_for_keuzedelen(asked)
    if not asked.same_location:
        reason = _("Het keuzedeel is bij een ander leerbedrijf. Daar hoort een eigen POK bij, door iedereen getekend.")
        return Advice(Answer.KEUZEDELEN_POK, ("KZD-05", "KZD-06"), reason)
    if asked.pok is Pok.UNSIGNED:
        reason = _("De POK is nog niet door iedereen getekend. Zet het keuzedeel in een nieuwe versie.")
        return Advice(Answer.NEW_VERSION, ("KZD-01",), reason)
    return _at_the_same_location(asked)


def _not_for_keuzedelen(asked: Situation) -> Advice:
    if asked.pok is Pok.UNSIGNED:
        reason = _("De POK is nog niet door iedereen getekend. Maak een nieuwe versie.")
        return Advice(Answer.NEW_VERSION, ("KZD-07",), reason)
    reason = _("Een addendum is er alleen voor keuzedelen. Beëindig deze POK en maak een nieuwe.")
    return Advice(Answer.END_AND_NEW, ("KZD-07",), reason)


def _at_the_same_location(asked: Situation) -> Advice:
    if asked.pok_start is None or asked.pok_end is None or asked.start is None or asked.end is None:
        raise ValueError("a signed POK has a period, and so has what is wanted")
    if asked.start < asked.pok_start or asked.start > asked.pok_end:
        reason = _("Het keuzedeel begint buiten de periode van de POK (%(start)s tot en met %(end)s).")
        return Advice(Answer.KEUZEDELEN_POK, ("KZD-05", "KZD-06"), reason % _period(asked))
    if asked.end > asked.pok_end:
        if asked.change is Change.FINISH:
            reason = _("Het keuzedeel is op %(end)s nog niet af. De einddatum wordt verlengd met een addendum.")
            return Advice(Answer.EXTENSION, ("KZD-04",), reason % _period(asked))
        reason = _("Het keuzedeel loopt door na het einde van de POK (%(end)s): dat is een andere periode.")
        return Advice(Answer.KEUZEDELEN_POK, ("KZD-05", "KZD-06"), reason % _period(asked))
    if asked.change is Change.FINISH:
        return Advice(Answer.NOTHING, ("KZD-01",), _("Het keuzedeel past nog in de periode van de POK."))
    if asked.change is Change.SWITCH:
        reason = _("De student wisselt van keuzedeel bij hetzelfde leerbedrijf in dezelfde periode.")
        return Advice(Answer.ADDENDUM, ("KZD-03",), reason)
    reason = _("Er komt een keuzedeel bij, bij hetzelfde leerbedrijf in dezelfde periode.")
    return Advice(Answer.ADDENDUM, ("KZD-02", "KZD-03"), reason)


def _period(asked: Situation) -> dict[str, str]:
    return {"start": long_date(asked.pok_start or date.min), "end": long_date(asked.pok_end or date.min)}
