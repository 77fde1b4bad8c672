"""Deeds with a placement."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bpv.core import audit
from bpv.core.numbers import next_number
from placements.access import refuse_closed
from placements.lifecycle import advance
from placements.models import Placement, Search, State
from students.models import Enrolment

FROZEN = ("location", "start", "end")


@transaction.atomic
def create_placement(*, placement: Placement, by: Any) -> Placement:
    """Keep a new placement under the next number. Raises ValidationError (dates, overlap at one leerbedrijf)."""
    placement.number = next_number(Placement.objects.all(), "PL", before=100000)
    placement.student, placement.programme = placement.enrolment.student, placement.enrolment.programme
    placement.team = placement.programme.team
    placement.full_clean()
    placement.save()
    audit.record("placement_created", subject=placement, by=by, dossier=placement.pk)
    return placement


@transaction.atomic
def change_placement(*, placement: Placement, by: Any, changed: list[str]) -> Placement:
    """Write the `changed` fields of `placement`; what another person changed meanwhile stays.

    With a live POK the leerbedrijf and the period cannot change: that is a new POK.
    """
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    require_changeable(locked, changed)
    for name in changed:
        setattr(locked, name, getattr(placement, name))
    locked.full_clean()
    locked.save()
    names = [Placement._meta.get_field(name).verbose_name for name in changed]  # type: ignore[union-attr]
    audit.record("placement_changed", subject=locked, by=by, dossier=locked.pk, fields=names)
    return locked


def require_changeable(placement: Placement, changed: list[str]) -> None:
    """Raise ValidationError when these fields of the kept placement cannot change now."""
    refuse_closed(placement)
    if placement.state != State.PLANNED:
        raise ValidationError(_("Deze plaatsing is vervallen of beëindigd en verandert niet meer."))
    if has_live_pok(placement):
        for name in FROZEN:
            if name in changed:
                raise ValidationError({name: _("Er is een geldige POK. Trek die eerst in.")})


@transaction.atomic
def follow_addendum(*, placement: Placement, keuzedelen: list[str], end: date, hours_total: int, by: Any) -> Placement:
    """The keuzedelen and the (later) end of a signed addendum hold for the placement too (KZD-02..KZD-04).

    Raises ValidationError when the longer period overlaps with another bpv at the same leerbedrijf.
    """
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    refuse_closed(locked)
    wanted = {"keuzedelen": keuzedelen, "end": max(end, locked.end), "hours_total": hours_total}
    changed = [name for name, value in wanted.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, wanted[name])
    locked.full_clean()
    locked.save()
    names = [Placement._meta.get_field(name).verbose_name for name in changed]  # type: ignore[union-attr]
    audit.record("placement_changed", subject=locked, by=by, dossier=locked.pk, fields=names)
    return locked


@transaction.atomic
def assign_teacher(*, placement: Placement, teacher: Any, by: Any) -> Placement:
    """Give the placement a bpv-docent, who says first how to be reached (S4.2-c)."""
    if not teacher.reachability:
        message = _("%(name)s heeft nog geen bereikbaarheid ingevuld (standaard 4.2). Vraag dat eerst.")
        raise ValidationError({"teacher": message % {"name": teacher.full_name}})
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    refuse_closed(locked)
    locked.teacher = teacher
    locked.save(update_fields=["teacher"])
    audit.record("teacher_assigned", subject=locked, by=by, dossier=locked.pk, teacher=teacher.full_name)
    return locked


@transaction.atomic
def cancel_placement(*, placement: Placement, reason: str, by: Any) -> Placement:
    """The placement does not take place. With a live POK that is withdrawn first."""
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    refuse_closed(locked)
    if has_live_pok(locked):
        raise ValidationError(_("Er is een geldige POK. Trek die eerst in."))
    advance(placement, State.CANCELLED, reason=reason)
    audit.record("placement_cancelled", subject=placement, by=by, dossier=placement.pk, reason=reason)
    return placement


@transaction.atomic
def open_search(
    *, enrolment: Enrolment, kind: str, by: Any, on: date, reason: str = "", after: Placement | None = None
) -> Search:
    """Begin the search for a place (S3.2-b, S3.2-d); the one that runs already is given back as it is.

    `after`: the bpv that ended. Two at the same moment open one: the enrolment is locked first.
    """
    locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    running: Search | None = Search.objects.filter(enrolment=locked, closed_on=None).first()
    if running:
        return running
    search = Search(enrolment=locked, kind=kind, opened_on=on, opened_by=by, reason=reason[:300], after=after)
    search.save()
    audit.record("search_opened", subject=search, by=by, dossier=after.pk if after else None)
    return search


def has_live_pok(placement: Placement) -> bool:
    """Whether a POK stands (by the related name: POKs lie above placements)."""
    return bool(placement.poks.filter(withdrawn_on=None, belongs_to=None).exists())


def documents_out(placement: Placement, today: date) -> list[str]:
    """The numbers of what was sent for signing or for an answer (T16) and is not final, refused or lapsed.

    Without the document of an ending: that holds whether it is signed or not.
    """
    waiting = placement.poks.filter(offered_at__isnull=False, complete_at=None, refused_at=None, withdrawn_on=None)
    waiting = waiting.exclude(kind="ending")
    lapsed = Q(lapses_on__lt=today) & ~Q(mode="window")  # there silence agrees
    return list(waiting.exclude(lapsed).order_by("number").values_list("number", flat=True))
