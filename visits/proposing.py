"""Talks stand in the planning by themselves as soon as a bpv is sure (BEG-04, VB-04), and follow its dates.

Sure is: it has a bpv-docent and a POK that stands, and it starts within the time that the norms give. The worker looks
again and again; each placement is one transaction under its row lock, so twice is impossible.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from bpv.core import audit, calendar
from placements.models import Placement, State
from standards.facts import Leerweg
from standards.norms import norms_for
from standards.talks import Proposal, proposals
from standards.workdays import is_workday
from visits import planning
from visits.models import ContactKind, Talk

MOST = 300  # placements in one run


def propose_waiting(today: date) -> int:
    """Propose the talks of every bpv that is sure and has none; returns for how many."""
    return sum(_propose(pk, today) for pk in _without_talks(today)[:MOST])


def _without_talks(today: date) -> Any:
    near = today + timedelta(days=norms_for(today).talks_proposed_days_before)
    sure = Placement.objects.filter(
        state=State.PLANNED,
        teacher__isnull=False,
        start__lte=near,
        end__gte=today,
        poks__isnull=False,
        poks__withdrawn_on=None,
        poks__belongs_to=None,
    )
    without = sure.exclude(Exists(Talk.objects.filter(placement=OuterRef("pk"))))
    return without.order_by("start", "pk").values_list("pk", flat=True).distinct()


@transaction.atomic
def _propose(pk: int, today: date) -> int:
    placement = Placement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)
    if placement.talks.exists():
        return 0
    made = [
        Talk(
            placement=placement,
            occasion=one.occasion,
            school_year=one.year,
            on=_not_before(today, one),
            kind=ContactKind.ON_SITE if one.on_site else ContactKind.PHONE,
        )
        for one in of_placement(placement)
        if one.due >= today
    ]
    Talk.objects.bulk_create(made)
    audit.record("talks_proposed", subject=placement, by=None, dossier=placement.pk, count=len(made))
    return 1


def of_placement(placement: Placement) -> tuple[Proposal, ...]:
    """The talks that the norms ask of this bpv."""
    leerweg: Leerweg = "BBL" if placement.programme.leerweg == "BBL" else "BOL"
    new, free = is_at_new_location(placement), calendar.free_days()
    return proposals(leerweg, placement.start, placement.last_day, new_location=new, free_days=free)


def is_at_new_location(placement: Placement) -> bool:
    """Nobody of this crebo was here before (S4.2-a, T31)."""
    earlier = Placement.objects.filter(location=placement.location_id, programme__crebo=placement.programme.crebo)
    return not earlier.filter(start__lt=placement.start).exclude(state=State.CANCELLED).exists()


def _not_before(today: date, one: Proposal) -> date:
    """The proposed day; when that has gone by, the first workday from today that is not after the last good day."""
    free, day = calendar.free_days(), max(one.on, today)
    while not is_workday(day, free) and day < one.due:
        day += timedelta(days=1)
    return day


def follow_changes(today: date) -> int:
    """Move or take away what was proposed or planned for other dates than the bpv has now; returns how many."""
    over = Q(placement__state=State.CANCELLED) | Q(placement__state=State.ENDED, on__gt=F("placement__ended_on"))
    outside = Q(state=Talk.State.PROPOSED) & (Q(on__lt=F("placement__start")) | Q(on__gt=F("placement__end")))
    found = Talk.objects.to_come().filter(over | outside, on__gte=today - timedelta(days=1))
    return sum(_follow(talk, today) for talk in found.select_related("placement__programme"))


def _follow(talk: Talk, today: date) -> int:
    placement = talk.placement
    if placement.state != State.PLANNED:
        planning.cancel(talk=talk, by=None, reason=_("De bpv is beëindigd of gaat niet door."))
        return 1
    same = [one for one in of_placement(placement) if (one.occasion, one.year) == (talk.occasion, talk.school_year)]
    standing = Talk.objects.filter(pk=talk.pk, state=Talk.State.PROPOSED)
    if same and same[0].due >= today:
        return standing.update(on=_not_before(today, same[0]))
    return standing.delete()[0]
