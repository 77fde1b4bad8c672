"""Overzicht: standards down, teams or leerwegen across; every number opens the list of exactly those placements."""

from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import Team
from bpv.core import clock, tables
from bpv.core.access import require
from bpv.core.tables import Column
from compliance import columns, late, queries
from compliance.columns import Table, Wanted
from compliance.forms_overview import OverviewFilter
from compliance.overview import as_rows

MANY = 4  # columns: more than these may not fit beside each other on a tablet, and scroll in a region of their own
EXPORTED = [
    Column(_("Standaard"), 28),
    Column(_("Nummer"), 14),
    Column(_("Team of leerweg"), 28),
    Column(_("Percentage"), 12),
    Column(_("Op tijd"), 12),
    Column(_("Te laat"), 12),
    Column(_("Niet"), 12),
    Column(_("Open"), 12),
    Column(_("Afgeweken"), 12),
    Column(_("Verschil in procentpunten"), 26),
]


def overview(request: HttpRequest) -> HttpResponse:
    """How many placements meet each measured standard, by team; for managers and coordinators."""
    today = clock.today()
    form, table = asked(request, today)
    form.offer(table.counted)
    context = {
        "filters": form,
        "wanted": form.wanted,
        "table": table,
        "many": len(table.columns) > MANY,
        "today": today,
        "trend": not form.wanted.schooljaar,
    }
    return render(request, "compliance/overview.html", context)


@require_POST
def overview_export(request: HttpRequest) -> FileResponse:
    """The table with the same filter as a file. It holds numbers, no names."""
    today = clock.today()
    _form, table = asked(request, today)
    kind = tables.form_of(request)
    return tables.download(kind, name="overzicht", day=today, columns=EXPORTED, rows=as_rows(table.lines))


def asked(request: HttpRequest, today: date) -> tuple[OverviewFilter, Table]:
    """The filters of the address and the table they ask for."""
    user: Any = request.user
    require(bool(user.roles.manager or user.roles.coordinator))
    teams = queries.teams_with_college(user)
    form = OverviewFilter(request.GET, colleges=sorted({team.college.name for team in teams}), today=today)
    shown = [team for team in teams if form.wanted.college in ("", team.college.name)]
    return form, columns.read(user, shown, form.wanted, today)


def overview_team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team on paper, for a meeting: the standards, and who is late with what; for who leads it."""
    user: Any = request.user
    team = get_object_or_404(Team.objects.select_related("college"), pk=pk, pk__in=user.roles.teams)
    require(team.pk in user.roles.manager | user.roles.coordinator)
    today = clock.today()
    context = {
        "team": team,
        "table": columns.read(user, [team], Wanted(team=team.pk), today),
        "groups": late.groups(team, today),
        "today": today,
    }
    return render(request, "compliance/overview_team.html", context)
