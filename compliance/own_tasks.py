"""What the assessment asks of student or praktijkopleider on Vandaag: opdrachten, to agree, to prepare, to judge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.models import Final, Goal, HandedOut, InterimView, Party
from bpv.core import clock
from placements.access import is_student
from placements.models import Placement, State
from standards import deadlines
from standards.norms import norms_for
from standards.periods import period_of


@dataclass(frozen=True)
class OwnTask:
    """One thing to do: what, where, and until when."""

    text: str
    url: str
    due: date


def tasks_of(user: Any, found: Iterable[Placement], today: date) -> dict[int, list[OwnTask]]:
    """By placement, by due date; two queries, and one when no assessment of these is kept here.

    Also of a bpv that ended early, until its dossier is closed: what belongs to the end falls due on its last day.
    """
    running = {p.pk: p for p in found if p.state != State.CANCELLED and not p.closed_at}
    kept = {pk: placement for pk, placement in running.items() if placement.start >= settings.ASSESSMENTS_FROM}
    asked: dict[int, list[OwnTask]] = defaultdict(list)
    for pk, task in _assignments(user, running) if running else ():
        asked[pk].append(task)
    for pk, seen in _seen(kept) if kept else ():
        asked[pk] += _tasks(user, kept[pk], seen, today)
    return {pk: sorted(tasks, key=lambda task: task.due) for pk, tasks in asked.items()}


def _assignments(user: Any, running: dict[int, Placement]) -> Iterator[tuple[int, OwnTask]]:
    """What the student has to hand in, and what waits for the praktijkopleider; with no date of its own by the end."""
    wanted = (HandedOut.State.OPEN, HandedOut.State.SUBMITTED)
    for handed in HandedOut.objects.filter(placement__in=running, state__in=wanted):
        placement = running[handed.placement_id]
        student, is_open = is_student(user, placement), handed.state == HandedOut.State.OPEN
        if student != is_open:
            continue
        text = _("Lever de opdracht in: %(title)s") if student else _("Beoordeel de opdracht: %(title)s")
        page = "assignment_hand_in" if student else "assignment_assess"
        due = placement.last_day if handed.due is None or not student else handed.due
        yield placement.pk, OwnTask(text % {"title": handed.title}, reverse(page, args=[handed.pk]), due)


def _seen(kept: dict[int, Placement]) -> Iterable[tuple[int, dict[str, Any]]]:
    """What each of the parties did so far."""
    goals = Goal.objects.filter(placement=OuterRef("pk"), for_later=False)
    finals = Final.objects.filter(placement=OuterRef("pk"))
    views = InterimView.objects.filter(placement=OuterRef("pk"), interim=None, submitted_at__isnull=False)
    rows = (
        Placement.objects.filter(pk__in=kept, closed_at=None)
        .order_by()
        .annotate(
            has_goal=Exists(goals),
            is_decided=Exists(finals),
            interim_held=Max("interims__held_on"),
            student_prepared=Subquery(views.filter(party=Party.STUDENT).values("submitted_at")[:1]),
            company_prepared=Subquery(views.filter(party=Party.COMPANY).values("submitted_at")[:1]),
        )
    )
    done = ("has_goal", "is_decided", "interim_held", "student_prepared", "company_prepared")
    plan = ("agreed_plan", "agreed_plan__student_agreed_on", "agreed_plan__supervisor_agreed_on")
    end = ("company_judgement__submitted_at", "student_view__submitted_at", "student_view__answered_at")
    return ((row.pop("pk"), row) for row in rows.values("pk", *done, *plan, *end))


def _tasks(user: Any, placement: Placement, seen: dict[str, Any], today: date) -> Iterable[OwnTask]:
    student = is_student(user, placement)
    if today <= placement.last_day:
        yield from _to_agree(placement, seen, today, student=student)
    prepared = seen["student_prepared" if student else "company_prepared"]
    yield from _to_prepare(placement, seen["interim_held"], prepared and clock.local_day(prepared), today)
    yield from _to_judge(placement, seen, today, student=student)


def _to_agree(placement: Placement, seen: dict[str, Any], today: date, *, student: bool) -> Iterable[OwnTask]:
    """What is settled before the bpv begins, until it is over."""
    if student and not seen["has_goal"] and _is_near(deadlines.goals_due(placement.start), today):
        yield _task(_("Kies je leerdoelen"), "goals", placement, deadlines.goals_due(placement.start))
    agreed = seen["agreed_plan__student_agreed_on" if student else "agreed_plan__supervisor_agreed_on"]
    if seen["agreed_plan"] and not agreed:
        text = _("Lees hoe de bpv wordt beoordeeld en geef akkoord")
        yield _task(text, "plan_of_placement", placement, deadlines.procedure_due(placement.start))


def _to_prepare(placement: Placement, held_on: date | None, prepared_on: date | None, today: date) -> Iterable[OwnTask]:
    """The interim of the bpv-periode of today, from some days before it is due until it is held.

    `prepared_on`: what came after the talk of an earlier bpv-periode is no preparation of this one.
    """
    leerweg: Any = placement.programme.leerweg
    period = period_of(leerweg, placement.start, placement.last_day, today)
    due = deadlines.interim_due(period.first, period.last)
    is_held = held_on is not None and held_on >= period.first
    is_prepared = prepared_on is not None and (held_on is None or prepared_on >= period.first)
    if not (is_held or is_prepared) and _is_near(due, today) and today <= period.last:
        yield _task(_("Bereid de tussentijdse beoordeling voor"), "interim", placement, due)


def _to_judge(placement: Placement, seen: dict[str, Any], today: date, *, student: bool) -> Iterable[OwnTask]:
    """The own judgement at the end, and for the student what to think of that of the leerbedrijf."""
    due = deadlines.company_heard_due(placement.last_day)
    if seen["is_decided"] or not _is_near(due, today):
        return
    if not student:
        if not seen["company_judgement__submitted_at"]:
            yield _task(_("Geef uw oordeel over de student"), "hearing", placement, due)
    elif not seen["student_view__submitted_at"]:
        yield _task(_("Geef je eigen oordeel over je bpv"), "own_view", placement, due)
    elif seen["company_judgement__submitted_at"] and not seen["student_view__answered_at"]:
        yield _task(_("Zeg wat je vindt van het oordeel van het leerbedrijf"), "final", placement, due)


def _is_near(due: date, today: date) -> bool:
    return due <= today + timedelta(days=norms_for(today).soon_days)


def _task(text: str, name: str, placement: Placement, due: date) -> OwnTask:
    return OwnTask(text, reverse(name, args=[placement.number]), due)
