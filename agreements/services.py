"""Deeds with a POK: make, sign on paper, file, withdraw."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agreements import chain, readiness
from agreements.document import freeze
from agreements.lifecycle import open_parties
from agreements.models import Kind, Mode, Pok, PokLine
from agreements.telling import people_of, tell
from bpv.core import audit, clock
from placements.access import hold_open, refuse_closed
from placements.models import Placement, State
from placements.timesheet import pauses_of
from standards.hours import adds_up, split_hours


@transaction.atomic
def make_pok(
    *,
    placement: Placement,
    by: Any,
    today: date,
    hours: dict[str, int | None],
    late_reason: str = "",
    kind: str = Kind.QUALIFICATION,
    **fields: Any,
) -> Pok:
    """Make the POK for the qualification, or for keuzedelen only, and freeze its PDF (S5, POK-03).

    `hours`: keuzedeel -> hours. Without `hours_by_year` the total is spread over the school years by days. Raises
    ValidationError when something that the law asks is missing or a live POK is there. Two clicks give one POK: the
    placement is locked first. A closed dossier gets none (S8-d).
    """
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    _require_as_agreed(locked, start=fields["start"], end=fields["end"], keuzedelen=hours)
    refuse_closed(locked)
    if Pok.objects.live().main().filter(placement=locked).exists():
        raise ValidationError(_("Er is al een geldige POK voor deze plaatsing. Trek die eerst in."), code="live")
    readiness.require_ready(locked, today, kind=kind)
    if locked.start <= today and not late_reason:
        raise ValidationError({"late_reason": _("De bpv is al begonnen. Leg vast waarom de POK nu pas komt.")})
    pok = _next_version(locked, by=by, kind=kind, late_reason=late_reason, **fields)
    pok.full_clean(exclude=["document"])
    pok.save()
    PokLine.objects.bulk_create(PokLine(pok=pok, code=code, hours=value) for code, value in sorted(hours.items()))
    freeze(pok, today)
    why = f": {late_reason}" if late_reason else ""
    audit.record("pok_made", subject=pok, by=by, dossier=locked.pk, number=pok.number, why=why)
    return pok


def _next_version(placement: Placement, *, by: Any, **fields: Any) -> Pok:
    """The POK as it will be kept: its number and version, the hours per school year, the newest bijlage."""
    start, end, total = fields["start"], fields["end"], fields["hours_total"]
    by_year = fields.pop("hours_by_year", None) or split_hours(start, end, total, pauses_of(placement))
    if not adds_up(start, end, total, by_year):
        raise ValidationError({"hours_total": _("De uren per schooljaar zijn samen niet dit totaal.")})
    earlier = Pok.objects.main().filter(placement=placement).order_by("-version").first()
    return Pok(
        placement=placement,
        number=earlier.number if earlier else placement.number.replace("PL", "POK", 1),
        version=earlier.version + 1 if earlier else 1,
        hours_by_year=by_year,
        annex=readiness.annex_of(placement.programme),
        made_by=by,
        **fields,
    )


@transaction.atomic
def supplement_pok(*, pok: Pok, by: Any, late_reason: str = "", parents_informed_on: date | None = None) -> Pok:
    """Add what does not stand in the document: why it comes late (POK-03), when the parents were informed (T26)."""
    locked = Pok.objects.select_for_update().get(pk=pok.pk)
    _require_live(locked)
    locked.late_reason = late_reason or locked.late_reason
    locked.parents_informed_on = parents_informed_on or locked.parents_informed_on
    locked.save(update_fields=["late_reason", "parents_informed_on"])
    audit.record("pok_supplemented", subject=locked, by=by, dossier=locked.placement_id, number=locked.number)
    return locked


@transaction.atomic
def file_pok(*, pok: Pok, by: Any, on: date) -> Pok:
    """Put a complete POK into the diplomadossier (BOL) or the bekostigingsdossier (BBL): S5-BOL, S5-BBL."""
    locked = Pok.objects.select_for_update().get(pk=pok.pk)
    _require_live(locked)
    signed = dict(locked.signatures.values_list("party", "signed_on"))
    if open_parties(locked):
        raise ValidationError(_("De POK is nog niet door alle drie de partijen getekend."), code="incomplete")
    if on < max(signed.values()):
        raise ValidationError({"on": _("De laatste handtekening is van later. Kies een latere datum.")})
    if locked.filed_on:
        raise ValidationError(_("Deze POK staat al in het dossier."), code="filed")
    locked.filed_on, locked.filed_in = on, locked.dossier
    locked.save(update_fields=["filed_on", "filed_in"])
    audit.record(
        "pok_filed", subject=locked, by=by, dossier=locked.placement_id, number=locked.number, where=locked.filed_in
    )
    return locked


@transaction.atomic
def withdraw_pok(*, pok: Pok, by: Any, on: date, reason: str) -> Pok:
    """Withdraw a POK: it stays readable, its signatures no longer count, and who was asked to sign is told why.

    What everybody signed digitally stands: from then on there is only a rectification or an ending. In a closed dossier
    every POK stands (S8-d).
    """
    locked = Pok.objects.select_for_update().get(pk=pok.pk)
    _require_live(locked)
    hold_open(locked.placement)
    if locked.complete_at and locked.mode != Mode.PAPER:
        message = _("Iedereen heeft deze POK getekend. Maak een rectificatie, of beëindig de POK.")
        raise ValidationError(message, code="complete")
    if locked.kind == Kind.ENDING:
        raise ValidationError(_("De bpv is beëindigd. Dat is niet terug te draaien: maak een nieuwe plaatsing."))
    locked.withdrawn_on, locked.withdrawn_reason = on, reason
    locked.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    audit.record(
        "pok_withdrawn", subject=locked, by=by, dossier=locked.placement_id, number=locked.number, reason=reason
    )
    if locked.offered_at:
        chain.record(locked, "withdrawn", at=clock.now(), reason=reason)
        for person in people_of(locked, school=False):
            tell(person, locked, "pok_withdrawn", key=str(locked.pk), version=locked.version, reason=reason)
    return locked


def _require_live(pok: Pok) -> None:
    if not pok.is_live:
        raise ValidationError(_("Deze POK is ingetrokken."), code="withdrawn")


def _require_as_agreed(placement: Placement, *, start: date, end: date, keuzedelen: Collection[str]) -> None:
    """The placement stands, with the period and keuzedelen that the person saw when asking for the POK."""
    if placement.state != State.PLANNED:
        raise ValidationError(_("Deze plaatsing is vervallen of beëindigd. Er komt geen POK meer."), code="state")
    if (start, end) != (placement.start, placement.end) or set(keuzedelen) != set(placement.keuzedelen):
        message = _("De plaatsing is intussen gewijzigd. Open deze pagina opnieuw en kijk de gegevens na.")
        raise ValidationError(message, code="changed")
