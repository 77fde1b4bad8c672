"""Closing a dossier: what is missing and who has it; closed it changes no more (S8-d).

Each part of the bpv has one function in CHECKS; what knows of more than the assessment adds its own. A part that blocks
must be there; without another the dossier can be closed by who says so. A bpv that ended early can be closed without a
judgement, also of a keuzedeel: it may never get one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment import assignments
from assessment.models import CompanyJudgement, Final, Goal, HandedOut, Interim, KeuzedeelResult, StudentView
from bpv.core import audit, clock
from placements import timesheet
from placements.access import may_guide, may_manage
from placements.models import Placement, State
from placements.services import documents_out
from standards.words import long_date


class Who(TextChoices):
    STUDENT = "student", gettext_lazy("student")
    SUPERVISOR = "supervisor", gettext_lazy("praktijkopleider")
    TEACHER = "teacher", gettext_lazy("bpv-docent")
    COORDINATOR = "coordinator", gettext_lazy("bpv-coördinator")


class Part(TextChoices):
    """What belongs in a closed dossier."""

    OVER = "over", gettext_lazy("De bpv is nog niet afgelopen")
    FINAL = "final", gettext_lazy("Eindbeoordeling")
    TOLD = "told", gettext_lazy("Uitslag mondeling verteld")
    INTERIM = "interim", gettext_lazy("Tussentijdse beoordeling")
    COMPANY = "company", gettext_lazy("Oordeel van het leerbedrijf")
    KEUZEDEEL = "keuzedeel", gettext_lazy("Resultaat van een keuzedeel")
    GOALS = "goals", gettext_lazy("Leerdoelen geëvalueerd")
    ASSIGNMENTS = "assignments", gettext_lazy("Opdrachten ingeleverd")
    JUDGED = "judged", gettext_lazy("Opdrachten beoordeeld")
    VIEW = "view", gettext_lazy("Eigen oordeel van de student")
    HOURS = "hours", gettext_lazy("Uren ingeleverd")
    CONFIRMED = "confirmed", gettext_lazy("Uren bevestigd")
    DOCUMENTS = "documents", gettext_lazy("POK of wijziging die nog wacht op een antwoord")
    POK = "pok", gettext_lazy("POK in dossier")
    TALKS = "talks", gettext_lazy("Drie contactmomenten")


# Part -> who has it (nobody can do anything about a bpv that is not over), and the page on which it is done.
WHERE: dict[Part, tuple[Who | None, str]] = {
    Part.OVER: (None, "dossier"),
    Part.FINAL: (Who.TEACHER, "final"),
    Part.TOLD: (Who.TEACHER, "final"),
    Part.INTERIM: (Who.TEACHER, "interim"),
    Part.COMPANY: (Who.SUPERVISOR, "hearing"),
    Part.KEUZEDEEL: (Who.TEACHER, "keuzedelen"),
    Part.GOALS: (Who.TEACHER, "goals"),
    Part.ASSIGNMENTS: (Who.STUDENT, "assignments"),
    Part.JUDGED: (Who.TEACHER, "assignments"),
    Part.VIEW: (Who.STUDENT, "final"),
    Part.HOURS: (Who.STUDENT, "hours"),
    Part.CONFIRMED: (Who.SUPERVISOR, "hours"),
    Part.DOCUMENTS: (Who.COORDINATOR, "dossier"),
    Part.POK: (Who.COORDINATOR, "dossier"),
    Part.TALKS: (Who.TEACHER, "dossier"),
}


@dataclass(frozen=True)
class Missing:
    """A part that is not there: why, and whether the dossier can be closed without it."""

    part: Part
    number: str
    blocks: bool
    note: str = ""

    @property
    def who(self) -> str:
        """Who has it; "" when it is a matter of time."""
        who = WHERE[self.part][0]
        return str(who.label) if who else ""

    @property
    def url(self) -> str:
        """Where it is done."""
        return reverse(WHERE[self.part][1], args=[self.number])


@dataclass(frozen=True)
class Known:
    """What is there of one placement, each asked once."""

    placement: Placement
    today: date

    @property
    def must(self) -> bool:
        """Whether there must be a judgement: not when the bpv ended early."""
        return self.placement.state != State.ENDED

    @cached_property
    def final(self) -> Final | None:
        return Final.objects.filter(placement=self.placement, is_current=True).first()

    @property
    def exempt(self) -> bool:
        """Adopted with a reason, without an interim assessment or the leerbedrijf (S8-c)."""
        return bool(self.final and self.final.override)

    def lacks(self, part: Part, *, blocks: bool, note: str = "") -> Missing:
        """That this part is missing."""
        return Missing(part, self.placement.number, blocks, note)


def _over(known: Known) -> Iterator[Missing]:
    if known.today <= known.placement.last_day:
        note = _("De laatste dag is %(day)s.") % {"day": long_date(known.placement.last_day)}
        yield known.lacks(Part.OVER, blocks=True, note=note)


def _final(known: Known) -> Iterator[Missing]:
    """The eindoordeel, told to both in person (BEO-12, BEO-13)."""
    if known.final is None:
        note = "" if known.must else _("De bpv is voortijdig beëindigd.")
        yield known.lacks(Part.FINAL, blocks=known.must, note=note)
        return
    told = ((known.final.student_told_on, Who.STUDENT), (known.final.supervisor_told_on, Who.SUPERVISOR))
    untold = [str(who.label) for on, who in told if on is None]
    if untold:
        note = _("Nog niet verteld aan: %(who)s.") % {"who": ", ".join(untold)}
        yield known.lacks(Part.TOLD, blocks=True, note=note)


def _interim(known: Known) -> Iterator[Missing]:
    """At least one that was told to both (BEO-05, BEO-06)."""
    found = list(Interim.objects.filter(placement=known.placement))
    if known.exempt or any(interim.is_complete for interim in found):
        return
    note = _("Nog niet verteld aan student en praktijkopleider.") if found else ""
    yield known.lacks(Part.INTERIM, blocks=known.must, note=note)


def _company(known: Known) -> Iterator[Missing]:
    """The leerbedrijf was heard (BEO-09)."""
    heard = CompanyJudgement.objects.filter(placement=known.placement, submitted_at__isnull=False)
    if not known.exempt and not heard.exists():
        yield known.lacks(Part.COMPANY, blocks=known.must)


def _keuzedelen(known: Known) -> Iterator[Missing]:
    """KZD-09: of every keuzedeel whether it gives right to a certificaat, and then its three data."""
    kept = {result.code: result for result in KeuzedeelResult.objects.filter(placement=known.placement)}
    for code in known.placement.keuzedelen:
        if code not in kept:
            note = _("%(code)s: geeft dit recht op een certificaat?") % {"code": code}
            yield known.lacks(Part.KEUZEDEEL, blocks=known.must, note=note)
        elif not kept[code].is_complete:
            note = _("%(code)s: resultaat, eisen en uren zijn nodig.") % {"code": code}
            yield known.lacks(Part.KEUZEDEEL, blocks=known.must, note=note)


def _goals(known: Known) -> Iterator[Missing]:
    """VB-08: those of this period were evaluated with the leerbedrijf."""
    dates = Goal.objects.filter(placement=known.placement, for_later=False).values_list("evaluated_on", flat=True)
    evaluated = list(dates)
    if not evaluated:
        yield known.lacks(Part.GOALS, blocks=False, note=_("Er zijn geen leerdoelen opgesteld."))
    elif None in evaluated:
        counts = {"open": evaluated.count(None), "all": len(evaluated)}
        note = _("%(open)s van de %(all)s nog niet geëvalueerd.") % counts
        yield known.lacks(Part.GOALS, blocks=False, note=note)


def _assignments(known: Known) -> Iterator[Missing]:
    """Q-ST-10: what was handed out is handed in and judged."""
    found = assignments.left_open(known.placement)
    for part, state in ((Part.ASSIGNMENTS, HandedOut.State.OPEN), (Part.JUDGED, HandedOut.State.SUBMITTED)):
        if titles := [handed.title for handed in found if handed.state == state]:
            note = _("Nog open: %(titles)s.") % {"titles": ", ".join(titles)}
            yield known.lacks(part, blocks=False, note=note)


def _view(known: Known) -> Iterator[Missing]:
    if not StudentView.objects.filter(placement=known.placement, submitted_at__isnull=False).exists():
        yield known.lacks(Part.VIEW, blocks=False)


def _hours(known: Known) -> Iterator[Missing]:
    """UUR-01: every week is in and confirmed; nothing where the opleiding keeps no hours."""
    due = timesheet.to_enter(known.placement, known.today)
    if due:
        note = ngettext("Van %(count)s week nog niet.", "Van %(count)s weken nog niet.", len(due))
        yield known.lacks(Part.HOURS, blocks=False, note=note % {"count": len(due)})
    if count := timesheet.waiting([known.placement]).get(known.placement.pk, 0):
        note = ngettext("%(count)s week wacht nog.", "%(count)s weken wachten nog.", count)
        yield known.lacks(Part.CONFIRMED, blocks=False, note=note % {"count": count})


def _documents(known: Known) -> Iterator[Missing]:
    """S8-d: what is out would change the bpv afterwards (T16): it is answered or withdrawn first."""
    if numbers := documents_out(known.placement, known.today):
        note = _("Nog open: %(titles)s.") % {"titles": ", ".join(numbers)}
        yield known.lacks(Part.DOCUMENTS, blocks=True, note=note)


Check = Callable[[Known], Iterator[Missing]]
CHECKS: list[Check] = [_over, _final, _interim, _company, _keuzedelen, _goals, _assignments, _view, _hours, _documents]


def missing(placement: Placement, today: date) -> list[Missing]:
    """What is not there yet; what blocks stands first."""
    known = Known(placement, today)
    found = [lacking for check in CHECKS for lacking in check(known)]
    return sorted(found, key=lambda lacking: not lacking.blocks)


@transaction.atomic
def close(*, placement: Placement, by: Any, despite: bool = False) -> Placement:
    """Close the dossier: nothing in it changes any more. `despite`: also without the parts that do not block.

    Raises ValidationError: closed already, cancelled, or something is missing. PermissionDenied for who does not guide.
    """
    locked = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if not may_guide(by, locked):
        raise PermissionDenied
    if locked.closed_at:
        raise ValidationError(_("Dit dossier is al afgesloten."), code="closed")
    if locked.state == State.CANCELLED:
        raise ValidationError(_("Deze plaatsing is vervallen: er is niets af te sluiten."), code="cancelled")
    lacking = missing(locked, clock.today())
    if any(one.blocks for one in lacking):
        raise ValidationError(_("Dit dossier kan nog niet dicht. Hierboven staat wat er eerst moet gebeuren."))
    if lacking and not despite:
        raise ValidationError({"despite": _("Zet een vinkje als je afsluit hoewel er iets ontbreekt.")})
    locked.closed_at, locked.closed_by = clock.now(), by
    locked.save(update_fields=["closed_at", "closed_by"])
    if lacking:
        labels = [one.part.label for one in lacking]
        audit.record("assessment_closed_without", subject=locked, by=by, dossier=locked.pk, parts=labels)
    else:
        audit.record("assessment_closed", subject=locked, by=by, dossier=locked.pk)
    return locked


@transaction.atomic
def reopen(*, placement: Placement, by: Any, reason: str) -> Placement:
    """Open a closed dossier again. Raises ValidationError: not closed, or without a reason.

    PermissionDenied for others than the bpv-coördinator of the team.
    """
    locked = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if not may_manage(by, locked):
        raise PermissionDenied
    if not locked.closed_at:
        raise ValidationError(_("Dit dossier is niet afgesloten."), code="open")
    if not reason.strip():
        raise ValidationError({"reason": _("Geef een reden.")})
    locked.closed_at = locked.closed_by = None
    locked.save(update_fields=["closed_at", "closed_by"])
    audit.record("assessment_reopened", subject=locked, by=by, dossier=locked.pk, reason=reason.strip())
    return locked
