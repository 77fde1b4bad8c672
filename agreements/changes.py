"""Documents that belong to a signed POK: an addendum for keuzedelen, a rectification of what was sealed."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.document import freeze
from agreements.lifecycle import State, state_of
from agreements.models import Kind, Pok, PokLine
from bpv.core import audit
from placements.access import hold_open
from placements.models import Placement
from placements.models import State as PlacementState
from placements.timesheet import pauses_of
from standards.hours import split_hours

SIGNED = (State.COMPLETE, State.SIGNED, State.SEALED, State.FILED)
LETTERS = {Kind.ADDENDUM: "A", Kind.RECTIFICATION: "R", Kind.ENDING: "B", Kind.FURTHER: "N"}


@transaction.atomic
def make_addendum(
    *,
    pok: Pok,
    by: Any,
    today: date,
    keuzedelen: Mapping[str, int | None],
    reason: str,
    end: date | None = None,
    hours_total: int | None = None,
) -> Pok:
    """An addendum: keuzedelen are added or changed (KZD-02, KZD-03), or one gets more time (KZD-04).

    `keuzedelen`: every one that holds afterwards, with its hours. Only for keuzedelen (KZD-07): without any difference
    in them, and without a later end for them, it is refused.
    """
    main = signed(pok, today)
    old = list(main.placement.keuzedelen)
    end = end or main.placement.end
    _require_for_keuzedelen(main.placement, set(old), set(keuzedelen), end)
    fields = {"end": end, "hours_total": hours_total or main.hours_total}
    particulars = {"reason": reason, "old_keuzedelen": old, "new_keuzedelen": sorted(keuzedelen)}
    made = belonging(main, Kind.ADDENDUM, by=by, particulars=particulars, **fields)
    PokLine.objects.bulk_create(PokLine(pok=made, code=code, hours=hours) for code, hours in sorted(keuzedelen.items()))
    return _finished(made, by, today)


@transaction.atomic
def make_rectification(*, pok: Pok, by: Any, today: date, old: str, new: str, why: str) -> Pok:
    """Put right what stands wrongly in a sealed document: quotes old and new text, everybody signs it; both stay."""
    main = signed(pok, today)
    if main.sealed_at is None:
        raise ValidationError(_("Deze POK is nog niet verzegeld. Maak een nieuwe versie."))
    made = belonging(main, Kind.RECTIFICATION, by=by, particulars={"old": old, "new": new, "why": why})
    return _finished(made, by, today)


def _require_for_keuzedelen(placement: Placement, old: set[str], new: set[str], end: date) -> None:
    """Raises ValidationError, for a date at its field."""
    if end < placement.end:
        raise ValidationError({"end": _("Een addendum kan de periode alleen verlengen. Eerder stoppen is beëindigen.")})
    if end == placement.end:
        if old == new:
            raise ValidationError(
                _("Er verandert niets aan de keuzedelen. Een addendum is er alleen daarvoor (KZD-07).")
            )
        return
    if not old & new:
        raise ValidationError(
            {"end": _("Verlengen met een addendum kan alleen om een keuzedeel af te maken (KZD-04).")}
        )
    if new - old:
        raise ValidationError(
            {"end": _("Een nieuw keuzedeel in een langere periode krijgt een eigen keuzedelen-POK (KZD-05).")}
        )
    longer = copy(placement)
    longer.end = end
    try:
        longer.validate_constraints()
    except ValidationError as fault:  # another bpv at the same leerbedrijf in that time
        raise ValidationError({"end": fault.messages}) from fault


def signed(pok: Pok, today: date) -> Pok:
    """The POK, held until the end of the transaction with its placement.

    ValidationError unless everybody signed it and it stands, in a dossier that is open (S8-d).
    """
    main = Pok.objects.select_for_update(of=("self",)).select_related("placement__programme").get(pk=pok.pk)
    if not main.is_main or state_of(main, today) not in SIGNED:
        raise ValidationError(_("Dat kan pas als de POK door iedereen is getekend."), code="unsigned")
    if main.placement.state != PlacementState.PLANNED:
        raise ValidationError(_("Deze plaatsing is vervallen of beëindigd."), code="state")
    hold_open(main.placement)
    return main


def belonging(main: Pok, kind: Kind, *, by: Any, particulars: dict[str, Any], **fields: Any) -> Pok:
    """A document that belongs to a POK, saved under the next number of its kind: POK200012-A1."""
    count = Pok.objects.filter(belongs_to=main, kind=kind).count()
    values = {"start": main.start, "end": main.end, "hours_total": main.hours_total} | fields
    made = Pok(
        placement=main.placement,
        belongs_to=main,
        kind=kind,
        number=f"{main.number}-{LETTERS[kind]}{count + 1}",
        hours_per_week=main.hours_per_week,
        days=main.days,
        annex=main.annex,
        particulars=particulars,
        made_by=by,
        hours_by_year=split_hours(values["start"], values["end"], values["hours_total"], pauses_of(main.placement)),
        **values,
    )
    made.full_clean(exclude=["document", "source"])
    made.save()
    return made


def _finished(made: Pok, by: Any, today: date) -> Pok:
    freeze(made, today)
    audit.record("pok_made", subject=made, by=by, dossier=made.placement_id, number=made.number, why="")
    return made
