"""How many placements stand where: today from the findings, earlier days from what each night kept."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Sum

from compliance.models import DailyCount, Finding

KEPT_DAYS = 2 * 366  # two school years of days: enough to lay a day beside the same one a year before
ALL = 0  # in the place of a team: all of them together
Counts = dict[tuple[str, int, str], int]  # (rule, team, outcome): placements


def by_outcome(findings: Any, *fields: str) -> list[tuple[Any, ...]]:
    """Placements by these fields of findings `with_outcome`, each row ending in its number; once a placement."""
    rows = findings.order_by().values_list(*fields)
    # A rule speaks once about a placement; only questions and school years can be several: sorting is for them alone.
    once = rows.filter(request=None, year=0).annotate(placements=Count("pk"))
    several = rows.exclude(request=None, year=0).annotate(placements=Count("placement", distinct=True))
    return list(once.union(several, all=True))


def keep(day: date) -> int:
    """Write the counts of a day, once: what was kept stays, also when it is asked again. Returns the rows.

    Findings are two dates, so a day that is made up afterwards is counted by the same arithmetic; it reads the facts
    as they are known at that moment (a placement that was cancelled since is not in it, a talk logged since is).
    """
    if DailyCount.objects.filter(day=day).exists():
        return 0
    findings = Finding.objects.current_on(day).with_outcome(day)
    fields = ("team_id", "rule", "placement__programme__leerweg", "outcome")
    rows = [
        DailyCount(day=day, team_id=team, rule=rule, leerweg=leerweg, outcome=outcome, placements=placements)
        for team, rule, leerweg, outcome, placements in by_outcome(findings, *fields)
    ]
    DailyCount.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)
    return len(rows)


def forget(day: date) -> int:
    """Remove the counts that are older than KEPT_DAYS on this day. Returns the rows."""
    removed, _by_model = DailyCount.objects.filter(day__lt=day - timedelta(days=KEPT_DAYS)).delete()
    return removed


def kept(days: Iterable[date], teams: Collection[int], leerweg: str = "") -> dict[date, Counts]:
    """The counts of these days for these teams together, in one query; a day without counts is not in it."""
    found: dict[date, Counts] = {}
    rows = _kept(teams, leerweg).filter(day__in=list(days)).values_list("day", "rule", "outcome")
    for day, rule, outcome, placements in rows.annotate(Sum("placements")):
        found.setdefault(day, {})[rule, ALL, outcome] = placements
    return found


def kept_by_team(day: date, teams: Collection[int], leerweg: str = "") -> Counts:
    """The counts of one day, for each of these teams."""
    rows = _kept(teams, leerweg).filter(day=day).values_list("rule", "team", "outcome")
    return {tuple(key): placements for *key, placements in rows.annotate(Sum("placements"))}


def _kept(teams: Collection[int], leerweg: str) -> Any:
    rows = DailyCount.objects.filter(team__in=teams).order_by()
    return rows.filter(leerweg=leerweg) if leerweg else rows
