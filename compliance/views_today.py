"""Vandaag: what waits for you, by role."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bpv.core import clock
from compliance import queries, worklist
from compliance.dossier import Dossier
from compliance.lijn import draw
from compliance.people import people_of
from compliance.rows import Row
from placements.models import Placement
from standards import RULES

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
    if user.roles.is_staff:
        return staff(request, user, day)
    mine = list(queries.own_placements(user))
    own = [placement for placement in mine if placement.student.user_id == user.pk]
    if own:
        return student(request, user, own, day)
    found = queries.findings_by_placement(mine)
    rows = [Row.of(user, placement, found[placement.pk], day) for placement in mine]
    return render(request, "compliance/today_supervisor.html", {"rows": rows, "today": day})


def staff(request: HttpRequest, user: Any, day: date) -> HttpResponse:
    """Work by due date, the own students, and numbers that open lists."""
    guided = list(queries.placements(user, {"docent": "mijn"}, day))
    found = queries.findings_by_placement(guided)
    leads = bool(user.roles.coordinator or user.roles.manager)
    numbers = figures(user, day) if leads else []
    items = worklist.items_for(user, day)
    rows = [Row.of(user, placement, found[placement.pk], day) for placement in guided]
    context = {
        **grouped(items, day),
        "rows": sorted(rows, key=lambda row: row.first.due if row.first else date.max),
        "figures": numbers,
        "late_figures": late_figures(user, day) if leads else [],
        "today": day,
        "week_ends": week_end(day),
        "is_empty": not queries.has_placements(user),
    }
    return render(request, "compliance/today.html", context)


def week_end(day: date) -> date:
    """The Sunday of this week."""
    return day + timedelta(days=SUNDAY - day.weekday())


def grouped(items: list[Any], day: date) -> dict[str, Any]:
    """The first task apart, the others by when they fall due, at most a handful each with how many more there are."""
    rest = items[1:]
    sunday = week_end(day)
    parts = [
        (_("Te laat"), [item for item in rest if item.due < day]),
        (_("Deze week"), [item for item in rest if day <= item.due <= sunday]),
        (_("Later"), [item for item in rest if item.due > sunday]),
    ]
    return {
        "first": items[0] if items else None,
        "count": len(items),
        "late_count": sum(item.due < day for item in items),
        "parts": [
            {"title": title, "items": found[:SHOWN], "more": found[SHOWN:], "count": len(found)}
            for title, found in parts
            if found
        ],
    }


def figures(user: Any, day: date) -> list[Figure]:
    """How many placements the person sees, by where they are; where there are any."""
    wanted = [
        (_("In bpv"), {"periode": "loopt"}),
        (_("Begint nog"), {"periode": "komt"}),
        (_("Zonder bpv-docent"), {"docent": "geen"}),
    ]
    found = [Figure(label, queries.placements(user, asked, day).count(), listed(**asked)) for label, asked in wanted]
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
    points = seen.points
    context = {
        "placement": placement,
        "dossier": seen,
        "next": next((point for point in points if point.is_waiting), None),
        "lijn": draw(points, start=placement.start, end=placement.last_day, today=day, company=placement.location.name),
        "people": people_of(placement, user, queries.coordinators_of(placement)),
        "others": [found for found in own if found != placement],
        "may_ask": True,
        "may_guide": False,
        "today": day,
    }
    return render(request, "compliance/today_student.html", context)
