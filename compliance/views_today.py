"""Vandaag: what waits for you, by role."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import invitations, sealing, waiting
from agreements.models import Signatory
from assessment import turns
from bpv.core import calendar, clock
from compliance import columns, deviations, late, news, outside, own_tasks, queries, worklist
from compliance.columns import Wanted
from compliance.dossier import Dossier
from compliance.lijn import draw
from compliance.overview import Line
from compliance.people import people_of
from compliance.presentation import COLUMNS
from compliance.rows import Row
from compliance.together import taken_together, tasks
from compliance.worklist import WorkItem
from placements import timesheet, without_place
from placements.models import Placement, Search
from standards import RULES
from standards.workdays import add_workdays
from students.models import Student
from visits import agenda, points, standby, watching
from visits.models import Incident

SHOWN = 8
SUNDAY = 6


class Figure(NamedTuple):
    """A number that opens its list."""

    label: str
    count: int
    url: str


def today(request: HttpRequest) -> HttpResponse:
    """The first page after logging in."""
    user: Any = request.user
    day = clock.today()
    if user.roles.only_administration:
        return redirect("administration")
    if user.roles.only_confidant:
        return redirect("incidents")
    if user.roles.is_staff:
        return staff(request, user, day)
    mine = list(queries.own_placements(user))
    own = [placement for placement in mine if placement.student.user_id == user.pk]
    if own:
        return student(request, user, own, day)
    students, studies = outside.students(user, mine, day), _studies(user, mine)
    return render(
        request,
        "compliance/today_supervisor.html",
        {
            "students": students,
            "waiting_hours": outside.hours_to_confirm(mine),
            "today": day,
            "studies": studies,
            "searches": _searches(user) if studies else [],
            "to_sign": invitations.to_sign(user, day),
            "to_answer": waiting.to_answer(user, day),
            "only_signs": (only_signs := not mine and Signatory.objects.filter(user=user).exists()),
            "signed": waiting.signed_by(user) if only_signs else [],
        },
    )


def _searches(user: Any) -> list[Search]:
    """The searches for a place that run, of a student."""
    return list(Search.objects.visible_to(user).filter(closed_on=None))


def _studies(user: Any, mine: list[Placement]) -> bool:
    """Whether somebody without a placement is a student; asked only then."""
    return not mine and Student.objects.filter(user=user).exists()


def staff(request: HttpRequest, user: Any, day: date) -> HttpResponse:
    """Work by due date, what was done, the own students, and numbers that open lists."""
    guided = list(queries.placements(user, {"docent": "mijn"}, day))
    found = queries.findings_by_placement(guided)
    leads = bool(user.roles.coordinator or user.roles.manager)
    rows = [Row.of(user, placement, found[placement.pk], day) for placement in guided]
    since = add_workdays(day, -1, calendar.free_days())
    context = {
        **grouped(worklist.items_for(user, day), day),
        "talks": agenda.soon(user, day) if user.roles.teacher or user.roles.coordinator else [],
        "silences": watching.silent(user, day) if user.roles.teacher else [],
        "points": points.of_school(user, day) if user.roles.teacher else [],
        "to_judge": turns.to_judge(user) if user.roles.teacher else [],
        "reports": Incident.objects.filter(owner=user, closed_at=None).count(),
        "rows": sorted(rows, key=lambda row: row.first.due if row.first else date.max),
        "leads": leads,
        "figures": figures(user, day) if leads else [],
        "late_figures": late_figures(user, day) if leads else [],
        "elsewhere": late.of_others(user, day),
        "done": news.done_by(user, day),
        "since": since,
        "happened": news.by_others(user, since),
        "notice": notice(user, day) if user.roles.manager else None,
        "columns": COLUMNS,
        "today": day,
        "week_ends": week_end(day),
        "is_empty": not queries.has_placements(user),
    }
    return render(request, "compliance/today.html", context)


def notice(user: Any, day: date) -> Line | None:
    """The standard that dropped most in the teams of a manager, as the overview says it."""
    return columns.read(user, queries.teams_with_college(user), Wanted(), day).worst


def week_end(day: date) -> date:
    """The Sunday of this week."""
    return day + timedelta(days=SUNDAY - day.weekday())


def grouped(items: list[WorkItem], day: date) -> dict[str, Any]:
    """The first task apart, the others by when they fall due; what one deed does for many stands together.

    At most a handful of lines in each part, and the others in a fold. The counts are tasks, not lines.
    """
    first, rest = items[:1], items[1:]
    sunday = week_end(day)
    parts = [
        (_("Te laat"), lambda item: item.due < day),
        (_("Deze week"), lambda item: day <= item.due <= sunday),
        (_("Later"), lambda item: item.due > sunday),
    ]
    return {
        "first": items[0] if items else None,
        "count": len(items),
        "late_count": sum(item.due < day for item in items),
        "parts": [
            _part(title, found, day, after_first=any(map(belongs, first)))
            for title, belongs in parts
            if (found := list(filter(belongs, rest)))
        ],
    }


def _part(title: str, items: list[WorkItem], day: date, *, after_first: bool) -> dict[str, Any]:
    """`after_first`: the first task belongs here too, so the number says how many are left."""
    lines = taken_together(items, day)
    more = lines[SHOWN:]
    counted = {"count": len(items), "more_count": tasks(more), "after_first": after_first}
    return {"title": title, "lines": lines[:SHOWN], "more": more, **counted}


def figures(user: Any, day: date) -> list[Figure]:
    """How many placements the person sees, by where they are; where there are any."""
    wanted = [
        (_("In bpv"), {"periode": "loopt"}),
        (_("Begint nog"), {"periode": "komt"}),
        (_("Zonder bpv-docent"), {"docent": "geen"}),
    ]
    found = [Figure(label, queries.placements(user, asked, day).count(), listed(**asked)) for label, asked in wanted]
    if user.roles.coordinator:
        count = waiting.for_school(user, day).count()
        found.append(Figure(_("Te tekenen namens de school"), count, reverse("to_sign")))
        stuck = sealing.stuck(user, clock.now()).count()
        found.append(Figure(_("Wacht te lang op verzegeling"), stuck, reverse("seals")))
        bare = standby.uncovered_soon(user, day)
        found.append(Figure(_("Achterwacht niet geregeld, komende twee weken"), bare, reverse("duties")))
    found.append(Figure(_("Afwijkingen om te beoordelen"), deviations.to_decide(user).count(), reverse("deviations")))
    found.append(Figure(_("BBL zonder plek"), without_place.of(user, day).count(), reverse("without_place")))
    return [figure for figure in found if figure.count]


def late_figures(user: Any, day: date) -> list[Figure]:
    """Per standard how many placements are not done in time, where there are any."""
    missed: dict[str, int] = dict.fromkeys(RULES, 0)
    for (rule, _team, outcome), number in queries.counts(user, day).items():
        missed[rule] += number if outcome == "missed" else 0
    return [
        Figure(RULES[rule].name, number, listed(regel=rule, uitkomst="missed", periode="alles"))
        for rule, number in missed.items()
        if number
    ]


def listed(**asked: str) -> str:
    """The list of placements with these filters."""
    return f"{reverse('placements')}?{urlencode(asked)}"


def student(request: HttpRequest, user: Any, own: list[Placement], day: date) -> HttpResponse:
    """The own bpv as a line in time, the next thing, and who to ask; the bpv that runs or comes first."""
    placement = min(own, key=lambda found: (found.last_day < day, abs((found.start - day).days)))
    seen = Dossier(placement, user, day)
    asked = own_tasks.tasks_of(user, own, day)
    points = seen.points
    context = {
        "placement": placement,
        "dossier": seen,
        "next": seen.coming,
        "hours_to_enter": [due for found in reversed(own) for due in timesheet.to_enter(found, day)],
        "lijn": draw(points, start=placement.start, end=placement.last_day, today=day, company=placement.location.name),
        "people": people_of(placement, user, queries.coordinators_of(placement)),
        "others": [found for found in own if found != placement],
        "tasks": [(found, task) for found in own for task in asked.get(found.pk, ())],
        "searches": _searches(user),
        "to_sign": invitations.to_sign(user, day),
        "to_answer": waiting.to_answer(user, day),
        "may_ask": True,
        "may_guide": False,
        "today": day,
    }
    return render(request, "compliance/today_student.html", context)
