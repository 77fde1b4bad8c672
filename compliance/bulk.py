"""Deeds for many placements at once: what will happen, why something cannot, each placement in its own transaction.

The page and the worker ask the same `barrier`: what was shown is what is done, unless something changed between.
"""

import hashlib
import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import languages
from accounts.models import Role, User
from agreements import readiness, signing
from agreements import services as agreements
from agreements.lifecycle import State as PokState
from agreements.lifecycle import state_of
from agreements.models import Mode, Pok
from bpv.core import clock
from compliance.models import Bulk, BulkItem, Deed
from placements import messages
from placements import services as placements
from placements.access import may_guide, may_manage
from placements.models import Placement, State

log = logging.getLogger(__name__)
MOST = 300  # placements at once
SLICE = 30  # seconds of one task: others (mail, imports) wait no longer for the worker
WAITING, DONE, REFUSED = BulkItem.State.WAITING, BulkItem.State.DONE, BulkItem.State.REFUSED


@dataclass(frozen=True)
class Barrier:
    """Why a deed cannot be done for a placement, and the name of the page on which that is put right."""

    why: str
    mend: str = ""


class Refused(Exception):
    """The deed was not done, for a reason that can be told."""

    def __init__(self, barrier: Barrier) -> None:
        super().__init__(barrier.why)
        self.barrier = barrier


@dataclass(frozen=True)
class Plan:
    """What a deed would do: for which placements, and for which not."""

    deed: Deed
    can: list[Placement] = field(default_factory=list)
    cannot: list[tuple[Placement, Barrier]] = field(default_factory=list)

    @property
    def everything(self) -> list[Placement]:
        """Also those for which it cannot be done."""
        return [*self.can, *(placement for placement, _barrier in self.cannot)]

    @property
    def seal(self) -> str:
        """Differs as soon as something that the page shows of it differs."""
        can = [[p.number, agreed(p), p.teacher_id, p.supervisor_id, p.student.email] for p in self.can]
        cannot = [[placement.number, stop.why] for placement, stop in self.cannot]
        return hashlib.sha256(json.dumps([can, cannot]).encode()).hexdigest()[:16]


def chosen(user: Any, numbers: Iterable[str]) -> QuerySet[Placement]:
    """The placements with these numbers that the person may see."""
    return Placement.objects.visible_to(user).filter(number__in=list(numbers))


def make_plan(deed: Deed, found: QuerySet[Placement], *, by: Any, today: date) -> Plan:
    """The plan for these placements, in the order they have; a fixed number of queries."""
    plan = Plan(deed)
    found = found.for_list()  # type: ignore[attr-defined]
    if deed == Deed.MAKE_POKS:
        found = readiness.with_what_is_read(found)
    if deed == Deed.OFFER_POKS:
        found = readiness.with_what_is_read(found)
        found = found.prefetch_related("poks__signatures", "poks__signatories", "poks__annex")
    for placement in found:
        if stop := barrier(deed, placement, by=by, today=today):
            plan.cannot.append((placement, stop))
        else:
            plan.can.append(placement)
    return plan


def barrier(deed: Deed, placement: Placement, *, by: Any, today: date) -> Barrier | None:
    """Why this person cannot do this for this placement now; None when it can be done."""
    match deed:
        case Deed.SEND_MESSAGE:
            return _barrier_to_message(placement, by)
        case _ if not by.is_active or not may_manage(by, placement):
            return Barrier(_("Dat doet de bpv-coördinator van het team."), "dossier")
        case _ if placement.state != State.PLANNED:
            return Barrier(_("Deze plaatsing is vervallen of beëindigd."), "dossier")
        case Deed.MAKE_POKS:
            return _barrier_to_pok(placement, today)
        case Deed.OFFER_POKS:
            return _barrier_to_offer(placement, today)
        case _ if placement.end < today:  # who guided it stays who guided it
            return Barrier(_("Deze bpv is afgelopen."), "placement_teacher")
    return None


def _barrier_to_message(placement: Placement, by: Any) -> Barrier | None:
    if not by.is_active or not may_guide(by, placement):
        return Barrier(_("Dat doet de eigen bpv-docent of de bpv-coördinator van het team."), "dossier")
    if not messages.receivers_of(placement, messages.Receivers.BOTH):
        return Barrier(_("Er is geen e-mailadres van de student en geen van de praktijkopleider."), "placement_edit")
    return None


def _barrier_to_pok(placement: Placement, today: date) -> Barrier | None:
    live = [pok for pok in placement.poks.all() if pok.is_live and pok.is_main]
    if live:
        return Barrier(_("Er is al een geldige POK."), "dossier")
    if missing := readiness.blocking(placement, today):
        mends = {gap.url_name for gap in missing} & {"placement_edit", "accreditation_check"}
        return Barrier(" ".join(gap.text for gap in missing), mends.pop() if len(missing) == len(mends) else "pok_new")
    if placement.start <= today:
        return Barrier(_("De bpv is al begonnen. Maak deze POK apart, met de reden waarom die nu pas komt."), "pok_new")
    return None


def live_pok(placement: Placement) -> Pok | None:
    """The POK that stands, from what was read with the placement."""
    return next((pok for pok in placement.poks.all() if pok.is_live and pok.is_main), None)


def _barrier_to_offer(placement: Placement, today: date) -> Barrier | None:
    pok = live_pok(placement)
    if pok is None:
        return Barrier(_("Er is nog geen POK. Maak die eerst."), "pok_new")
    if state_of(pok, today) != PokState.CONCEPT:
        return Barrier(_("De POK is al aangeboden."), "dossier")
    if missing := readiness.blocking(placement, today, pok):
        return Barrier(" ".join(gap.text for gap in missing), "dossier")
    company = next((person for person in placement.location.contacts.all() if person.is_signatory), None)
    company = company or placement.supervisor
    if not placement.student.email:
        return Barrier(_("Van de student is geen e-mailadres bekend."), "dossier")
    if company is None or not company.email:
        return Barrier(_("Van wie voor het leerbedrijf tekent is geen e-mailadres bekend."), "placement_edit")
    return None


def teachers_for(plan: Plan, today: date) -> list[User]:
    """The bpv-docenten of every team in the plan, with `load`: how many current placements they have."""
    teams = {placement.team_id for placement in plan.can}
    current = ~Q(placements__state=State.CANCELLED) & Q(placements__end__gte=today)
    found = User.objects.filter(is_active=True, memberships__role=Role.TEACHER).order_by("sort_key")
    for team in teams:
        of_team = Q(memberships__team=team) | Q(memberships__college__teams=team)
        found = found.filter(pk__in=User.objects.filter(of_team, memberships__role=Role.TEACHER).values("pk"))
    return list(found.annotate(load=Count("placements", filter=current, distinct=True))) if teams else []


def made_with(form_key: str, *, by: Any) -> Bulk | None:
    """The deed that was made with this form, when it was sent before."""
    try:
        return Bulk.objects.filter(by=by, form_key=UUID(form_key)).first()
    except ValueError:
        return None


@transaction.atomic
def start(plan: Plan, *, by: Any, form_key: UUID, asked: dict[str, Any]) -> Bulk:
    """Freeze the choice; the worker does it within seconds. The same form sent twice is one deed."""
    bulk, created = Bulk.objects.get_or_create(by=by, form_key=form_key, defaults={"deed": plan.deed, "asked": asked})
    if created:
        items = [BulkItem(bulk=bulk, placement=placement) for placement in plan.can]
        items += [
            BulkItem(bulk=bulk, placement=placement, state=REFUSED, note=stop.why[:500], mend=stop.mend)
            for placement, stop in plan.cannot
        ]
        BulkItem.objects.bulk_create(items)
    return bulk


@transaction.atomic
def again(bulk: Bulk) -> bool:
    """What was refused waits once more. False when the deed is still busy or nothing was refused."""
    locked = Bulk.objects.select_for_update().get(pk=bulk.pk)
    refused = locked.items.filter(state=REFUSED)
    if locked.done_at is None or not refused.update(state=WAITING, note="", mend=""):
        return False
    Bulk.objects.filter(pk=bulk.pk).update(done_at=None)
    return True


def work_waiting(*, today: date, seconds: float = SLICE) -> int:
    """Do what waits, one placement of each busy deed in turn, for at most about `seconds`; returns how many.

    Two workers at once never do the same placement: each holds its row while it is busy. A killed one had either done
    it wholly or not at all.
    """
    ends, worked = time.monotonic() + seconds, 0
    busy = list(Bulk.objects.filter(done_at=None).order_by("id"))
    while busy and time.monotonic() < ends:
        for bulk in list(busy):
            if _work_one(bulk, today):
                worked += 1
            else:
                busy.remove(bulk)
                _finish(bulk)
    return worked


def _finish(bulk: Bulk) -> None:
    """Done when nothing waits, also not in the hands of another worker."""
    waits = BulkItem.objects.filter(bulk=bulk, state=WAITING)
    if not waits.exists():
        Bulk.objects.filter(pk=bulk.pk, done_at=None).update(done_at=clock.now())


@transaction.atomic
def _work_one(bulk: Bulk, today: date) -> bool:
    """Take one waiting placement and do the deed; false when there is none that is free."""
    waiting = BulkItem.objects.filter(bulk=bulk, state=WAITING).order_by("id")
    item = waiting.select_for_update(skip_locked=True).first()
    if item is None:
        return False
    item.state, item.note, item.mend = _outcome(bulk, item, today)
    item.save(update_fields=["state", "note", "mend"])
    return True


def _outcome(bulk: Bulk, item: BulkItem, today: date) -> tuple[str, str, str]:
    """Do it, or say why not in the language of who asked; a refused deed leaves nothing behind."""
    by = User.objects.get(pk=bulk.by_id)
    placement = Placement.objects.for_list().get(pk=item.placement_id)
    with override(languages.of(by)):
        try:
            with transaction.atomic():
                return DONE, perform(bulk, placement, by=by, today=today), ""
        except Refused as refused:
            return REFUSED, refused.barrier.why[:500], refused.barrier.mend
        except ValidationError as fault:
            return REFUSED, " ".join(fault.messages)[:500], "dossier"
        except Exception:
            log.exception("bulk deed %s failed for placement %s", bulk.pk, placement.pk)
            return REFUSED, _("Er ging iets mis bij ons. Probeer het opnieuw."), "dossier"


def perform(bulk: Bulk, placement: Placement, *, by: Any, today: date) -> str:
    """The deed for one placement, when it (still) can be done; returns what is worth telling. Raises Refused."""
    deed = Deed(bulk.deed)
    if stop := barrier(deed, placement, by=by, today=today):
        raise Refused(stop)
    match deed:
        case Deed.ASSIGN_TEACHER:
            return _assign(bulk, placement, by)
        case Deed.MAKE_POKS:
            return _make_pok(bulk, placement, by, today)
        case Deed.OFFER_POKS:
            return _offer(bulk, placement, by, today)
        case Deed.SEND_MESSAGE:
            return _send(bulk, placement, by)


def _assign(bulk: Bulk, placement: Placement, by: Any) -> str:
    teacher = User.objects.get(pk=bulk.asked["teacher"])
    if not teacher.is_active or placement.team_id not in teacher.roles.teacher:
        message = _("%(name)s is geen bpv-docent van dit team.") % {"name": teacher.full_name}
        raise Refused(Barrier(message, "placement_teacher"))
    if placement.teacher_id == teacher.pk:
        return _("Dit was al zo.")
    placements.assign_teacher(placement=placement, teacher=teacher, by=by)
    return ""


def agreed(placement: Placement) -> list[Any]:
    """What a POK takes from the placement, as JSON: what the person saw is what is signed."""
    dates = [placement.start.isoformat(), placement.end.isoformat()]
    return [*dates, f"{placement.hours_per_week:g}", placement.hours_total, sorted(placement.keuzedelen)]


def _make_pok(bulk: Bulk, placement: Placement, by: Any, today: date) -> str:
    shown = bulk.asked.get("shown", {}).get(placement.number)
    if shown and shown != agreed(placement):
        raise Refused(Barrier(_("De plaatsing is intussen gewijzigd. Kijk die na en maak deze POK apart."), "pok_new"))
    fields = {name: getattr(placement, name) for name in ("start", "end", "hours_per_week", "hours_total")}
    hours = {code: bulk.asked.get("hours", {}).get(code) for code in placement.keuzedelen}
    made = agreements.make_pok(placement=placement, by=by, today=today, hours=hours, **fields)
    if mode := bulk.asked.get("mode"):
        signing.offer(pok=made, by=by, mode=Mode(mode), today=today)
    return made.number


def _offer(bulk: Bulk, placement: Placement, by: Any, today: date) -> str:
    pok = live_pok(placement)
    if pok is None:
        raise Refused(Barrier(_("Er is nog geen POK. Maak die eerst."), "pok_new"))
    return signing.offer(pok=pok, by=by, mode=Mode(bulk.asked["mode"]), today=today).number


def _send(bulk: Bulk, placement: Placement, by: Any) -> str:
    asked = bulk.asked
    same = placement.supervisor.email if placement.supervisor else ""
    about = Placement.objects.filter(pk__in=bulk.items.exclude(state=REFUSED).values("placement"))
    students = students_of(about.filter(supervisor__email=same).select_related("student")) if same else []
    sent = messages.send_message(
        placement=placement,
        by=by,
        wanted=asked["receivers"],
        subject=asked["subject"],
        text=asked["text"],
        key=f"bulk-{bulk.pk}",
        students=students,
    )
    if not sent:
        raise Refused(Barrier(_("Er is geen e-mailadres van deze ontvanger."), "placement_edit"))
    return ", ".join(receiver.person.full_name for receiver in sent)


def students_of(found: Iterable[Placement]) -> list[str]:
    """Their names, each once, in order."""
    return list(dict.fromkeys(placement.student.full_name for placement in found))
