"""Ending a POK early (POK-12): why, by whom, whose fault, and everything that follows from it at once."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements import chain
from agreements.changes import belonging, signed
from agreements.document import freeze
from agreements.lifecycle import State as PokState
from agreements.lifecycle import state_of
from agreements.models import Ending, EndReason, Kind, Pok
from agreements.telling import tell
from bpv.core import audit, clock
from placements.access import hold_open
from placements.lifecycle import advance
from placements.models import Placement, Search, State
from placements.services import open_search
from placements.timesheet import pauses_of
from standards.hours import planned_until, split_hours

# Guidance or accreditation failed, or the place is not there: the school consults SBB (WEB 7.2.9, S6.4-b).
SBB = frozenset({EndReason.GUIDANCE, EndReason.ACCREDITATION, EndReason.PLACE, EndReason.CLOSED, EndReason.COMPANY})
# After these nobody looks for another place.
NO_SEARCH = frozenset({EndReason.UNENROLLED, EndReason.DIPLOMA, EndReason.DECEASED})


def needs_sbb(ending: Ending) -> bool:
    """Whether SBB must be told and was not told yet."""
    return ending.reason in SBB and ending.sbb_informed_on is None


def has_further(ending: Ending) -> bool:
    """Whether nadere afspraken stand (BBL-06 advises them when the student is to blame)."""
    return Pok.objects.live().filter(belongs_to=ending.pok.belongs_to_id, kind=Kind.FURTHER).exists()


@transaction.atomic
def end_pok(*, pok: Pok, by: Any, today: date, on: date, **form: Any) -> Pok:
    """End the bpv on its last day `on`; `form`: reason, explanation, asked_by, culpable, consequences.

    Makes the document of the ending, ends the placement (deadlines and lists follow), opens the search for another
    place (S3.2-d) and asks for SBB where that is needed. Raises ValidationError at the field.
    """
    main = signed(pok, today)
    _require_day(main.placement, on, today)
    hours = hours_until(main, on)
    made = belonging(main, Kind.ENDING, by=by, particulars={}, end=on, hours_total=hours)
    ending = Ending(pok=made, on=on, **form)
    ending.full_clean(exclude=["pok", "sbb_informed_by"])
    ending.save()
    freeze(made, today)
    reason = str(EndReason(ending.reason).label)
    advance(main.placement, State.ENDED, ended_on=on, reason=_in_dutch(ending))
    words = {"number": main.number, "reason": reason}
    audit.record("pok_ended", subject=made, by=by, dossier=main.placement_id, on=on, **words)
    if ending.reason not in NO_SEARCH:
        placement = main.placement
        kind = Search.Kind.REPLACEMENT
        open_search(enrolment=placement.enrolment, kind=kind, by=by, on=today, reason=reason, after=placement)
    _tell(made)
    return made


def _in_dutch(ending: Ending) -> str:
    with override("nl"):
        return str(EndReason(ending.reason).label)[:300]


def _require_day(placement: Placement, on: date, today: date) -> None:
    """The last day lies in the period; and not far ahead: what is still to come can change."""
    if on < placement.start:
        raise ValidationError(
            {"on": _("De bpv was toen nog niet begonnen. Trek de POK in of laat de plaatsing vervallen.")}
        )
    if on >= placement.end:
        raise ValidationError({"on": _("Dan eindigt de POK vanzelf: dit is niet eerder dan de afgesproken einddatum.")})


def hours_until(main: Pok, on: date) -> int:
    """The agreed hours up to the last day, by days; at least one."""
    start, end, pauses = main.start, main.end, pauses_of(main.placement)
    by_year = main.hours_by_year or split_hours(start, end, main.hours_total, pauses)
    return max(1, sum(planned_until(start, end, by_year, on, pauses).values()))


def _tell(made: Pok) -> None:
    """A copy for student and praktijkopleider, also when nothing has to be signed."""
    placement = made.placement
    people = [placement.student.user, placement.supervisor.user if placement.supervisor else None]
    for person in filter(None, people):
        tell(person, made, "pok_ended", key=str(made.pk), on=made.end)


@transaction.atomic
def make_again(*, ending: Ending, by: Any, today: date) -> Pok:
    """A new document for an ending that a party refused or that lapsed: the ending itself stands as it was.

    The old document is withdrawn and stays readable. ValidationError when nobody refused and it did not lapse, or when
    the dossier is closed (S8-d).
    """
    old = Pok.objects.select_for_update().get(pk=ending.pok_id)
    hold_open(old.placement)
    if not old.is_live or state_of(old, today) not in (PokState.REFUSED, PokState.LAPSED):
        raise ValidationError(_("Dit document is niet geweigerd of verlopen."), code="state")
    main = Pok.objects.select_for_update(of=("self",)).select_related("placement__programme").get(pk=old.belongs_to_id)
    old.withdrawn_on, old.withdrawn_reason = today, "Er is een nieuw document van de beëindiging."
    old.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    chain.record(old, "withdrawn", at=clock.now(), reason=old.withdrawn_reason)
    made = belonging(main, Kind.ENDING, by=by, particulars={}, end=ending.on, hours_total=old.hours_total)
    Ending.objects.filter(pk=ending.pk).update(pok=made)
    freeze(made, today)
    audit.record("pok_made", subject=made, by=by, dossier=made.placement_id, number=made.number, why="")
    return made


@transaction.atomic
def inform_sbb(*, ending: Ending, by: Any, on: date, today: date) -> Ending:
    """SBB was told or consulted (WEB 7.2.9 lid 2, S6.4-b)."""
    if on > today:
        raise ValidationError({"on": _("Deze datum ligt in de toekomst.")})
    locked = Ending.objects.select_for_update().get(pk=ending.pk)
    locked.sbb_informed_on, locked.sbb_informed_by = on, by
    locked.save(update_fields=["sbb_informed_on", "sbb_informed_by"])
    pok = locked.pok
    audit.record("pok_sbb_informed", subject=pok, by=by, dossier=pok.placement_id, number=pok.number, on=on)
    Search.objects.filter(after=pok.placement_id, sbb_consulted_on=None).update(sbb_consulted_on=on)
    return locked


@transaction.atomic
def make_further(*, ending: Ending, by: Any, today: date, text: str) -> Pok:
    """Nadere afspraken after an ending that is the student's fault (BBL-06): signed by student and school.

    Not any more in a closed dossier (S8-d); that SBB was told is still written down there (S6.4-b).
    """
    pok = ending.pok
    hold_open(pok.placement)
    if not ending.culpable:
        raise ValidationError(_("Nadere afspraken horen bij een beëindiging die aan de student te wijten is (BBL-06)."))
    main = pok.belongs_to
    if main is None:
        raise ValidationError(_("Deze beëindiging hoort bij geen POK."))
    made = belonging(main, Kind.FURTHER, by=by, particulars={"text": text}, end=ending.on)
    freeze(made, today)
    audit.record("pok_made", subject=made, by=by, dossier=made.placement_id, number=made.number, why="")
    return made
