"""Why a finding of the assessment says what it says: standards 7 and 8, with hearing the leerbedrijf and telling."""

from collections.abc import Callable
from datetime import date

from standards.checks_assessment import interim_before_final_on, interims_in_period
from standards.explain_parts import Fact, day_or_not_yet, listed, period_fact
from standards.facts import AssessmentFacts, InterimFact, PlacementFacts
from standards.periods import Period
from standards.words import gettext as _
from standards.words import long_date

Explained = tuple[list[Fact], str]


def _seen(known: PlacementFacts) -> AssessmentFacts:
    """What was done; nothing yet when nothing is kept."""
    return known.assessment or AssessmentFacts()


def _start(known: PlacementFacts) -> Fact:
    return _("Start"), long_date(known.start)


def _end(known: PlacementFacts) -> Fact:
    return _("Einde"), long_date(known.end)


def _to_tell(student: date | None, supervisor: date | None) -> str:
    """Who does not know it yet, as words in a sentence; empty when both do."""
    waiting = ((_("student"), student), (_("praktijkopleider"), supervisor))
    return listed([party for party, told_on in waiting if told_on is None])


def _goals(known: PlacementFacts) -> Explained:
    seen = _seen(known)
    rows = [
        _start(known),
        (_("Leerdoel bij een werkproces"), day_or_not_yet(seen.goals_set_on)),
        (_("Opdracht uitgedeeld"), day_or_not_yet(seen.assignment_given_on)),
    ]
    if seen.goals_set_on:
        return rows, _("Deel een opdracht uit die bij de leerdoelen past.")
    if seen.assignment_given_on:
        return rows, _("Leg met de student een leerdoel vast en kies het werkproces erbij.")
    return rows, _("Leg met de student een leerdoel vast, kies het werkproces erbij en deel een opdracht uit.")


def _procedure(known: PlacementFacts) -> Explained:
    seen = _seen(known)
    student, supervisor = seen.plan_student_informed_on, seen.plan_supervisor_informed_on
    rows = [
        _start(known),
        (_("Student geïnformeerd"), day_or_not_yet(student)),
        (_("Praktijkopleider geïnformeerd"), day_or_not_yet(supervisor)),
    ]
    todo = _("Deel het beoordelingsplan nog met: %(parties)s.") % {"parties": _to_tell(student, supervisor)}
    return rows, todo


def _guides(known: PlacementFacts) -> Explained:
    rows = [_start(known), (_("Plan uit beide gidsen gedeeld"), day_or_not_yet(_seen(known).plan_in_guides_on))]
    return rows, _("Schrijf in het beoordelingsplan waar het in beide gidsen staat, en deel het plan.")


def _interim(known: PlacementFacts, period: Period) -> Explained:
    held = interims_in_period(_seen(known), period)
    rows = [period_fact(period), *(_held(interim) for interim in held)]
    if not held:
        return rows, _("Stel in een gesprek met student en praktijkopleider vast hoe het gaat, en leg het vast.")
    parties = _to_tell(held[0].student_told_on, held[0].supervisor_told_on)
    return rows, _("Laat de uitkomst nog weten aan: %(parties)s.") % {"parties": parties}


def _held(interim: InterimFact) -> Fact:
    """The talk, and whether both know what came out."""
    parties = _to_tell(interim.student_told_on, interim.supervisor_told_on)
    told = _("vastgesteld, nog niet verteld aan: %(parties)s") % {"parties": parties}
    return long_date(interim.held_on), told if parties else _("vastgesteld en aan allebei verteld")


def _company(known: PlacementFacts) -> Explained:
    rows = [_end(known), (_("Oordeel van het leerbedrijf"), day_or_not_yet(_seen(known).company_heard_on))]
    return rows, _("Vraag de praktijkopleider naar het oordeel, of leg vast wat je op een andere manier hoorde.")


def _final(known: PlacementFacts) -> Explained:
    seen = _seen(known)
    interim_on = interim_before_final_on(seen)
    rows = [
        _end(known),
        (_("Tussentijdse beoordeling, aan allebei verteld"), day_or_not_yet(interim_on)),
        (_("Eindbeoordeling vastgesteld"), day_or_not_yet(seen.adopted_on)),
    ]
    if seen.adopted_on:
        return rows, _(
            "De eindbeoordeling is vastgesteld zonder dat een tussentijdse beoordeling aan allebei is verteld."
        )
    if interim_on:
        return rows, _("Houd het eindgesprek en stel de eindbeoordeling vast.")
    return rows, _("Leg eerst een tussentijdse beoordeling vast. Stel daarna de eindbeoordeling vast.")


def _told(known: PlacementFacts) -> Explained:
    seen = _seen(known)
    rows = [
        (_("Eindbeoordeling vastgesteld"), day_or_not_yet(seen.adopted_on)),
        (_("Verteld aan de student"), day_or_not_yet(seen.student_told_on)),
        (_("Verteld aan de praktijkopleider"), day_or_not_yet(seen.supervisor_told_on)),
    ]
    if seen.adopted_on is None:
        return rows, _("Stel eerst de eindbeoordeling vast.")
    parties = _to_tell(seen.student_told_on, seen.supervisor_told_on)
    return rows, _("Vertel het resultaat nog in een gesprek aan: %(parties)s.") % {"parties": parties}


def _closed(known: PlacementFacts) -> Explained:
    seen = _seen(known)
    rows = [
        _end(known),
        (_("Eindbeoordeling vastgesteld"), day_or_not_yet(seen.adopted_on)),
        (_("Dossier afgesloten"), day_or_not_yet(seen.closed_on)),
    ]
    return rows, _("Kijk wat er nog ontbreekt en sluit het dossier af.")


PLACEMENT_RULES: dict[str, Callable[[PlacementFacts], Explained]] = {
    "S7": _goals,
    "S8-a": _procedure,
    "S8-b": _guides,
    "BEO-09": _company,
    "S8-c": _final,
    "BEO-12": _told,
    "S8-d": _closed,
}
PERIOD_RULES: dict[str, Callable[[PlacementFacts, Period], Explained]] = {"BEO-06": _interim}
